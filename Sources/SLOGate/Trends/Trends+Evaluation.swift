import SLOHistory
package import SLOModel
import SLOStatistics

/// Two commits are no trend yet.
private let fewestCommits = 3

/// The trends of findings up to the commit judged: the commits each was held against with their levels, and its own
/// value last, which belongs to no level.
/// - Returns: those of the findings that have a value and three commits or more before it.
package func trends(of findings: [Finding], in verdict: Verdict) -> [Series: Trend] {
  let evaluation = verdict.evaluation
  let known = findings.filter { finding in
    let references = evaluation.windows[finding.series.profile]?.values[finding.series]?.count ?? 0
    return !finding.repetitions.isEmpty && references >= fewestCommits
  }
  let histories = known.map { history(of: $0, in: evaluation) }
  let changes = ChangePointSearch().changePoints(inEach: histories.map { $0.values.map(\.median) })
  let all = known.indices.compactMap { index -> (Series, Trend)? in
    let finding = known[index]
    var trend = Trend(
      of: histories[index], in: cohort(of: finding.series.profile, in: evaluation), changes: changes[index],
      limit: finding.budget?.limit)
    trend?.takeLevel(of: finding)
    trend?.add(point(of: finding, in: evaluation))
    return trend.map { (finding.series, $0) }
  }
  return Dictionary(all) { first, _ in first }
}

extension Trend {
  /// Adds what was measured at one more commit.
  fileprivate mutating func add(_ point: Point) {
    points.append(point)
    points[points.count - 1].place = commits.count
    commits.append(point.commit)
  }

  /// Where the last level is the one the finding was held against, it is as the test took it.
  fileprivate mutating func takeLevel(of finding: Finding) {
    guard let judgement = finding.regression?.judgement, let typical = judgement.typical,
      judgement.levelStart == levels[levels.count - 1].points.lowerBound
    else { return }
    levels[levels.count - 1].median = typical
    levels[levels.count - 1].noise = judgement.noise ?? 0
    levels[levels.count - 1].rise = 0
  }
}

private func cohort(of profile: String, in evaluation: Evaluation) -> CohortHistory {
  CohortHistory(
    service: evaluation.service, profile: profile, environment: evaluation.environment,
    commits: evaluation.windows[profile]?.commits ?? [], series: [])
}

/// The value judged, at its commit.
private func point(of finding: Finding, in evaluation: Evaluation) -> Trend.Point {
  let runs = evaluation.runs.filter { $0.profile == finding.series.profile }
  let start = runs.compactMap(\.reading.startedAt).min()
  let commit = ReferenceCommit(
    sha: evaluation.commit.sha, branch: evaluation.commit.branch,
    time: evaluation.commit.committedAt ?? start ?? evaluation.now, runs: runs.map(\.id))
  let now = ReferenceValue(
    commit: 0, repetitions: finding.repetitions.map { ReferenceValue.Repetition(value: $0, samples: nil) })
  return Trend.Point(now, at: commit)
}

private func history(of finding: Finding, in evaluation: Evaluation) -> SeriesHistory {
  SeriesHistory(
    series: finding.series, unit: finding.unit,
    better: evaluation.candidates[finding.series].flatMap { evaluation.direction(of: $0.measurement) },
    values: evaluation.windows[finding.series.profile]?.values[finding.series] ?? [])
}
