import SLOBudgets
import SLOModel
import SLOStatistics

/// Judges a check: no file, clock, variable or terminal is touched.
public func judge(_ question: Question) -> Verdict {
  let (candidates, budget) = (question.candidates, question.budget)
  let regression = RegressionJudgement(question)
  let creep = CreepJudgement(question, comparable: regression.comparable)
  let thresholds = question.runs.reduce(into: [Series: [Reading.Threshold]]()) {
    $0.collect($1.reading, $1.profile)
  }
  let unmeasured = budget.findings.keys.filter { candidates[$0] == nil }
  let series = (candidates.observed.map(\.measurement.series) + unmeasured).sorted()
  let findings = series.map { series in
    let observed = candidates[series]
    return Finding(
      series: series, unit: observed?.measurement.unit ?? budget.findings[series]?.limit.unit ?? .unitless,
      value: observed?.value, repetitions: observed?.repetitions ?? [], samples: observed?.samples,
      budget: budget.findings[series], regression: regression.findings[series],
      creep: creep.findings[series], thresholds: thresholds[series] ?? [])
  }
  let rules = question.rules
  return Verdict(
    service: question.service, commit: question.commit, reference: question.reference,
    environment: question.environment, runs: numbered(question.runs), findings: findings, rules: rules,
    anchor: question.anchor, comparisons: regression.comparisons, commonFactors: regression.commonFactors,
    gaps: gaps(question, findings, rules, regression), warnings: warnings(question),
    notices: notices(question, findings),
    waivers: review(question, findings), policy: question.policy, isStrict: question.isStrict,
    repetitionsHelp: repetitionsHelp(findings, in: question))
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
  let used = Set(findings.compactMap { $0.budget?.waiver })
  return Verdict.WaiverReview(
    ending: question.budgets.endingWaivers(at: question.now, withinDays: GatePolicy.waiverNoticeDays),
    expired: question.budgets.expiredWaivers(at: question.now),
    unused: question.budgets.unusedWaivers(at: question.now, used: used))
}

extension [Series: [Reading.Threshold]] {
  /// Files each threshold under the series its expression speaks of: `p(95)<500` under `p95`.
  fileprivate mutating func collect(_ reading: Reading, _ profile: String) {
    for threshold in reading.thresholds {
      let method = threshold.expression.prefix { !"<>=! ".contains($0) }
      guard let statistic = Statistic(k6: String(method)) else { continue }
      let series = Series(
        profile: profile, endpoint: threshold.endpoint, metric: threshold.metric, statistic: statistic)
      // Of several repetitions the first with each outcome.
      let isKnown = self[series, default: []].contains {
        $0.expression == threshold.expression && $0.passed == threshold.passed
          && $0.isMeasured == threshold.isMeasured
      }
      if !isKnown { self[series, default: []].append(threshold) }
    }
  }
}
