import SLOGate
import SLOModel

extension Git {
  /// The most commits of a range that are named.
  private static let mostChanges = 50

  /// The commits of a range with author and subject, newest first; empty where git does not know both ends.
  func changes(in range: Suspects) -> [Suspects.Change] {
    guard Commit.isSHA(range.after), Commit.isSHA(range.upTo) else { return [] }
    return log(["--max-count=\(Git.mostChanges)", "\(range.after)..\(range.upTo)"]).map {
      Suspects.Change(sha: $0.sha, author: $0.words.author, subject: $0.words.subject)
    }
  }
}
