package import SLOBudgets
import SLOGate

extension Repository {
  /// The budgets as a revision has them; nil where it has no budget file there.
  /// - Throws: everything that is wrong in them.
  package func budgets(
    at paths: [String], revision: String, endpointTag: String? = nil
  ) throws(BudgetProblems) -> Budgets? {
    let files = paths.flatMap { path in
      self.files(at: path, revision: revision).filter {
        $0.path == path || BudgetFiles.isBudget(named: $0.path.split(separator: "/").last ?? "")
      }
    }
    guard !files.isEmpty else { return nil }
    return try Budgets.load(
      contents: files.map { ("\(revision):\($0.path)", $0.bytes) }, endpointTag: endpointTag)
  }
}

extension References {
  /// Adds the budgets where the branch left the reference, where it changes a file of theirs: whoever reads that a
  /// limit holds has to know that it was loosened for it.
  /// - Parameter base: the commit at which the branch left the reference.
  mutating func addBudgets(
    of base: String, at paths: [String], endpointTag: String?, _ repository: (any Repository)?
  ) {
    guard let repository, repository.differs(from: base, at: paths) else { return }
    let revision = String(base.prefix(10))
    do throws(BudgetProblems) {
      budgetsBefore =
        try repository.budgets(at: paths, revision: revision, endpointTag: endpointTag) ?? .builtIn
    } catch {
      notices.append(
        "how this branch changes the budgets is not reported, for those of \(revision) are wrong: \(error)")
    }
  }
}
