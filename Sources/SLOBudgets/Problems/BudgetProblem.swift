internal import SLOModel
internal import SLOSupport

/// One thing that is wrong in a budget file.
public struct BudgetProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where it is.
  public var place: Place
  /// What was found and what was expected.
  public var message: String
  /// What to write instead, where that can be said.
  public var hint: String?

  /// Names a problem.
  public init(_ message: String, at place: Place, hint: String? = nil) {
    self.place = place
    self.message = message
    self.hint = hint
  }

  /// `file:line:column: message`, with the hint on a line of its own; what files say cannot break a line.
  public var description: String {
    let hint = hint.map { "\n    hint: " + VisibleText.escaped($0) }
    return VisibleText.escaped("\(place): \(message)") + (hint ?? "")
  }
}

/// Everything that is wrong in the budget files, in the order of the files.
public struct BudgetProblems: Error, Sendable, CustomStringConvertible {
  /// The problems, sorted by place, then message; never empty.
  public let problems: [BudgetProblem]

  /// Sorts the problems and drops repetitions: what is in an anchor is read once for each alias.
  init(_ problems: [BudgetProblem]) {
    var seen: Set<BudgetProblem> = []
    self.problems = problems.filter { seen.insert($0).inserted }.sorted {
      ($0.place, $0.message) < ($1.place, $1.message)
    }
  }

  /// One problem after the other.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
