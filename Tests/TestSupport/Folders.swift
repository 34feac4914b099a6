public import Foundation

/// A folder of its own for one test, gone with it.
public final class TemporaryFolder {
  /// Its path.
  public let path: String

  /// Makes the folder.
  public init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "slogate-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names of everything in it, sorted.
  public var contents: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
  }

  /// Writes a file of it.
  public func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
  }

  /// The bytes of a file of it.
  public func bytes(of name: String) throws -> Data { try Data(contentsOf: URL(filePath: path + "/" + name)) }
}

/// The folder of the package.
public let packageFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The large set of results that a clone need not have: in the folder that `SLOGATE_FIXTURES` names, else in
/// `../shared/fixtures` beside the package.
/// - Parameter file: a file that the part a test needs has.
/// - Returns: nil where neither folder has that file.
public func sharedFixtures(with file: String) -> URL? {
  let named = ProcessInfo.processInfo.environment["SLOGATE_FIXTURES"].map { URL(filePath: $0) }
  let beside = packageFolder.appending(path: "../shared/fixtures").standardizedFileURL
  return [named, beside].compactMap(\.self).first {
    FileManager.default.fileExists(atPath: $0.appending(path: file).path)
  }
}
