public import SLOBudgets
public import SLOHistory
public import SLOModel

/// Everything a judgement rests on. The same question always has the same answer.
public struct Question: Sendable {
  /// The service judged.
  public let service: String
  /// The commit judged.
  public let commit: Commit
  /// The branch whose runs are the reference.
  public let reference: String
  /// The environment as the user described it.
  public let environment: Environment
  /// The runs to judge, in the order given.
  public let runs: [Run]
  /// The limits.
  public let budgets: Budgets
  /// How strictly to judge.
  public let policy: GatePolicy
  /// Whether warnings alone give exit code 4.
  public let isStrict: Bool
  /// The time at which waivers hold or have ended.
  public let now: Timestamp
  /// The past results to compare with, by profile; a profile without an entry has no history. They need to
  /// hold no more than `comparedSeries`.
  public var windows: [String: ReferenceWindow]
  /// The levels that were accepted as the new normal.
  public var acceptances: [Acceptance] = []
  /// The commits that contain each accepted commit, as far as they are the commit judged or contained in it. An
  /// accepted commit without an entry is one that nobody could place: it counts by its time.
  public var descendants: [String: Set<String>] = [:]
  /// What makes the results doubtful as a whole, a sentence each, beside what each reading says of itself.
  public var warnings: [String] = []
  /// The commits of the service that the runs' results were recorded for, by `Reading.Source.sha256`.
  public var recordedCommits: [String: [Commit]] = [:]
  /// What slow drift is measured from; nil where no budget pins an anchor, or nothing was measured there.
  public var anchor: Anchor?

  let candidates: Candidates
  let budget: BudgetJudgement
  /// The series that are held against their history, with the unit they are compared in.
  public let comparedSeries: [Series: Unit]

  /// Puts a question; without a policy of its own, the budgets'.
  public init(
    service: String, commit: Commit, reference: String = "main", environment: Environment = .unknown,
    runs: [Run], budgets: Budgets = .builtIn, windows: [String: ReferenceWindow] = [:],
    policy: GatePolicy? = nil, isStrict: Bool = false, now: Timestamp
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
    self.windows = windows
    candidates = Candidates(runs)
    budget = BudgetJudgement(candidates, budgets, now: now)
    comparedSeries = Signals.compared(candidates, budget)
  }

  /// How the budgets' rules stand.
  var rules: [RuleFinding] { RuleJudgement(candidates: candidates).findings(budgets.rules) }

  /// Whether the commit judged contains an accepted one; nil where nobody could tell.
  func contains(_ sha: String) -> Bool? {
    sha == commit.sha ? true : descendants[sha].map { $0.contains(commit.sha) }
  }

  /// Which way a series is better: a custom metric whose name does not say so says it by its limit.
  func direction(of measurement: Measurement) -> Direction? {
    Signals.direction(of: measurement, budget)
  }
}
