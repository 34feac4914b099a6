import Glibc
import SLOModel

/// Files that a command writes beside its report.
enum Files {
  /// Whether a path leads to a folder.
  static func isFolder(_ path: String) -> Bool { WholeFile.isFolder(path) }

  /// Whether anything has this name, a link that leads nowhere included.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Writes a file whole or not at all, and makes the folders it lies in.
  /// - Throws: the exit code for what cannot be written, after telling why.
  static func write(_ text: String, to path: String) throws {
    guard WholeFile.makeFolders(for: path), WholeFile.write(text, to: path) else { throw refused(path) }
  }

  /// The exit code for a file that cannot be written, after telling why by `errno`.
  static func refused(_ path: String) -> any Error {
    Terminal.error("\(path): cannot be written: \(String(cString: strerror(errno)))")
    return Failure.inputOutput
  }
}
