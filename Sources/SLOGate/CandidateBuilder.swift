import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// Puts what a series measured now and before into the terms of the statistics.
struct CandidateBuilder {
  let evaluation: Evaluation

  /// A series as the test of regressions takes it; nil where no way of it is better.
  /// - Parameter references: what it is held against, oldest first.
  func candidate(_ series: Series, references: [ReferenceValue]) -> Candidate? {
    guard let observed = evaluation.candidates[series],
      let better = evaluation.direction(of: observed.measurement)
    else { return nil }
    return Candidate(
      references: references.map(\.median), values: observed.repetitions,
      kind: kind(of: observed, references), better: better == .lower ? .lower : .higher,
      absoluteFloor: evaluation.policy.floor(of: series, unit: observed.measurement.unit),
      referenceRepetitions: repetitions(of: references, unlike: observed.repetitions.count))
  }

  /// Whether a series may testify to what moved all of a run: one figure an endpoint, its median where there is
  /// one. Its p95 says the same again, and the run as a whole is made of its endpoints.
  func isWitness(_ series: Series) -> Bool {
    if series.kind.judging.everySeriesIsWitness || series.statistic == .median { return isPart(series) }
    var median = series
    median.statistic = .median
    return isPart(series) && series.statistic == .p95 && evaluation.candidates[median] == nil
  }

  private func isPart(_ series: Series) -> Bool {
    series.endpoint != Series.wholeRun || evaluation.candidates.endpoints[series.profile]?.count == 1
  }

  /// The repetitions behind each reference, which matter only where their number differs from the candidate's.
  private func repetitions(of references: [ReferenceValue], unlike count: Int) -> [[Double]]? {
    guard references.contains(where: { $0.repetitions.count != count }) else { return nil }
    return references.map { $0.repetitions.map(\.value) }
  }

  private func kind(of observed: Candidates.Observed, _ references: [ReferenceValue]) -> Candidate.Kind {
    switch observed.measurement.unit {
    case .ratio:
      let trials = references.map(trialsBehind)
      guard let now = observed.knownTrials, !trials.contains(nil) else { return .share(nil) }
      return .share(Candidate.Trials(references: trials.compactMap { $0 }, candidate: now))
    case .score: return .bounded
    default: return .positive
    }
  }

  /// The trials behind the median of a commit's repetitions: those of one of them.
  private func trialsBehind(_ value: ReferenceValue) -> Int? {
    if value.repetitions.count == 1 { return value.repetitions[0].samples }
    let known = value.repetitions.compactMap(\.samples)
    guard known.count == value.repetitions.count else { return nil }
    return SortedSample(known.map(Double.init)).map { Int(saturating: $0.median) }
  }
}
