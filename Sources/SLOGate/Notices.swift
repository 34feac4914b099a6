import SLOBudgets
import SLOModel
import SLOReaders

/// What a person should know and no exit code says.
func notices(
  _ question: Evaluation, _ findings: [Finding], _ script: ScriptJudgement, _ coverage: ProfileCoverage
) -> [String] {
  var notices = remarks(question.runs.map(\.reading)) { $0.notices + [$0.failure].compactMap { $0 } }
  let profiles = Set(question.runs.filter { !$0.reading.isOfEnvironment }.map(\.profile))
  notices += coverage.notices
  let limited = Set(
    findings.filter { $0.isEvaluated || $0.budget != nil || $0.relative != nil }.map(\.series.profile))
  for profile in profiles.subtracting(limited).sorted() {
    notices.append("no limit is written for profile \(profile): none of its values was held against a budget")
  }
  notices += disagreements(findings) + unmeasured(script)
  notices += unusedRuns(question, findings)
  notices += unreferenced(findings, given: false, question)
  notices += RuleJudgement(candidates: question.candidates, profiles: question.policy.profiles)
    .leftOut(of: question.budgets.rules).map { "--only leaves out the rule '\($0.text)'" }
  notices += loadNotices(question) + methodNotices(question) + newEndpoints(question)
  return notices + levelNotices(question, findings)
}

/// That nothing needs a young history any more: kept, it would let a history pass that was lost.
func outgrown(_ question: Evaluation, _ regression: RegressionJudgement) -> [String] {
  guard question.policy.saysYoung, !regression.comparisons.isEmpty, regression.lackingHistory.isEmpty
  else {
    return []
  }
  return [
    "--bootstrap is no longer needed, for every profile has enough commits to compare with: leave it out, so that a"
      + " history that is lost cannot pass for a young one"
  ]
}

/// What explains the verdict and asks nothing of anybody.
func details(_ findings: [Finding]) -> [String] { fewSamples(findings) }

/// What a person has to look at, and what blocks nothing.
func warnings(_ question: Evaluation) -> [String] {
  question.warnings
    + remarks(question.runs.map(\.reading)) { provenanceWarnings($0, question) + $0.warnings }
    + nameWarnings(question) + loadOrderWarnings(question)
}

/// What the files say of themselves; what several of them say is said once.
private func remarks(_ readings: [Reading], _ texts: (Reading) -> [String]) -> [String] {
  let said = texts
  var texts: [String] = []
  var paths: [String: [String]] = [:]
  for reading in readings {
    for text in said(reading) {
      if paths[text] == nil { texts.append(text) }
      paths[text, default: []].append(reading.source.path)
    }
  }
  return texts.map { text in
    let files = paths[text] ?? []
    return (files.first ?? "") + (files.count > 1 ? " and \(files.count - 1) more" : "") + ": " + text
  }
}

/// The tool's own thresholds and ours on the same figures, where one broke and the other held; a sentence a profile.
private func disagreements(_ findings: [Finding]) -> [String] {
  let found = findings.compactMap(disagreement)
  return [true, false].flatMap { oursBroke in
    Dictionary(grouping: found.filter { $0.oursBroke == oursBroke }, by: \.profile).sorted { $0.key < $1.key }
      .map { profile, thresholds in
        let many = thresholds.count > 1
        let tool = EvidenceKind.of(profile: profile).source
        return
          "\(profile): \(tool)'s own threshold\(many ? "s" : "") \(listed(thresholds.map(\.words), most: 3))"
          + (oursBroke
            ? " held, slogate's limit\(many ? "s are" : " is") exceeded"
            : " \(many ? "were" : "was") crossed, slogate's limit\(many ? "s hold" : " holds")")
      }
  }
}

/// The threshold on a figure that says otherwise than our limit: `'p(95)<60' on http_req_duration of payments`.
private func disagreement(_ finding: Finding) -> (profile: String, words: String, oursBroke: Bool)? {
  guard let ours = finding.budget?.outcome, [.ok, .near, .over].contains(ours),
    finding.script?.isCrossed != true,
    let theirs = finding.thresholds.first(where: { $0.passed == (ours == .over) })
  else { return nil }
  let series = finding.series
  let place = series.endpoint == Series.wholeRun ? "" : " of \(series.endpoint)"
  return (series.profile, "'\(theirs.expression)' on \(series.metric)\(place)", ours == .over)
}

/// Runs given to compare with that no limit asks for.
private func unusedRuns(_ question: Evaluation, _ findings: [Finding]) -> [String] {
  guard !question.against.isEmpty, findings.allSatisfy({ $0.relative == nil }) else { return [] }
  return [
    "nothing was held against the run given to compare with: no limit on a change (max_increase) is written"
  ]
}

/// Thresholds of the script that the tool calls passed because nothing was measured.
private func unmeasured(_ script: ScriptJudgement) -> [String] {
  script.findings.filter { $0.value.outcome == .unmeasured && $0.value.rule != .ignore }
    .sorted { $0.key < $1.key }.map { series, finding in
      let place = series.endpoint == Series.wholeRun ? "" : " of \(series.endpoint)"
      return
        "\(series.profile): \(series.kind.source)'s own threshold '\(finding.expressions.joined(separator: ", "))' on"
        + " \(series.metric)\(place) had no sample: \(series.kind.source) calls it passed"
    }
}

/// Percentiles that hold their limits and say little.
private func fewSamples(_ findings: [Finding]) -> [String] {
  let weak = findings.filter { $0.isEvaluated && $0.fewSamples != nil }
  return Dictionary(grouping: weak, by: \.series.profile).sorted { $0.key < $1.key }.map { profile, weak in
    let named = weak.map { finding in
      let place = finding.series.endpoint == Series.wholeRun ? "" : " (\(finding.series.endpoint))"
      return (finding.fewSamples ?? "") + place
    }
    return "\(profile): \(listed(named, most: 3))"
  }
}
