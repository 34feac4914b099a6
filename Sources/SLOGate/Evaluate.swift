import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// Judges a check: no file, clock, variable or terminal is touched.
/// - Parameter context: what is known around a verdict, asked once it is given.
package func evaluate(
  _ plan: CheckPlan, against references: References, context: (Verdict) -> VerdictContext
) -> Verdict {
  var verdict = Evaluation(plan, against: references).verdict()
  verdict.context = context(verdict)
  return verdict
}

extension Evaluation {
  /// The verdict, without what is known around it.
  package func verdict() -> Verdict { judged(self) }
}

private func judged(_ evaluation: Evaluation) -> Verdict {
  let (candidates, budget) = (evaluation.candidates, evaluation.budget)
  let regression = RegressionJudgement(evaluation).confirmed(by: evaluation.confirmation)
  let creep = CreepJudgement(evaluation, comparable: regression.comparable)
  let (script, relative) = (ScriptJudgement(evaluation), RelativeJudgement(evaluation))
  let growth = GrowthJudgement(evaluation)
  let unmeasured = Set(budget.findings.keys).union(relative.findings.keys).union(script.crossed)
    .subtracting(growth.young).union(growth.findings.keys)
    .filter { candidates[$0] == nil }
  let loads = evaluation.loadDifferences
  let series = (candidates.observed.map(\.measurement.series) + unmeasured).sorted()
  var owners = Owners(evaluation)
  let findings = series.map { series in
    let observed = candidates[series]
    let limit = growth.findings[series] ?? budget.findings[series]
    var finding = Finding(
      series: series, unit: observed?.measurement.unit ?? limit?.limit.unit ?? .unitless,
      value: observed?.value ?? growth.rises[series],
      repetitions: observed?.repetitions ?? growth.rises[series].map { [$0] } ?? [],
      samples: observed?.samples, hits: observed?.hits, budget: limit,
      regression: regression.findings[series],
      notCompared: observed == nil ? .unmeasured : evaluation.plan.notCompared[series],
      creep: creep.findings[series], relative: relative.findings[series],
      thresholds: script.thresholds[series] ?? [], script: script.findings[series],
      owner: owners.owner(of: series))
    finding.details = candidates.details[series] ?? growth.details[series].map { [$0] } ?? []
    if finding.isCompared { finding.load = loads[series.profile] ?? [] }
    finding.past = PastValues(of: finding, in: evaluation)
    return finding
  }
  let rules = evaluation.rules
  let coverage = ProfileCoverage(evaluation, findings, rules)
  return Verdict(
    service: evaluation.service, commit: evaluation.commit, reference: evaluation.reference,
    environment: evaluation.environment, runs: numbered(evaluation.runs), findings: findings,
    pairedBase: numbered(evaluation.input.pairedBase), confirmation: numbered(evaluation.input.confirmation),
    rules: rules,
    anchor: evaluation.anchor, comparisons: regression.comparisons, commonFactors: regression.commonFactors,
    gaps: gaps(evaluation, findings, rules, regression, coverage) + regression.undecided,
    warnings: warnings(evaluation) + noLongerMeasured(evaluation) + loadWarnings(evaluation),
    notices: notices(evaluation, findings, script, coverage) + regression.cleared
      + outgrown(evaluation, regression) + evaluation.references.notices + growth.notices,
    details: details(findings) + evaluation.references.details,
    unjudged: coverage.young,
    neverLookedFor: evaluation.neverLookedFor,
    waivers: review(evaluation, findings), budgetReview: evaluation.budgetReview,
    policy: evaluation.policy, isStrict: evaluation.input.isStrict,
    repetitionsHelp: repetitionsHelp(findings, in: evaluation),
    deferredFalseBlocks: Deferred {
      FalseBlockRate(
        of: evaluation, compared: findings.count { $0.isCompared && $0.regression?.isPaired != true },
        evaluation.policy.isTwoStep ? .twoStep : .oneStep)
    }, evaluation: evaluation)
}

/// Who answers for each endpoint; asked once for its many series.
private struct Owners {
  private struct Place: Hashable {
    var profile: String
    var endpoint: String
  }

  private let evaluation: Evaluation
  private var known: [Place: String?] = [:]

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  mutating func owner(of series: Series) -> String? {
    let place = Place(profile: series.profile, endpoint: series.endpoint)
    if let owner = known[place] { return owner }
    let owner = evaluation.owner(of: series)
    known[place] = .some(owner)
    return owner
  }
}

/// Runs with their place among the repetitions of the same profile and page.
private func numbered(_ runs: [Run]) -> [Verdict.JudgedRun] {
  var seen: [String: Int] = [:]
  return runs.map { run in
    let key = repetitionKey(run)
    seen[key, default: 0] += 1
    return Verdict.JudgedRun(run: run, repetition: seen[key, default: 1])
  }
}

private func review(_ evaluation: Evaluation, _ findings: [Finding]) -> Verdict.WaiverReview {
  let used = Set(
    findings.flatMap { finding in
      [
        finding.budget?.waiver, finding.relative?.waiver, finding.regression?.waiver, finding.creep?.waiver,
      ].compactMap { $0 }
    })
  return Verdict.WaiverReview(
    ending: evaluation.budgets.endingWaivers(at: evaluation.now, withinDays: GatePolicy.waiverNoticeDays),
    expired: evaluation.budgets.expiredWaivers(at: evaluation.now),
    unused: evaluation.budgets.unusedWaivers(at: evaluation.now, used: used))
}
