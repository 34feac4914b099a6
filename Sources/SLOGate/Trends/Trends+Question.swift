import SLOHistory
public import SLOModel
import SLOStatistics

/// Two commits are no trend yet.
private let fewestCommits = 3

/// The trends of findings up to the commit judged: the commits each was held against with their levels, and its own
/// value last, which belongs to no level.
/// - Returns: those of the findings that have a value and three commits or more before it.
public func trends(of findings: [Finding], in question: Question) -> [Series: Trend] {
  let known = findings.filter { finding in
    let references = question.windows[finding.series.profile]?.values[finding.series]?.count ?? 0
    return !finding.repetitions.isEmpty && references >= fewestCommits
  }
  let histories = known.map { history(of: $0, in: question) }
  let changes = ChangePointSearch().changePoints(inEach: histories.map { $0.values.map(\.median) })
  let all = known.indices.compactMap { index -> (Series, Trend)? in
    let finding = known[index]
    var trend = Trend(
      of: histories[index], in: cohort(of: finding.series.profile, in: question), changes: changes[index],
      limit: finding.budget?.limit)
    trend?.takeLevel(of: finding)
    trend?.points.append(point(of: finding, in: question))
    return trend.map { (finding.series, $0) }
  }
  return Dictionary(all) { first, _ in first }
}

extension Trend {
  /// Where the last level is the one the finding was held against, it is as the test took it.
  fileprivate mutating func takeLevel(of finding: Finding) {
    guard let judgement = finding.regression?.judgement, let typical = judgement.typical,
      judgement.levelStart == levels[levels.count - 1].points.lowerBound
    else { return }
    levels[levels.count - 1].median = typical
    levels[levels.count - 1].noise = judgement.noise ?? 0
  }
}

private func cohort(of profile: String, in question: Question) -> CohortHistory {
  CohortHistory(
    service: question.service, profile: profile, environment: question.environment,
    commits: question.windows[profile]?.commits ?? [], series: [])
}

/// The value judged, at its commit.
private func point(of finding: Finding, in question: Question) -> Trend.Point {
  let runs = question.runs.filter { $0.profile == finding.series.profile }
  let start = runs.compactMap(\.reading.startedAt).min()
  let commit = ReferenceCommit(
    sha: question.commit.sha, branch: question.commit.branch,
    time: question.commit.committedAt ?? start ?? question.now, runs: runs.map(\.id))
  let now = ReferenceValue(
    commit: 0, repetitions: finding.repetitions.map { ReferenceValue.Repetition(value: $0, samples: nil) })
  return Trend.Point(now, at: commit)
}

private func history(of finding: Finding, in question: Question) -> SeriesHistory {
  SeriesHistory(
    series: finding.series, unit: finding.unit,
    better: question.candidates[finding.series].flatMap { question.direction(of: $0.measurement) },
    values: question.windows[finding.series.profile]?.values[finding.series] ?? [])
}
