import Glibc
import SLOModel

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
    try make(path)
    var number = 1
    while !files.allSatisfy({ isFree($0, number) }) { number += 1 }
    return try files.map { file in
      let target = name(number, file.suffix)
      try Files.write(VisibleText.inert(file.text), to: target)
      return target
    }
  }

  private func name(_ number: Int, _ suffix: String) -> String {
    "\(path)/\(stem)\(number == 1 ? "" : "-\(number)").\(suffix)"
  }

  /// Whether nothing stands at a name, or the very same.
  private func isFree(_ file: (suffix: String, text: String), _ number: Int) -> Bool {
    let path = name(number, file.suffix)
    var status = stat()
    guard lstat(path, &status) == 0 else { return errno == ENOENT }
    return status.st_mode & S_IFMT == S_IFREG && bytes(of: path) == Array(VisibleText.inert(file.text).utf8)
  }

  private func bytes(of path: String) -> [UInt8]? {
    guard let stream = fopen(path, "r") else { return nil }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&block, 1, block.count, stream)
      if count == 0 { return ferror(stream) == 0 ? bytes : nil }
      bytes += block.prefix(count)
    }
  }

  /// Makes the folder and those above it.
  private func make(_ path: String) throws {
    var built = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      built += built.isEmpty || built.hasSuffix("/") ? String(part) : "/" + part
      guard mkdir(built, 0o777) == 0 || errno == EEXIST || Files.isFolder(built) else {
        throw Files.refused(built)
      }
    }
    guard Files.isFolder(path) else {
      errno = ENOTDIR
      throw Files.refused(path)
    }
  }

}
