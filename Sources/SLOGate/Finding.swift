public import SLOBudgets
public import SLOModel
public import SLOStatistics

/// The judgement of one series: against its budget, against its history, and both taken together.
public struct Finding: Sendable {
  /// What a finding comes to.
  public enum Outcome: String, Sendable, CaseIterable {
    /// Within budget and like its history.
    case ok
    /// Within budget, with little room left.
    case near
    /// Beyond a limit that only warns, or probably worse than its history.
    case warn
    /// Beyond a blocking limit.
    case over
    /// Worse than its history, or than its anchor, beyond doubt.
    case regressed
    /// Better than its history.
    case improved
    /// A budget had to be judged and could not be.
    case missing
    /// Beyond its limit and within a waiver.
    case waived
  }

  /// What was judged.
  public var series: Series
  /// The unit of every value in this finding.
  public var unit: Unit
  /// The median of the repetitions; nil where nothing was measured.
  public var value: Double?
  /// The value of each repetition, in the order of the files.
  public var repetitions: [Double]
  /// Observations behind the value, over all repetitions, where known.
  public var samples: Int?
  /// The judgement against the budget; nil where the series has none.
  public var budget: BudgetFinding?
  /// The judgement against the history; nil where it was not judged.
  public var regression: RegressionFinding?
  /// Why it was not held against the history; nil where it was, or nothing could be.
  public var notCompared: NotCompared?
  /// The judgement against the pinned anchor; nil where there is none.
  public var creep: CreepFinding?
  /// The tool's own thresholds on this series' metric and statistic.
  public var thresholds: [Reading.Threshold]

  /// Both judgements taken together, the gravest first.
  public var outcome: Outcome {
    switch (budget?.outcome, regression?.effect, creep?.effect) {
    case (.over, _, _): .over
    case (.missing, _, _): .missing
    case (_, .blocks, _), (_, _, .blocks): .regressed
    case (.waived, _, _), (_, .waived, _), (_, _, .waived): .waived
    case (.warn, _, _), (_, .warns, _), (_, _, .warns): .warn
    case (.near, _, _): .near
    case (_, .improves, _): .improved
    default: .ok
    }
  }

  /// The waiver that lets it through.
  public var waiver: Waiver? { budget?.waiver ?? regression?.waiver ?? creep?.waiver }
}

/// How a value stands to its limit.
public struct BudgetFinding: Sendable {
  /// How a value stands to its limit.
  public enum Outcome: String, Sendable {
    /// Within every limit.
    case ok
    /// Within every limit by less than `GatePolicy.nearShare`.
    case near
    /// Beyond a limit that blocks.
    case over
    /// Beyond a limit that only warns.
    case warn
    /// No value to hold against the limit.
    case missing
    /// Beyond a blocking limit and within a waiver that still runs.
    case waived
  }

  /// How the value stands to the limit.
  public var outcome: Outcome
  /// The limit that decided.
  public var limit: Limit
  /// The waiver that stands in for the limit.
  public var waiver: Waiver?
  /// Why there is no value, and what to do about it.
  public var remedy: String?

  /// How far the value is beyond the limit, as a share of the limit: 0.22 is 22 % over, negative is room left.
  public func excess(of value: Double) -> Double? {
    guard limit.bound != 0 else { return nil }
    let share = (value - limit.bound) / abs(limit.bound)
    return limit.comparison.isUpper ? share : -share
  }
}

/// How a value stands to the history of its series.
public struct RegressionFinding: Sendable {
  /// How the value stands to its history.
  public enum Outcome: String, Sendable {
    /// Nothing found.
    case none
    /// Worse, whichever way is worse for the metric.
    case slower
    /// Better.
    case faster
    /// Too few comparable runs to say.
    case insufficient
    /// No run at the same sizing, or the sizing is unknown.
    case incomparable
  }

  /// What follows for the release.
  public enum Effect: Sendable {
    /// Nothing.
    case nothing
    /// The release is blocked.
    case blocks
    /// A person should look.
    case warns
    /// Good news.
    case improves
    /// The release would be blocked, were it not for a waiver.
    case waived
  }

  /// How the value stands to its history.
  public var outcome: Outcome
  /// What follows for the release.
  public var effect: Effect
  /// The statistics behind it; nil when nothing could be compared.
  public var judgement: Judgement?
  /// The commits whose value was already like this one, which is why it is no finding.
  public var seenBefore: [String]
  /// Comparable commits the value was held against.
  public var references: Int
  /// The level they have now, where it began inside the window; nil where all of the window is of one level.
  public var level: ReferenceLevel?
  /// The regression of the reference branch behind a value that is worse, where it is not new.
  public var unaccepted: UnacceptedRegression?
  /// The waiver that lets it through.
  public var waiver: Waiver?
}

extension RegressionFinding {
  /// Whether the value is worse than its level by more than a share of it, whether or not it would be without what
  /// moved all of its run.
  func isWorse(than share: Double) -> Bool {
    guard let judgement, let p = judgement.p, let change = judgement.change else { return false }
    let isWorse =
      judgement.commonFactor == 1 ? p < 0.5 : (change.absolute > 0) == (judgement.commonFactor > 1)
    return isWorse && abs(change.relative ?? 1) > share
  }
}
