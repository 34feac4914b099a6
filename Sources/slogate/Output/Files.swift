import SLOSupport

/// Files that a command writes with its report.
enum Files {
  /// Writes a file whole or not at all, and makes the folders it lies in.
  /// - Throws: the exit code for what cannot be written, after telling why.
  static func write(_ text: String, to path: String) throws {
    do throws(FileError) {
      try FileSystem.makeFolders(for: path)
      try FileSystem.write(text, to: path)
    } catch {
      throw refused(path, error)
    }
  }

  /// The exit code for a file that cannot be written, after telling why.
  static func refused(_ path: String, _ error: FileError) -> any Error {
    Terminal.error("\(path): cannot be written: \(error.reason)")
    return Failure.inputOutput
  }
}
