package import SLOBudgets
package import SLOHistory
package import SLOModel

/// A check with everything it is judged by. The same plan and references always give the same verdict.
package struct Evaluation: Sendable {
  /// What is judged, and which series of it.
  package let plan: CheckPlan
  /// What it is held against.
  package let references: References

  /// Brings the two together.
  package init(_ plan: CheckPlan, against references: References = References()) {
    (self.plan, self.references) = (plan, references)
  }

  /// The same check with more of the history to be shown, not to be judged by.
  /// - Parameter windows: of the profiles that have a window already.
  package func showing(_ windows: [String: ReferenceWindow]) -> Evaluation {
    var references = references
    for (profile, window) in windows {
      references.windows[profile]?.values.merge(window.values) { judged, _ in judged }
    }
    return Evaluation(plan, against: references)
  }
}

// MARK: What it is made of

extension Evaluation {
  var input: CheckInput { plan.input }
  /// The service judged.
  package var service: String { input.service }
  /// The commit judged.
  package var commit: Commit { input.commit }
  /// The branch whose runs are the reference.
  package var reference: String { input.reference }
  /// The environment as the user described it.
  package var environment: Environment { input.environment }
  /// The runs judged, in the order given.
  package var runs: [Run] { input.runs }
  /// The limits.
  package var budgets: Budgets { input.budgets }
  /// How strictly to judge.
  package var policy: GatePolicy { input.policy }
  /// The time at which waivers hold or have ended.
  package var now: Timestamp { input.now }
  var against: [Run] { input.against }

  var candidates: Candidates { plan.candidates }
  var candidatesAgainst: Candidates { plan.candidatesAgainst }
  var budget: BudgetJudgement { plan.budget }
  /// The series that are held against their history, with the unit they are compared in.
  package var comparedSeries: [Series: MetricUnit] { plan.comparedSeries }

  /// The past results to compare with, by profile.
  package var windows: [String: ReferenceWindow] { references.windows }
  var acceptances: [Acceptance] { references.acceptances }
  var anchor: Anchor? { references.anchor }
}

// MARK: What is asked of it

extension Evaluation {
  /// What makes the results doubtful as a whole.
  var warnings: [String] {
    let judged = Set(runs.map(\.reading.source.sha256))
    let same = against.map(\.reading.source).filter { judged.contains($0.sha256) }
    return input.warnings + same.map { "\($0.path): the result is held against itself by --against" }
  }

  /// The second measurement, held against the same references; nil without one.
  var confirmation: Evaluation? {
    guard !input.confirmation.isEmpty else { return nil }
    var second = input
    (second.runs, second.confirmation) = (input.confirmation, [])
    return Evaluation(CheckPlan(second), against: references)
  }

  /// What the branch under judgement does to the budgets; nil where it changes nothing.
  var budgetReview: BudgetReview? {
    guard let before = references.budgetsBefore else { return nil }
    let review = BudgetReview(from: before, to: budgets, known: plan.subjects)
    return review.isEmpty ? nil : review
  }

  /// The outcome of the budgets' rules.
  var rules: [RuleFinding] {
    RuleJudgement(candidates: candidates, profiles: policy.profiles).findings(budgets.rules)
  }

  /// Whether the commit judged contains an accepted one; nil where it is not known.
  func contains(_ sha: String) -> Bool? {
    sha == commit.sha ? true : references.descendants[sha].map { $0.contains(commit.sha) }
  }

  /// Whether the commit judged is of the branch whose runs are the reference, as far as anybody knows.
  var isOfReference: Bool { commit.branch.map { $0 == reference } ?? !references.hasLeftReference }

  /// The past results of a series, oldest first.
  func references(of series: Series) -> [ReferenceValue] { windows[series.profile]?.values[series] ?? [] }

  /// The limits on a series, as the budgets' judgement resolves them.
  func limits(on series: Series) -> [Limit] {
    budget.limits(for: series.endpoint, series.profile)
      .filter { $0.metric == series.metric && $0.statistic == series.statistic }
  }

  /// The waivers on a series, ended ones included.
  func waivers(on series: Series) -> [Waiver] {
    budgets.waivers(on: series, limits: limits(on: series), endpointTag: endpointTag(of: series))
  }

  /// The waiver that lets a regression of a series through.
  func waiver(ofRegression series: Series) -> Waiver? {
    guard let observed = candidates[series], let better = direction(of: observed.measurement) else {
      return nil
    }
    return budgets.waiver(
      forRegressionOf: series, limits: limits(on: series), better: better,
      endpointTag: endpointTag(of: series), value: observed.value, now: now)
  }

  /// Which way a series is better: a custom metric whose name does not say so says it by its limit.
  func direction(of measurement: MetricValue) -> Direction? {
    TrackedSeries.direction(of: measurement, budget)
  }

  /// Who answers for a series.
  func owner(of series: Series) -> String? {
    budgets.owner(
      profile: series.profile, endpoint: series.endpoint, endpointTag: endpointTag(of: series))
  }

  /// The tag that named the endpoint of a series.
  private func endpointTag(of series: Series) -> String? {
    candidates.endpointTags[series.profile]?[series.endpoint]
  }
}
