import SLOBudgets
import SLOModel
import SLOStatistics

/// Judges a check: no file, clock, variable or terminal is touched.
public func judge(_ question: Question) -> Verdict {
  let (candidates, budget) = (question.candidates, question.budget)
  let regression = RegressionJudgement(question)
  let creep = CreepJudgement(question, comparable: regression.comparable)
  let (script, relative) = (ScriptJudgement(question), RelativeJudgement(question))
  let unmeasured = Set(budget.findings.keys).union(relative.findings.keys).union(script.crossed)
    .filter { candidates[$0] == nil }
  let loads = question.loadDifferences
  let series = (candidates.observed.map(\.measurement.series) + unmeasured).sorted()
  var owners = Owners(question)
  let findings = series.map { series in
    let observed = candidates[series]
    var finding = Finding(
      series: series, unit: observed?.measurement.unit ?? budget.findings[series]?.limit.unit ?? .unitless,
      value: observed?.value, repetitions: observed?.repetitions ?? [], samples: observed?.samples,
      hits: observed?.hits, budget: budget.findings[series], regression: regression.findings[series],
      notCompared: observed == nil ? .unmeasured : question.notCompared[series],
      creep: creep.findings[series], relative: relative.findings[series],
      thresholds: script.thresholds[series] ?? [], script: script.findings[series],
      owner: owners.owner(of: series))
    if finding.isCompared { finding.load = loads[series.profile] ?? [] }
    finding.past = PastValues(of: finding, in: question)
    return finding
  }
  let rules = question.rules
  let coverage = ProfileCoverage(question, findings, rules)
  return Verdict(
    service: question.service, commit: question.commit, reference: question.reference,
    environment: question.environment, runs: numbered(question.runs), findings: findings, rules: rules,
    anchor: question.anchor, comparisons: regression.comparisons, commonFactors: regression.commonFactors,
    gaps: gaps(question, findings, rules, regression, coverage),
    warnings: warnings(question) + noLongerMeasured(question) + loadWarnings(question),
    notices: notices(question, findings, script, coverage), details: details(findings),
    unjudged: coverage.young,
    neverLookedFor: question.neverLookedFor,
    waivers: review(question, findings), policy: question.policy, isStrict: question.isStrict,
    repetitionsHelp: repetitionsHelp(findings, in: question))
}

/// Who answers for each endpoint; asked once for its many series.
private struct Owners {
  private struct Place: Hashable {
    var profile: String
    var endpoint: String
  }

  private let question: Question
  private var known: [Place: String?] = [:]

  init(_ question: Question) { self.question = question }

  mutating func owner(of series: Series) -> String? {
    let place = Place(profile: series.profile, endpoint: series.endpoint)
    if let owner = known[place] { return owner }
    let owner = question.owner(of: series)
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

private func review(_ question: Question, _ findings: [Finding]) -> Verdict.WaiverReview {
  let used = Set(
    findings.flatMap { finding in
      [
        finding.budget?.waiver, finding.relative?.waiver, finding.regression?.waiver, finding.creep?.waiver,
      ].compactMap { $0 }
    })
  return Verdict.WaiverReview(
    ending: question.budgets.endingWaivers(at: question.now, withinDays: GatePolicy.waiverNoticeDays),
    expired: question.budgets.expiredWaivers(at: question.now),
    unused: question.budgets.unusedWaivers(at: question.now, used: used))
}
