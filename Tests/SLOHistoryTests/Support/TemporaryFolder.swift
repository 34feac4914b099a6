import TestSupport

@testable import SLOHistory

extension TemporaryFolder {
  /// Where the history of the test lies.
  var history: String { path + "/history.sqlite" }

  /// Runs statements on the history behind slogate's back.
  func tamper(_ script: String) throws {
    try Database(path: history, access: .create, busyTimeout: .seconds(1)).execute(script)
  }
}
