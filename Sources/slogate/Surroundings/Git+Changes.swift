import SLOGate
import SLOModel

extension Git {
  /// The most commits of a range that are named.
  private static let mostChanges = 50

  /// The commits of a range with author and subject, newest first; empty where git does not know both ends.
  func changes(in range: Suspects) -> [Suspects.Change] {
    guard Commit.isSHA(range.after), Commit.isSHA(range.upTo) else { return [] }
    let log = output(
      of: "git",
      [
        "log", "--no-show-signature", "--no-color", "--max-count=\(Git.mostChanges)",
        "--format=%H%x1f%an%x1f%s",
        "\(range.after)..\(range.upTo)", "--",
      ])
    return (log ?? "").split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\u{1f}", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      return Suspects.Change(sha: String(fields[0]), author: String(fields[1]), subject: String(fields[2]))
    }
  }
}
