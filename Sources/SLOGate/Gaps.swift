import SLOModel

/// What counts as a repetition of the same: a profile's k6 files, and of Lighthouse the reports of one page.
func repetitionKey(_ run: Run) -> String {
  guard isLighthouse(run) else { return run.profile }
  let page = run.reading.facts["page"] ?? run.reading.measurements.first?.series.endpoint ?? ""
  return "\(run.profile) \(page)"
}

/// Why the verdict is inconclusive, one sentence each.
func gaps(
  _ question: Question, _ findings: [Finding], _ rules: [RuleFinding], _ regression: RegressionJudgement
) -> [String] {
  let missing = findings.count { $0.outcome == .missing } + rules.count { $0.outcome == .missing }
  var gaps = missing == 0 ? [] : ["\(missing) budgeted value\(missing == 1 ? "" : "s") missing"]
  let groups = Dictionary(grouping: question.runs, by: repetitionKey).sorted { $0.key < $1.key }
  for (key, runs) in groups {
    let good = runs.filter { $0.reading.failure == nil }.count
    let failure = runs.lazy.compactMap(\.reading.failure).first
    // A page is judged by its good reports; a load run without traffic says nothing good of the others.
    if let failure, good == 0 || !isLighthouse(runs[0]) {
      gaps.append("\(key): \(failure)")
    } else if good < question.policy.repetitions {
      gaps.append(
        "\(key): \(good) good repetition\(good == 1 ? "" : "s"), the budget asks for \(question.policy.repetitions)"
      )
    }
  }
  gaps += groups.flatMap(mixtures)
  let thin = findings.filter {
    $0.budget != nil && $0.value != nil && $0.repetitions.count < question.policy.repetitions
  }
  if gaps.isEmpty, let first = thin.first?.series {
    gaps.append(
      "\(thin.count) budgeted value\(thin.count == 1 ? " is" : "s are") not in every repetition, such as"
        + " \(first.metric).\(first.statistic) of \(first.endpoint) under \(first.profile)")
  }
  if question.policy.requiresHistory { gaps += regression.lackingHistory }
  return gaps
}

/// Reports of one page under different conditions, whose median means nothing: the field and its values.
private func mixtures(_ key: String, _ runs: [Run]) -> [String] {
  Set(runs.flatMap(\.reading.conditions.keys)).sorted().compactMap { field in
    let values = Set(runs.map { $0.reading.conditions[field] ?? "unknown" }).sorted()
    guard values.count > 1 else { return nil }
    return
      "\(key): its reports differ in \(field) (\(values.joined(separator: ", "))): their median means nothing"
  }
}

private func isLighthouse(_ run: Run) -> Bool { run.reading.source.format.hasPrefix("lighthouse") }
