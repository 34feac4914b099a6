package import SLOBudgets
import SLOSupport

/// The budgets as they are somewhere: in a file or folder, else in a git revision.
package struct BudgetState {
  /// The budgets.
  package let budgets: Budgets

  /// - Parameters:
  ///   - name: a file or folder, else a revision; nil: what lies in the work tree.
  ///   - path: where the budget files of a revision or of the work tree are.
  ///   - onNotice: takes what a person should know where there is no budget file.
  package init(
    _ name: String?, path: String, repository: (any Repository)?, onNotice: (String) -> Void
  ) throws(GateError) {
    guard let name, !FileSystem.exists(name) else {
      budgets = try BudgetState.files(name ?? path, isNamed: name != nil, onNotice)
      return
    }
    budgets = try BudgetState.revision(name, path: path, repository, onNotice)
  }

  private static func files(
    _ path: String, isNamed: Bool, _ onNotice: (String) -> Void
  ) throws(GateError) -> Budgets {
    if !isNamed, !FileSystem.exists(path) {
      onNotice("there is no \(path): its side is the limits slogate has without a budget file")
      return .builtIn
    }
    return try Budgets.reading([path])
  }

  private static func revision(
    _ name: String, path: String, _ repository: (any Repository)?, _ onNotice: (String) -> Void
  ) throws(GateError) -> Budgets {
    guard let repository, repository.commit(named: name) != nil else {
      throw GateError.usage(
        "'\(name)' is neither a file or folder nor a revision that git knows here; fetch it, or name another")
    }
    do throws(BudgetProblems) {
      if let budgets = try repository.budgets(at: [path], revision: name) { return budgets }
    } catch {
      throw GateError(error)
    }
    onNotice("\(name) has no budget file at \(path): its side is the limits slogate has without one")
    return .builtIn
  }
}
