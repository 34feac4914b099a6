package import SLOBudgets
package import SLOModel

/// What is to be judged, and how: values alone, put together before history or repository are asked anything.
///
/// ```swift
/// let input = CheckInput(service: "shop", commit: Commit(sha: "41d0e77"), runs: runs, now: .current)
/// ```
package struct CheckInput: Sendable {
  /// The service judged.
  package var service: String
  /// The commit judged.
  package var commit: Commit
  /// The branch whose runs are the reference.
  package var reference: String
  /// The environment as the user described it.
  package var environment: Environment
  /// The runs to judge, in the order given.
  package var runs: [Run]
  /// The limits.
  package var budgets: Budgets
  /// How strictly to judge.
  package var policy: GatePolicy
  /// Whether warnings alone give exit code 4.
  package var isStrict: Bool
  /// The time at which waivers hold or have ended.
  package var now: Timestamp
  /// Runs that limits on a change are held against in place of the history, by the profiles they are of.
  package var against: [Run] = []
  /// The runs of a second measurement, which decides what the first one made suspect and nothing else; empty: there
  /// was none.
  package var confirmation: [Run] = []
  /// The runs of a base that was measured in turn with `runs` in the same job, in the order in which they ran: what they
  /// are held against in place of the history, profile by profile.
  package var pairedBase: [Run] = []
  /// What makes the results doubtful as a whole, a sentence each, besides what each reading says of itself.
  package var warnings: [String] = []

  /// The service as commands have to name it; nil where they find it by themselves.
  package var namedService: String?

  /// Puts an input together; without a policy of its own, the budgets'.
  package init(
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
