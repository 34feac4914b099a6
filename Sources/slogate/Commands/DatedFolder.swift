import SLOModel
import SLOSupport

/// Where dated reports are kept: `YYYYMMDD-summary.md`, of which none is ever overwritten.
struct DatedFolder {
  private let path: String
  private let stem: String

  init(_ path: String, day: Timestamp) {
    self.path = path
    stem = day.date.replacing("-", with: "") + "-summary"
  }

  /// Writes files that belong together under the first name at which nothing else stands.
  /// - Parameter files: each with the end of its name.
  /// - Returns: the paths, those among them that stood there already too.
  func write(_ files: [(suffix: String, text: String)]) throws -> [String] {
    do { try FileSystem.makeFolder(path) } catch { throw Files.refused(error.path, error) }
    var number = 1
    while !files.allSatisfy({ isFree($0, number) }) { number += 1 }
    return try files.map { file in
      let target = name(number, file.suffix)
      try Files.write(VisibleText.inert(file.text), to: target)
      return target
    }
  }

  private func name(_ number: Int, _ suffix: String) -> String {
    FileSystem.join(path, "\(stem)\(number == 1 ? "" : "-\(number)").\(suffix)")
  }

  /// Whether nothing is at a name, or the very same.
  private func isFree(_ file: (suffix: String, text: String), _ number: Int) -> Bool {
    let path = name(number, file.suffix)
    return !FileSystem.isTaken(path)
      || !FileSystem.isLink(path) && FileSystem.holds(VisibleText.inert(file.text), at: path)
  }
}
