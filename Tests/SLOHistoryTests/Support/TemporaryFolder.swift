import Foundation

@testable import SLOHistory

/// A folder of its own for one test, gone with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/slogate-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Where the history of the test lies.
  var history: String { path + "/history.sqlite" }

  /// The names of everything in it.
  var contents: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
  }

  func bytes(of name: String) throws -> Data { try Data(contentsOf: URL(filePath: path + "/" + name)) }

  /// Runs statements on the history behind slogate's back.
  func tamper(_ script: String) throws {
    try Database(path: history, access: .create, busyTimeout: .seconds(1)).execute(script)
  }
}
