import SLOModel
import SLOReaders

/// What counts as a repetition of the same: the results of one profile, or of one subject of it.
func repetitionKey(_ run: Run) -> String {
  guard run.kind.judging.repetition == .ofSubject else { return run.profile }
  let subject = run.reading.subject ?? run.reading.measurements.first?.series.endpoint ?? ""
  return "\(run.profile) \(subject)"
}

/// Why the verdict is inconclusive, one sentence each; what is missing from the results comes first, as one.
func gaps(
  _ question: Evaluation, _ findings: [Finding], _ rules: [RuleFinding], _ regression: RegressionJudgement,
  _ coverage: ProfileCoverage
) -> [String] {
  var gaps = missing(findings, rules)
  if question.runs.isEmpty { gaps.append("no result was given: nothing was judged") }
  let groups = Dictionary(grouping: question.runs, by: repetitionKey).sorted { $0.key < $1.key }
  for (key, runs) in groups {
    let good = runs.filter { $0.reading.failure == nil }.count
    let failure = runs.lazy.compactMap(\.reading.failure).first
    // A page is judged by its good reports; a load run without traffic says nothing good of the others.
    if let failure, good == 0 || runs[0].kind.judging.repetition != .ofSubject {
      gaps.append("\(key): \(failure)")
    } else if good < question.policy.repetitions {
      gaps.append(
        "\(key): \(good) good repetition\(good == 1 ? "" : "s"), the budget asks for \(question.policy.repetitions)"
      )
    }
  }
  gaps += groups.flatMap(mixtures)
  let thin = findings.filter {
    ($0.budget != nil || $0.relative != nil) && $0.value != nil
      && $0.repetitions.count < question.policy.repetitions
  }
  if gaps.isEmpty, let first = thin.first?.series {
    gaps.append(
      "\(thin.count) budgeted value\(thin.count == 1 ? " is" : "s are") not in every repetition, such as"
        + " \(first.metric).\(first.statistic) of \(first.endpoint) under \(first.profile)")
  }
  let lacking = regression.lackingHistory
  gaps += missingEvidence(question) + coverage.gaps(lacking) + unreferenced(findings, given: true, question)
  if question.policy.requiresHistory {
    if !question.policy.historyIsYoung {
      gaps +=
        lacking.filter { sentence in !gaps.contains { $0.hasPrefix(sentence) } }
        + unreferenced(findings, given: false, question)
    }
    gaps += noLongerMeasured(question)
  }
  return gaps + loadGaps(question)
}

/// What limits ask for and the results do not have, or have of too few samples.
private func missing(_ findings: [Finding], _ rules: [RuleFinding]) -> [String] {
  let missing = findings.filter { $0.outcome == .missing }
  let few = missing.count(where: \.isOfTooFewSamples)
  let absent = missing.count - few + rules.count { $0.outcome == .missing }
  let parts = [
    absent == 0 ? nil : "\(absent) budgeted value\(absent == 1 ? "" : "s") missing",
    few == 0 ? nil : "\(few) budgeted value\(few == 1 ? "" : "s") of too few samples",
  ]
  let said = parts.compactMap { $0 }
  return said.isEmpty ? [] : [said.joined(separator: ", ")]
}

/// Results of the same under different conditions, whose median means nothing: the field and its values.
private func mixtures(_ key: String, _ runs: [Run]) -> [String] {
  Set(runs.flatMap(\.reading.conditions.keys)).sorted().compactMap { field in
    let values = Set(runs.map { $0.reading.conditions[field] ?? "unknown" }).sorted()
    guard values.count > 1 else { return nil }
    return
      "\(key): its \(runs[0].kind.files.noun.plural) differ in \(field) (\(values.joined(separator: ", "))): their median means nothing"
  }
}
