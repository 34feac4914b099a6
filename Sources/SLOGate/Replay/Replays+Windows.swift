import SLOHistory
import SLOModel

extension Replays {
  /// The commits that a check is held against put again, each against those before it: nothing is read for it that the
  /// check did not need itself.
  /// - Parameter count: how many of them at most, the newest.
  init(inWindowsOf evaluation: Evaluation, last count: Int) {
    let cohorts = evaluation.windows.sorted { $0.key < $1.key }.compactMap { profile, window in
      evaluation.plan.paired.count(of: profile) > 0
        ? nil : CohortHistory(of: profile, window, in: evaluation)
    }
    let checks = Replays.newest(count, of: cohorts).compactMap { commit -> Evaluation? in
      let runs = cohorts.flatMap { $0.runs(of: commit, in: evaluation) }
      guard !runs.isEmpty else { return nil }
      let plan = CheckPlan(evaluation.plan, measuring: runs)
      var references = evaluation.references
      references.windows = Replays.windows(before: commit, cohorts, for: plan)
      return Evaluation(plan, against: references)
    }
    self.init(checks, cohorts)
  }
}

extension CohortHistory {
  /// What the references of a profile measured; nil where the profile was not measured now.
  fileprivate init?(of profile: String, _ window: ReferenceWindow, in evaluation: Evaluation) {
    guard let run = evaluation.runs.first(where: { $0.profile == profile }) else { return nil }
    let series = evaluation.comparedSeries.keys.filter { $0.profile == profile }.sorted()
    self.init(
      service: evaluation.service, profile: profile, environment: run.environment, commits: window.commits,
      series: series.compactMap { series in
        guard let measured = evaluation.candidates[series]?.measurement, let values = window.values[series]
        else { return nil }
        return SeriesHistory(
          series: series, unit: measured.unit, better: measured.better, values: values)
      })
  }

  /// The runs of a commit, a repetition each, with no more than the series of this history.
  fileprivate func runs(of sha: String, in evaluation: Evaluation) -> [Run] {
    guard let place = commits.firstIndex(where: { $0.sha == sha }) else { return [] }
    var readings: [Reading] = []
    for history in series {
      guard let value = history.values.first(where: { $0.commit == place }) else { continue }
      for (index, repetition) in value.repetitions.enumerated() {
        if index == readings.count {
          var reading = Reading(
            profile: profile, source: Reading.Source(path: sha, format: "", sha256: sha, part: index))
          reading.endpointTags = evaluation.candidates.endpointTags[profile] ?? [:]
          readings.append(reading)
        }
        readings[index].measurements.append(
          MetricValue(
            series: history.series, value: repetition.value, unit: history.unit, better: history.better,
            samples: repetition.samples))
      }
    }
    let commit = Commit(sha: sha, branch: evaluation.reference, committedAt: commits[place].time)
    return readings.map {
      Run(service: service, commit: commit, environment: environment, settings: [:], reading: $0)
    }
  }
}
