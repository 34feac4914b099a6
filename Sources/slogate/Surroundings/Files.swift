import Glibc

/// Files that a command writes beside its report.
enum Files {
  /// Whether a path leads to a folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether anything has this name, a link that leads nowhere included.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Writes a file whole or not at all, and makes the folders it lies in.
  /// - Throws: the exit code for what cannot be written, after telling why.
  static func write(_ text: String, to path: String) throws {
    guard makeFolders(for: path), replaceFile(path, with: text) else {
      Terminal.error("\(path): cannot be written: \(String(cString: strerror(errno)))")
      throw Failure.inputOutput
    }
  }

  private static func makeFolders(for path: String) -> Bool {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return true }
    let folder = String(path[..<slash])
    if isFolder(folder) { return true }
    return makeFolders(for: folder) && (mkdir(folder, 0o777) == 0 || errno == EEXIST)
  }
}
