import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel

@testable import SLOReports

extension Scene {
  /// The scene's verdict with all a page tells beside it.
  func review() throws -> Review {
    Review(of: try verdict()) { "line \($0.place.line): <&>" }
  }
}
