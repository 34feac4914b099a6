public import SLOBudgets

/// How a value compares with its limit on the change from what is comparable.
public struct RelativeFinding: Sendable {
  /// How the value compares with the limit.
  public enum Outcome: String, Sendable {
    /// Within the limit.
    case ok
    /// Beyond a limit that blocks.
    case over
    /// Beyond a limit that only warns.
    case warn
    /// Beyond a blocking limit and within a waiver that still runs.
    case waived
    /// No value to hold against the limit, or one of too few samples.
    case missing
    /// Nothing to hold the value against.
    case unreferenced

    /// The same of any limit; nil where nothing was judged and nothing is missing from the results.
    var ofLimit: BudgetFinding.Outcome? { BudgetFinding.Outcome(rawValue: rawValue) }
  }

  /// How the value compares with the limit.
  public var outcome: Outcome
  /// The limit that decided.
  public var limit: RelativeLimit
  /// What the value is held against: the median of the comparable commits, or of the run given; nil without any.
  public var reference: Double?
  /// How many commits the reference is the median of; nil for a run that was given.
  public var commits: Int?
  /// The change from the reference, as a share of it; nil where there is none, or it is zero.
  public var change: Double?
  /// The bound that follows for the value; nil without a reference.
  public var bound: Double?
  /// The waiver that stands in for the limit.
  public var waiver: Waiver?
  /// Why it was not judged, and what to do about it.
  public var remedy: String?
  /// How many samples the limit asks for, where the value rests on fewer.
  public var neededSamples: Int?
}
