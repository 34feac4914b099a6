public import SLOBudgets
public import SLOModel

/// What is to be judged, and how: values alone, put together before history or repository are asked anything.
///
/// ```swift
/// let input = CheckInput(service: "shop", commit: Commit(sha: "41d0e77"), runs: runs, now: .current)
/// ```
public struct CheckInput: Sendable {
  /// The service judged.
  public var service: String
  /// The commit judged.
  public var commit: Commit
  /// The branch whose runs are the reference.
  public var reference: String
  /// The environment as the user described it.
  public var environment: Environment
  /// The runs to judge, in the order given.
  public var runs: [Run]
  /// The limits.
  public var budgets: Budgets
  /// How strictly to judge.
  public var policy: GatePolicy
  /// Whether warnings alone give exit code 4.
  public var isStrict: Bool
  /// The time at which waivers hold or have ended.
  public var now: Timestamp
  /// Runs that limits on a change are held against in place of the history, by the profiles they are of.
  public var against: [Run] = []
  /// What makes the results doubtful as a whole, a sentence each, besides what each reading says of itself.
  public var warnings: [String] = []

  /// Puts an input together; without a policy of its own, the budgets'.
  public init(
    service: String, commit: Commit, reference: String = "main", environment: Environment = .unknown,
    runs: [Run], budgets: Budgets = .builtIn, policy: GatePolicy? = nil, isStrict: Bool = false,
    now: Timestamp
  ) {
    self.service = service
    self.commit = commit
    self.reference = reference
    self.environment = environment
    self.runs = runs
    self.budgets = budgets
    self.policy = policy ?? GatePolicy(budgets)
    self.isStrict = isStrict
    self.now = now
  }
}
