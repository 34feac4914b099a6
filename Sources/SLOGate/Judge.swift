import SLOBudgets
import SLOModel
import SLOStatistics

/// Judges a check: no file, clock, variable or terminal is touched.
public func judge(_ question: Question) -> Verdict {
  let (candidates, budget) = (question.candidates, question.budget)
  let regression = RegressionJudgement(question)
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
      thresholds: thresholds[series] ?? [])
  }
  return Verdict(
    service: question.service, commit: question.commit, reference: question.reference,
    environment: question.environment, runs: numbered(question.runs), findings: findings,
    comparisons: regression.comparisons, commonFactors: regression.commonFactors,
    gaps: gaps(question, findings, regression), notices: notices(question, findings),
    waivers: review(question, findings), policy: question.policy, isStrict: question.isStrict)
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

/// What counts as a repetition of the same: a profile's k6 files, and of Lighthouse the reports of one page.
private func repetitionKey(_ run: Run) -> String {
  guard run.reading.source.format.hasPrefix("lighthouse") else { return run.profile }
  let page = run.reading.facts["page"] ?? run.reading.measurements.first?.series.endpoint ?? ""
  return "\(run.profile) \(page)"
}

/// Why the verdict is inconclusive, one sentence each.
private func gaps(_ question: Question, _ findings: [Finding], _ regression: RegressionJudgement) -> [String]
{
  let missing = findings.filter { $0.outcome == .missing }
  var gaps =
    missing.isEmpty ? [] : ["\(missing.count) budgeted value\(missing.count == 1 ? "" : "s") missing"]
  for (key, runs) in Dictionary(grouping: question.runs, by: repetitionKey).sorted(by: { $0.key < $1.key }) {
    let good = runs.filter { $0.reading.failure == nil }.count
    if good == 0, let failure = runs.first?.reading.failure {
      gaps.append("\(key): \(failure)")
    } else if good < question.policy.repetitions {
      gaps.append(
        "\(key): \(good) good repetition\(good == 1 ? "" : "s"), the budget asks for \(question.policy.repetitions)"
      )
    }
  }
  if question.policy.requiresHistory { gaps += regression.lackingHistory }
  return gaps
}

/// What a person should know and no exit code tells.
private func notices(_ question: Question, _ findings: [Finding]) -> [String] {
  var notices = fileNotices(question.runs.map(\.reading))
  let profiles = Set(question.runs.map(\.profile))
  let absent = question.budgets.profiles.filter { !profiles.contains($0) }.sorted()
  if !absent.isEmpty {
    notices.append("not judged, because no result was given: \(absent.joined(separator: ", "))")
  }
  notices += findings.compactMap(disagreement)
  return notices
}

/// What the files say of themselves; what several of them say is said once.
private func fileNotices(_ readings: [Reading]) -> [String] {
  var texts: [String] = []
  var paths: [String: [String]] = [:]
  for reading in readings {
    for text in reading.notices + [reading.failure].compactMap({ $0 }) {
      if paths[text] == nil { texts.append(text) }
      paths[text, default: []].append(reading.source.path)
    }
  }
  return texts.map { text in
    let files = paths[text] ?? []
    return (files.first ?? "") + (files.count > 1 ? " and \(files.count - 1) more" : "") + ": " + text
  }
}

/// k6's own threshold and ours on the same figure, where one broke and the other held.
private func disagreement(_ finding: Finding) -> String? {
  guard let ours = finding.budget?.outcome, [.ok, .near, .over].contains(ours) else { return nil }
  guard let theirs = finding.thresholds.first(where: { $0.passed == (ours == .over) }) else { return nil }
  let series = finding.series
  let name = series.endpoint == Series.wholeRun ? series.metric : "\(series.metric) of \(series.endpoint)"
  return "\(series.profile): k6's own threshold '\(theirs.expression)' on \(name)"
    + " \(theirs.passed == true ? "held" : "was crossed"), slogate's limit \(ours == .over ? "is exceeded" : "holds")"
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
      if self[series, default: []].contains(threshold) == false {
        self[series, default: []].append(threshold)
      }
    }
  }
}
