public import SLOHistory
public import SLOModel
import SLOStatistics

/// The trends of findings up to the commit judged: the commits each was held against, and its own value last.
/// - Returns: those of the findings that have a value and were held against any commit.
public func trends(of findings: [Finding], in question: Question) -> [Series: Trend] {
  let known = findings.filter { finding in
    !finding.repetitions.isEmpty
      && question.windows[finding.series.profile]?.values[finding.series]?.isEmpty == false
  }
  let histories = known.map { history(of: $0, in: question) }
  let changes = ChangePointSearch().changePoints(inEach: histories.map { $0.values.map(\.median) })
  let all = known.indices.compactMap { index -> (Series, Trend)? in
    let finding = known[index]
    let trend = Trend(
      of: histories[index], in: cohort(of: finding.series.profile, in: question), changes: changes[index],
      limit: finding.budget?.limit)
    return trend.map { (finding.series, $0) }
  }
  return Dictionary(all) { first, _ in first }
}

private func cohort(of profile: String, in question: Question) -> CohortHistory {
  CohortHistory(
    service: question.service, profile: profile, environment: question.environment,
    commits: (question.windows[profile]?.commits ?? []) + [candidate(of: profile, in: question)], series: [])
}

/// The commit judged, as one more commit of the history.
private func candidate(of profile: String, in question: Question) -> ReferenceCommit {
  let runs = question.runs.filter { $0.profile == profile }
  let start = runs.compactMap(\.reading.startedAt).min()
  return ReferenceCommit(
    sha: question.commit.sha, branch: question.commit.branch,
    time: question.commit.committedAt ?? start ?? question.now, runs: runs.map(\.id))
}

private func history(of finding: Finding, in question: Question) -> SeriesHistory {
  let window = question.windows[finding.series.profile]
  let now = ReferenceValue(
    commit: window?.commits.count ?? 0,
    repetitions: finding.repetitions.map { ReferenceValue.Repetition(value: $0, samples: nil) })
  return SeriesHistory(
    series: finding.series, unit: finding.unit,
    better: question.candidates[finding.series].flatMap { question.direction(of: $0.measurement) },
    values: (window?.values[finding.series] ?? []) + [now])
}
