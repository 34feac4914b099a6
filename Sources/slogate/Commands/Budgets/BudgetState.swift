import Glibc
import SLOBudgets
import SLOModel

/// The budgets as they are somewhere: in a file or folder, else in a git revision.
struct BudgetState {
  let budgets: Budgets

  /// - Parameters:
  ///   - name: a file or folder, else a revision; nil: what lies in the work tree.
  ///   - path: where the budget files of a revision or of the work tree are.
  init(_ name: String?, path: String) throws {
    guard let name, access(name, F_OK) != 0 else {
      budgets = try BudgetState.files(name ?? path, isNamed: name != nil)
      return
    }
    budgets = try BudgetState.revision(name, path: path)
  }

  private static func files(_ path: String, isNamed: Bool) throws -> Budgets {
    if !isNamed, access(path, F_OK) != 0 {
      Terminal.notice("there is no \(path): its side is the limits slogate has without a budget file")
      return .builtIn
    }
    return try Budgets.reading([path])
  }

  private static func revision(_ name: String, path: String) throws -> Budgets {
    guard let git = Git(), git.commit(named: name) != nil else {
      throw Failure.usage(
        "'\(name)' is neither a file or folder nor a revision that git knows here; fetch it, or name another")
    }
    do {
      if let budgets = try git.budgets(at: [path], revision: name) { return budgets }
    } catch {
      Terminal.error("\(error)")
      throw Failure.configuration
    }
    Terminal.notice("\(name) has no budget file at \(path): its side is the limits slogate has without one")
    return .builtIn
  }
}
