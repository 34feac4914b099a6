/// What the history says of one candidate.
public struct Judgement: Sendable, Hashable {
  /// What the series' own test found.
  public enum Outcome: Sendable, Hashable {
    /// Nothing beyond the usual scatter and the floors.
    case none
    /// Worse than the current level.
    case worse
    /// Better than the current level.
    case better
    /// Too few references, or no value, to judge.
    case insufficient
  }

  /// A difference, absolute and in proportion.
  public struct Change: Sendable, Hashable {
    /// In the unit of the values.
    public var absolute: Double
    /// In proportion to the typical value; nil where that is zero.
    public var relative: Double?

    /// A difference from `typical`.
    init(_ absolute: Double, from typical: Double) {
      self.absolute = absolute
      relative = typical == 0 ? nil : absolute / abs(typical)
    }
  }

  /// What the series' own test found. `worse` alone blocks nothing: see `blocks` and `warns`.
  public var outcome: Outcome
  /// The candidate's value: the median of its repetitions. Nil without one.
  public var value: Double?
  /// The median of the current level; nil without references.
  public var typical: Double?
  /// 1.4826 times the median absolute deviation of the current level, in the unit of the values.
  public var noise: Double?
  /// From typical value to the candidate's; nil where one is missing.
  public var change: Change?
  /// The chance of a value this bad if nothing changed, by the series' own test; 1 where a change beyond the
  /// test's limit is too small to matter or was seen before, and of a share of trials for any change too small to
  /// matter. Nil where nothing was judged.
  public var p: Double?
  /// `p` adjusted for the number of series of the check (Benjamini–Hochberg).
  public var q: Double?
  /// Worse by its own test and by Holm's over the check, at the nominal `RegressionPolicy.familyErrorRate`.
  public var blocks = false
  /// Among the findings of which a share of `RegressionPolicy.falseDiscoveryRate` is false. Everything that
  /// blocks warns too.
  public var warns = false
  /// How many series were judged together, this one among them.
  public var familySize = 1
  /// The value beyond which the series is reported, whatever the others of its family say, in the unit of the values:
  /// its own test fires, and the first step of the family's rule confirms it. It warns at least.
  public var limit: Double?
  /// The smallest worsening that is reported so, with this history, these repetitions and this family, with a
  /// probability of 80 %. Positive whichever way is worse.
  public var detectable: Change?
  /// How many references the current level has.
  public var references: Int
  /// The index of the first reference of the current level, which all finite later ones belong to.
  public var levelStart: Int
  /// The indices of the current level's references outside its main cluster: spikes, or a second mode.
  public var outsiders: [Int] = []
  /// The standard deviation of one reference by which the candidate was judged; nil where nothing was judged.
  /// In proportion to the level where `isRelative`, else in the unit of the values.
  public var standardDeviation: Double?
  /// Whether the series was judged on logarithms.
  public var isRelative = false
  /// The references outside their level that already showed a value like the candidate's: why a value far
  /// from the level is not new.
  public var seenBefore: [Int] = []
  /// By what factor the runs' common noise had moved this candidate, before it was judged; 1 where none was
  /// taken out.
  public var commonFactor = 1.0
  /// An improvement too good to be true: to a fifth of the cost, five times the throughput. Failing fast
  /// looks like that.
  public var isSuspicious = false

  /// How many times the usual noise the candidate is away from the typical value; nil where that is zero.
  public var deviations: Double? {
    guard let change, let noise, noise > 0 else { return nil }
    return change.absolute / noise
  }
}

/// The judgement of all series of a check.
public struct FamilyJudgement: Sendable, Hashable {
  /// One a candidate, in the order given.
  public var judgements: [Judgement]
  /// What moved series of the same runs together, a group of such series each; empty where no group was large
  /// enough to know.
  package var common: [CommonFactor]
}

/// What moved all series of the same runs together: the machine, or a change that hits everything.
package struct CommonFactor: Sendable, Hashable {
  /// The indices of the series it was estimated from.
  package var members: [Int]
  /// The candidate's factor towards worse: 1.08 when everything was 8 % worse than usual.
  package var factor: Double
  /// The factor's own test against the history of factors, in per cent of no change; lower is better. Not
  /// part of the family: `blocks` where its own test fires.
  package var judgement: Judgement
  /// Whether the history shows such factors, so that it was taken out of its members before they were judged.
  package var wasTakenOut: Bool
}

/// What a test would still find of a series. It hangs on the p-value asked of it, and that on how many series are
/// judged together.
struct Sensitivity {
  /// The value beyond which the test gives a smaller p-value than this, and the smallest worsening for which it does
  /// so with a probability of 80 %.
  let limits: (_ alpha: Double) -> (value: Double, detectable: Judgement.Change)
}

extension Judgement {
  /// Fills in what would be found at a p-value, among so many series.
  mutating func setLimits(_ sensitivity: Sensitivity, alpha: Double, among count: Int) {
    let limits = sensitivity.limits(alpha)
    (limit, detectable, familySize) = (limits.value, limits.detectable, count)
  }
}
