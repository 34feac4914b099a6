package import SLOBudgets
import SLOModel

/// What follows from the thresholds that the tool's own script sets on a figure: limits the team wrote.
public struct ScriptFinding: Sendable, Hashable {
  /// The outcome of the thresholds.
  public enum Outcome: String, Sendable {
    /// All of them hold.
    case held
    /// One was crossed, in one run at least.
    case crossed
    /// A limit of a budget file on the same figure decides in their place.
    case overruled
    /// Nothing was measured; the tool calls such a threshold passed.
    case unmeasured
    /// The results do not say.
    case unknown
  }

  /// Their outcome.
  public var outcome: Outcome
  /// The expressions as the script has them; of crossed ones these alone.
  public var expressions: [String]
  /// What the budgets do about a crossed one.
  package var rule: ScriptThresholds
  /// The value of the figure in the first run that decided, in the unit of the finding; nil where the results lack it.
  public var value: Double?
  /// The result files that state the outcome, in the order given.
  public var sources: [String]
  /// How many runs have the thresholds.
  public var runs: Int

  /// How the figure compares with the thresholds as to a limit; nil where they are none.
  var limitOutcome: BudgetFinding.Outcome? {
    switch (outcome, rule) {
    case (_, .ignore), (.overruled, _), (.unmeasured, _), (.unknown, _): nil
    case (.held, _): .ok
    case (.crossed, .block): .over
    case (.crossed, .warn): .warn
    }
  }

  /// Whether a crossed threshold blocks or warns.
  public var isCrossed: Bool { limitOutcome == .over || limitOutcome == .warn }

  /// The thresholds and the files that state them: `rate>0.99 of the script was crossed, by run.json`.
  public var sentence: String {
    let words = expressions.joined(separator: ", ")
    let files = listed(sources, most: 2)
    switch outcome {
    case .crossed:
      let part = sources.count < runs ? " in \(sources.count) of \(runs) runs" : ""
      return "the script's threshold \(words) was crossed\(part) (\(files))"
    case .held: return "the script's threshold \(words) holds"
    case .overruled: return "the script's threshold \(words) is overruled by the budget"
    case .unmeasured: return "the script's threshold \(words) measured nothing (\(files))"
    case .unknown: return "the results do not say whether the script's threshold \(words) holds (\(files))"
    }
  }
}
