public import SLOBudgets
public import SLOModel
public import SLOStatistics

/// The judgement of one series: against its budget, against its history, and both taken together.
///
/// ```swift
/// for finding in verdict.findings {
///   if let change = finding.regression?.judgement?.change?.relative { print(finding.series.metric, change) }
/// }
/// ```
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
    /// Worse than its history, or than its anchor, with certainty.
    case regressed
    /// Worse than its history by one run, which may be a spike: a second run decides.
    case suspect
    /// Better than its history.
    case improved
    /// A budget had to be judged and could not be.
    case missing
    /// Beyond its limit and within a waiver.
    case waived
    /// Measured, and held against nothing: neither a limit nor a history.
    case recorded
  }

  /// What was judged.
  public var series: Series
  /// The unit of every value in this finding.
  public var unit: MetricUnit
  /// The median of the repetitions; nil where nothing was measured.
  public var value: Double?
  /// The value of each repetition, in the order of the files.
  public var repetitions: [Double]
  /// Observations behind the value, over all repetitions, where known.
  public var samples: Int?
  /// Of a rate whose trials are known, how many of the `samples` hit: the failed requests of an error rate.
  public var hits: Int?
  /// The judgement against the budget; nil where the series has none.
  public var budget: BudgetFinding?
  /// The judgement against the history; nil where it was not judged.
  public var regression: RegressionFinding?
  /// Why it was not held against the history; nil where it was, or nothing could be.
  public var notCompared: NotCompared?
  /// The judgement against the pinned anchor; nil where there is none.
  public var creep: CreepFinding?
  /// The judgement against its limit on the change from what is comparable; nil where the series has none.
  public var relative: RelativeFinding?
  /// The tool's own thresholds on this series' metric and statistic.
  public var thresholds: [Reading.Threshold]
  /// What follows from these thresholds; nil where the series has none.
  public var script: ScriptFinding?
  /// Who answers for the series: the owner of its entry in the budget files, else of the file.
  public var owner: String?
  /// The load behind the value where it is not that of the references.
  package var load: [LoadDifference] = []
  /// What is behind the value, such as the tests that failed.
  public var details: [String] = []
  /// What the comparable commits show of it; nil where it neither broke nor moved for the worse.
  package var past: PastValues?

  /// All judgements taken together, the most severe first.
  public var outcome: Outcome {
    switch (worstLimit, regression?.effect, creep?.effect) {
    case (.over, _, _): .over
    case (.missing, _, _): .missing
    case (_, .blocks, _), (_, _, .blocks): .regressed
    case (_, .suspect, _): .suspect
    case (.waived, _, _), (_, .waived, _), (_, _, .waived): .waived
    case (.warn, _, _), (_, .warns, _), (_, _, .warns): .warn
    case (.near, _, _): .near
    case (_, .improves, _): .improved
    default: isJudged ? .ok : .recorded
    }
  }

  /// Whether anything about it warns, also where a waiver decides the outcome.
  var warns: Bool {
    let isBeyondWarning =
      budget?.outcome == .warn || budget?.warnsBeside == true || relative?.outcome == .warn
      || script?.limitOutcome == .warn
    return isBeyondWarning || regression?.effect == .warns || creep?.effect == .warns
  }

  /// The waiver that lets it through.
  public var waiver: Waiver? {
    budget?.waiver ?? relative?.waiver ?? regression?.waiver ?? creep?.waiver
  }

  /// How the value compares with the limit that decides: of a budget, on its change, or of the tool's own script. Nil
  /// without any. Asked of every finding many times, so no list is made.
  private var worstLimit: BudgetFinding.Outcome? {
    let others = BudgetFinding.Outcome.worse(relative?.outcome.ofLimit, script?.limitOutcome)
    return BudgetFinding.Outcome.worse(budget?.outcome, others)
  }

  /// Whether the value was held against a limit: of a budget, on its change, or of the tool's own script.
  public var isEvaluated: Bool {
    isDecided(budget?.outcome) || isDecided(relative?.outcome.ofLimit) || isDecided(script?.limitOutcome)
  }

  private func isDecided(_ outcome: BudgetFinding.Outcome?) -> Bool { outcome != nil && outcome != .missing }

  /// Whether the value was held against its history.
  public var isCompared: Bool { regression?.judgement?.p != nil }

  /// The chance, at most, of such a finding in a check where nothing changed, all figures that were judged together
  /// taken into account; of one that only warns, of this figure alone. Nil where nothing was tested.
  package func odds(_ policy: GatePolicy) -> Double? {
    guard let regression, let judgement = regression.judgement, let p = judgement.p else { return nil }
    let amongAll = min(1, p * Double(max(1, judgement.familySize)))
    switch regression.effect {
    // Holm's rule has confirmed it at that rate, which may be sharper than Bonferroni's.
    case .blocks, .waived: return min(amongAll, policy.test.familyErrorRate)
    case .warns, .suspect: return p
    case .nothing, .improves: return amongAll
    }
  }

  /// Whether anything was to be said of it: it has a limit, or was held against its history.
  public var isJudged: Bool { worstLimit != nil || isCompared || creep?.judgement.p != nil }

  /// Whether a limit was not judged because the value rests on too few samples.
  public var isOfTooFewSamples: Bool { budget?.neededSamples != nil || relative?.neededSamples != nil }

  /// What a percentile of few samples is: `p99 of 49 samples is about their maximum`. Nil where it is more.
  public var fewSamples: String? {
    guard let percentile = series.statistic.percentile, percentile > 50, percentile < 100, let samples,
      !repetitions.isEmpty
    else { return nil }
    let each = samples / repetitions.count
    guard Double(each) * (100 - percentile) < 100 else { return nil }
    return "\(series.statistic) of \(each) samples is about their maximum"
  }
}

/// How a value compares with its limit.
public struct BudgetFinding: Sendable {
  /// How a value compares with its limit.
  public enum Outcome: String, Sendable {
    /// Within every limit.
    case ok
    /// Within every limit by less than `GatePolicy.nearShare`.
    case near
    /// Beyond a limit that blocks.
    case over
    /// Beyond a limit that only warns.
    case warn
    /// No value to hold against the limit, or one of too few samples.
    case missing
    /// Beyond a blocking limit and within a waiver that still runs.
    case waived

    /// The worse of two; nil where there is none.
    static func worse(_ one: Self?, _ other: Self?) -> Self? {
      guard let one, let other else { return one ?? other }
      return one.rank >= other.rank ? one : other
    }

    /// What decides where a series has several limits: the higher goes first.
    var rank: Int {
      switch self {
      case .ok: 0
      case .near: 1
      case .warn: 2
      case .waived: 3
      case .missing: 4
      case .over: 5
      }
    }
  }

  /// How the value compares with the limit.
  public var outcome: Outcome
  /// The limit that decided.
  public var limit: Limit
  /// The waiver that stands in for the limit.
  public var waiver: Waiver?
  /// Whether the value is also beyond a limit that only warns.
  public var warnsBeside = false
  /// Why it was not judged, and what to do about it.
  public var remedy: String?
  /// How many samples the limit asks for, where the value rests on fewer.
  public var neededSamples: Int?

  /// How far the value is beyond the limit, as a share of the limit: 0.22 is 22 % over, negative is room left.
  public func excess(of value: Double) -> Double? {
    guard limit.bound != 0 else { return nil }
    let share = (value - limit.bound) / abs(limit.bound)
    return limit.comparison.isUpper ? share : -share
  }
}

/// How a value compares with the history of its series.
public struct RegressionFinding: Sendable {
  /// How the value compares with its history.
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
    /// A second run decides: one cannot tell a regression from a spike.
    case suspect
    /// A person should look.
    case warns
    /// Good news.
    case improves
    /// The release would be blocked, were it not for a waiver.
    case waived
  }

  /// How the value compares with its history.
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
  package var level: ReferenceLevel?
  /// The regression of the reference branch behind a value that is worse, where it is not new.
  package var unaccepted: UnacceptedRegression?
  /// The waiver that lets it through.
  public var waiver: Waiver?
  /// What a second run showed of it; nil where it was not suspect, or there was none.
  public var confirmation: ConfirmationFinding?
  /// Whether it was held against a base that was measured in turn with it in the same job: `references` is then the
  /// number of pairs.
  public var isPaired = false
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
