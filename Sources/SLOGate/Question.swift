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
  public var policy: GatePolicy
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
  /// Whether git says that the reference branch does not contain the commit judged: it decides where nobody names the
  /// commit's branch.
  public var hasLeftReference = false
  /// The commits of the service that the runs' results were recorded for, by `Reading.Source.sha256`.
  public var recordedCommits: [String: [Commit]] = [:]
  /// What slow drift is measured from; nil where no budget pins an anchor, or nothing was measured there.
  public var anchor: Anchor?

  /// Runs that limits on a change are held against in place of the history, by the profiles they are of.
  public var against: [Run] = [] {
    didSet { candidatesAgainst = Candidates(against) }
  }

  let candidates: Candidates
  private(set) var candidatesAgainst = Candidates([])
  let budget: BudgetJudgement
  /// The series that are held against their history, with the unit they are compared in.
  public let comparedSeries: [Series: Unit]
  /// Why the other measured series are not.
  let notCompared: [Series: NotCompared]

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
    (comparedSeries, notCompared) = Signals.sorted(candidates, budget)
  }

  /// The series that `windows` are to hold, with their units: those that are compared, those that have a limit on
  /// their change, and what tells the load of a run.
  public var windowSeries: [Series: Unit] {
    let others = relativeSeries + candidates.endpoints.keys.flatMap(LoadDifference.series)
    return others.reduce(into: comparedSeries) { wanted, series in
      wanted[series] = wanted[series] ?? candidates[series]?.measurement.unit
    }
  }

  /// The figures with a limit on their change, measured or not.
  private var relativeSeries: [Series] {
    candidates.endpoints.flatMap { profile, endpoints in
      endpoints.flatMap { endpoint in
        budget.relativeLimits(for: endpoint, profile).map {
          Series(profile: profile, endpoint: endpoint, metric: $0.metric, statistic: $0.statistic)
        }
      }
    }
  }

  /// The metrics of each endpoint measured under a profile.
  public func measured(_ profile: String) -> [String: Set<String>] {
    candidates.observed.reduce(into: [:]) { measured, observed in
      let series = observed.measurement.series
      if series.profile == profile { measured[series.endpoint, default: []].insert(series.metric) }
    }
  }

  /// How the budgets' rules stand.
  var rules: [RuleFinding] {
    RuleJudgement(candidates: candidates, profiles: policy.profiles).findings(budgets.rules)
  }

  /// Whether the commit judged contains an accepted one; nil where nobody could tell.
  func contains(_ sha: String) -> Bool? {
    sha == commit.sha ? true : descendants[sha].map { $0.contains(commit.sha) }
  }

  /// Whether the commit judged is of the branch whose runs are the reference, as far as anybody knows.
  var isOfReference: Bool { commit.branch.map { $0 == reference } ?? !hasLeftReference }

  /// The past results of a series, oldest first.
  func references(of series: Series) -> [ReferenceValue] { windows[series.profile]?.values[series] ?? [] }

  /// The limits on a series, as the budgets' judgement resolves them.
  func limits(on series: Series) -> [Limit] {
    budget.limits(for: series.endpoint, series.profile)
      .filter { $0.metric == series.metric && $0.statistic == series.statistic }
  }

  /// The waivers on a series, ended ones included.
  func waivers(on series: Series) -> [Waiver] {
    budgets.waivers(
      on: series, limits: limits(on: series),
      endpointTag: candidates.endpointTags[series.profile]?[series.endpoint])
  }

  /// The waiver that lets a regression of a series through.
  func waiver(ofRegression series: Series) -> Waiver? {
    guard let observed = candidates[series], let better = direction(of: observed.measurement) else {
      return nil
    }
    return budgets.waiver(
      forRegressionOf: series, limits: limits(on: series), better: better,
      endpointTag: candidates.endpointTags[series.profile]?[series.endpoint], value: observed.value, now: now)
  }

  /// Which way a series is better: a custom metric whose name does not say so says it by its limit.
  func direction(of measurement: Measurement) -> Direction? {
    Signals.direction(of: measurement, budget)
  }
}

extension Question {
  /// Who answers for a series.
  func owner(of series: Series) -> String? {
    budgets.owner(
      profile: series.profile, endpoint: series.endpoint,
      endpointTag: candidates.endpointTags[series.profile]?[series.endpoint])
  }
}
