package import SLOBudgets

extension Budgets {
  /// The budgets of some paths, else of `budgets/` where it exists, else the built-in limits.
  package static func reading(_ paths: [String]) throws(GateError) -> Budgets {
    let paths = paths.isEmpty && Budgets.hasFiles(in: "budgets") ? ["budgets"] : paths
    guard !paths.isEmpty else { return .builtIn }
    do {
      return try Budgets.load(paths: paths)
    } catch {
      throw GateError(error)
    }
  }
}
