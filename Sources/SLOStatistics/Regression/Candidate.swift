/// One series of a check: what was measured now, and what its references measured.
///
/// ```swift
/// let candidate = Candidate(
///   references: [101, 99, 100, 102, 98, 100], values: [131, 129, 130], kind: .positive, better: .lower)
/// ```
public struct Candidate: Sendable, Hashable {
  /// Which way the series is better.
  public enum Better: Sendable, Hashable {
    /// Less is better.
    case lower
    /// More is better.
    case higher
  }

  /// What kind of number the series holds, which decides how it scatters.
  public enum Kind: Sendable, Hashable {
    /// Unbounded and normally above zero (times, sizes, rates per second): judged on logarithms where every
    /// value is positive, else as they are.
    case positive
    /// A score between two ends: judged as it is.
    case bounded
    /// A share of trials, 0 … 1: judged by its counts where the trials are known. Failures are counted where
    /// lower is better, else what is missing from 1.
    case share(Trials?)
  }

  /// How many trials (requests, checks) stand behind each share.
  public struct Trials: Sendable, Hashable {
    /// One number a reference, in the order of `Candidate.references`.
    public var references: [Int]
    /// One number a repetition, in the order of `Candidate.values`.
    public var candidate: [Int]

    /// Creates numbers of trials.
    public init(references: [Int], candidate: [Int]) {
      self.references = references
      self.candidate = candidate
    }
  }

  /// One value an earlier commit (the median of its repetitions), oldest first. What is not finite is left
  /// out.
  public var references: [Double]
  /// The repetitions behind each reference, where they are known: needed only to compare commits measured
  /// with different numbers of repetitions.
  public var referenceRepetitions: [[Double]]?
  /// What identifies the run behind each reference. Series with the same runs share the noise of their hosts;
  /// nil: this series is judged without its siblings.
  public var runs: [Int]?
  /// The candidate's repetitions.
  public var values: [Double]
  /// What kind of number this is.
  public var kind: Kind
  /// Which way is better.
  public var better: Better
  /// The change below which nothing is a finding, in the unit of the values.
  public var absoluteFloor: Double
  /// The unit of the last digit the values were written with, such as 0.01: a change of one such unit may be
  /// rounding and is never a finding. 0: not known; then 1 where every value is whole.
  public var resolution: Double
  /// The index in `references` of the first reference of a level that was accepted or that a search for
  /// change points confirmed: earlier references only lend their scatter, and a later step that the test finds
  /// itself still counts. `references.count`: no reference of the new level is known yet, so nothing can be
  /// judged. Nil: the test finds the level alone.
  public var levelStart: Int?
  /// Whether this very series was found worse before, and the question is only whether it still is: those are a
  /// family of their own, whose own tests fire at `RegressionPolicy.retestAlpha`.
  public var isRetest = false

  /// Creates a candidate.
  public init(
    references: [Double], values: [Double], kind: Kind = .positive, better: Better = .lower,
    absoluteFloor: Double = 0, referenceRepetitions: [[Double]]? = nil, runs: [Int]? = nil,
    resolution: Double = 0, levelStart: Int? = nil
  ) {
    self.references = references
    self.values = values
    self.kind = kind
    self.better = better
    self.absoluteFloor = absoluteFloor
    self.resolution = resolution
    self.levelStart = levelStart
    self.referenceRepetitions = referenceRepetitions
    self.runs = runs
  }
}
