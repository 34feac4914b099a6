import SLOBudgets
import SLOModel
import SLOSupport

extension Limit {
  /// The bound with its operator, and how it was computed where it was: `< 130 ms`,
  /// `>= 277.8/s = capacity(1e6/d, burst 20, headroom 20%)`.
  /// - Parameter unit: the unit of the values, where the budget names none.
  func boundWords(_ unit: MetricUnit) -> String {
    "\(comparison.rawValue) \(quantity(ofLimit: bound, self.unit ?? unit))"
      + (formula.map { " = " + $0 } ?? "")
  }

  /// The member of JSON that says how the bound was computed; none where it was not.
  var formulaMember: [(String, JSONText)] { formula.map { [("formula", .string($0))] } ?? [] }
}
