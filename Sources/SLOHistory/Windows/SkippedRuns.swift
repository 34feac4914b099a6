public import SLOModel

/// The runs that a window left out: every run of the service and profile is either in the window or
/// counted here, once, under the first reason that holds.
public struct SkippedRuns: Sendable, Hashable {
  /// Why a run is no reference. The order is the order of precedence.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Nobody said what environment it, or the candidate, was measured in.
    case unknownEnvironment = "unknown environment"
    /// It was measured in an environment of another sizing.
    case otherSizing = "other sizing"
    /// Nobody said which commit it measured.
    case unknownCommit = "unknown commit"
    /// It measured the candidate's own commit.
    case sameCommit = "same commit"
    /// It failed.
    case failed = "failed run"
    /// It measured nothing.
    case empty = "without values"
    /// Its values were deleted to save space.
    case pruned
    /// It was measured on another branch than the reference branch, or on an unknown one.
    case otherBranch = "other branch"
    /// Its commit is not reachable from the merge base.
    case notAnAncestor = "not an ancestor"
    /// It is older than the window reaches.
    case beyondWindow = "beyond the window"
  }

  /// An environment of another sizing in which the same service and profile were measured.
  public struct OtherSizing: Sendable, Hashable {
    /// Its sizing, under the name it was last recorded with.
    public var environment: Environment
    /// How many runs there are.
    public var runs: Int
    /// When the last of them was recorded.
    public var newest: Timestamp

    /// Creates one.
    public init(environment: Environment, runs: Int, newest: Timestamp) {
      self.environment = environment
      self.runs = runs
      self.newest = newest
    }
  }

  /// How many runs were left out for each reason; reasons that hit none are absent.
  public private(set) var counts: [Reason: Int] = [:]
  /// The other sizings that were recorded last, newest first, at most `sizingLimit`.
  public var otherSizings: [OtherSizing] = []

  /// How many other sizings are named; all are counted.
  public static let sizingLimit = 3

  /// Creates an empty account.
  public init() {}

  /// How many runs were left out for a reason.
  public subscript(reason: Reason) -> Int {
    get { counts[reason] ?? 0 }
    set { counts[reason] = newValue == 0 ? nil : newValue }
  }

  /// How many runs were left out.
  public var total: Int { counts.values.reduce(0, +) }
}
