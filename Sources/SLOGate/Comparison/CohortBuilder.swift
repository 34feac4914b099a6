import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics

/// Puts the runs of a pair into the terms of the statistics, and what these say back into words.
struct CohortBuilder {
  private let pair: CohortPair
  private let history: CohortHistory?
  private let shared: [(before: Candidates.Observed, after: Candidates.Observed)]
  private let before: Candidates
  private let after: Candidates
  /// The series that a check holds against the history.
  private let telling: Set<Series>
  /// What the statistics are asked, one a shared series, in order.
  private(set) var family: [ComparedSeries] = []

  /// - Parameter place: of the pair among all, so that no series takes one of another pair for its sibling.
  init(_ pair: CohortPair, _ history: CohortHistory?, place: Int) {
    self.pair = pair
    self.history = history
    before = Candidates(pair.before)
    after = Candidates(pair.after)
    shared = after.observed.compactMap { [before] observed in
      before[observed.measurement.series].flatMap {
        $0.measurement.unit == observed.measurement.unit ? ($0, observed) : nil
      }
    }
    .sorted { $0.1.measurement.series < $1.1.measurement.series }
    telling = Set(
      TrackedSeries.sorted(after, BudgetJudgement(after, .builtIn, now: Timestamp(milliseconds: 0))).compared
        .keys)
    family = series(place: place)
  }

  /// The comparison, given the difference of each series of `family`.
  func comparison(_ differences: [Difference]) -> CohortComparison {
    let findings = zip(shared, differences).map { sides, difference in
      let measurement = sides.after.measurement
      return ComparedFinding(
        series: measurement.series, unit: measurement.unit,
        better: measurement.better ?? sides.before.measurement.better, before: sides.before.repetitions,
        after: sides.after.repetitions, difference: difference,
        isTracked: telling.contains(measurement.series))
    }
    let names = Set(findings.map(\.series))
    return CohortComparison(
      service: pair.key.service, profile: pair.key.profile,
      environmentBefore: pair.before.first?.comparableEnvironment ?? .unknown,
      environmentAfter: pair.after.first?.comparableEnvironment ?? .unknown,
      runsBefore: pair.before.count, runsAfter: pair.after.count, sizing: pair.sizingDelta,
      settings: pair.settingsDelta, facts: pair.hostDelta, commits: history?.commits ?? [],
      series: findings, distributions: distributions(),
      onlyBefore: before.names(without: names), onlyAfter: after.names(without: names))
  }

  // MARK: Series

  private func series(place: Int) -> [ComparedSeries] {
    let values = Dictionary((history?.series ?? []).map { (Figure($0.series, $0.unit), $0.values) }) {
      first, _ in
      first
    }
    var groups: [Figure: Int] = [:]
    return shared.map { sides in
      let measurement = sides.after.measurement
      let figure = Figure(measurement.series, measurement.unit)
      let group = groups[figure.ofAnyEndpoint] ?? groups.count
      groups[figure.ofAnyEndpoint] = group
      var series = ComparedSeries(
        before: sides.before.comparedRepetitions, after: sides.after.comparedRepetitions,
        history: (values[figure] ?? []).map(\.comparedRepetitions), kind: kind(of: measurement.unit),
        siblings: place * 1_000_000 + group)
      series.family = telling.contains(measurement.series) ? 1 : 0
      return series
    }
  }

  private func kind(of unit: MetricUnit) -> ComparedSeries.Kind {
    switch unit {
    case .ratio: .share
    case .score: .bounded
    default: .positive
    }
  }

  // MARK: Distributions

  private func distributions() -> [DistributionShift] {
    let (old, new) = (Sketches(pair.before), Sketches(pair.after))
    return new.pooled.keys.sorted().compactMap { name in
      guard let before = old.pooled[name], let after = new.pooled[name], before.unit == after.unit else {
        return nil
      }
      let shifts = after.sketch.shift(from: before.sketch, at: DistributionShift.quantiles)
      return shifts.isEmpty
        ? nil
        : DistributionShift(
          endpoint: after.endpoint, metric: after.metric, unit: after.unit, better: after.better,
          samplesBefore: before.sketch.count, samplesAfter: after.sketch.count, shifts: shifts)
    }
  }
}

/// A series in one unit: values once measured in another are another series.
private struct Figure: Hashable {
  var series: Series
  var unit: MetricUnit

  init(_ series: Series, _ unit: MetricUnit) { (self.series, self.unit) = (series, unit) }

  /// The same figure whatever the endpoint: such series scatter alike.
  var ofAnyEndpoint: Figure {
    var figure = self
    figure.series.endpoint = ""
    return figure
  }
}

/// The samples of each metric, of all runs together.
private struct Sketches {
  struct Name: Hashable, Comparable {
    let endpoint: String
    let metric: String

    static func < (left: Name, right: Name) -> Bool {
      let (isLeftWhole, isRightWhole) = (left.endpoint == Series.wholeRun, right.endpoint == Series.wholeRun)
      if isLeftWhole != isRightWhole { return isLeftWhole }
      return (left.endpoint, left.metric) < (right.endpoint, right.metric)
    }
  }

  private(set) var pooled: [Name: Distribution] = [:]

  init(_ runs: [Run]) {
    for distribution in runs.flatMap(\.reading.distributions) {
      let name = Name(endpoint: distribution.endpoint, metric: distribution.metric)
      if pooled[name] == nil {
        pooled[name] = distribution
      } else if pooled[name]?.unit == distribution.unit {
        pooled[name]?.sketch.merge(distribution.sketch)
      }
    }
  }
}

extension Candidates {
  fileprivate func names(without known: Set<Series>) -> [Series] {
    observed.map(\.measurement.series).filter { !known.contains($0) }.sorted()
  }
}

extension Candidates.Observed {
  fileprivate var comparedRepetitions: ComparedSeries.Repetitions {
    ComparedSeries.Repetitions(repetitions, trials: knownTrials)
  }
}

extension ReferenceValue {
  fileprivate var comparedRepetitions: ComparedSeries.Repetitions {
    let trials = repetitions.compactMap(\.samples)
    return ComparedSeries.Repetitions(
      repetitions.map(\.value), trials: trials.count == repetitions.count ? trials : nil)
  }
}
