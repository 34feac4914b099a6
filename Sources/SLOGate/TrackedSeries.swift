import SLOBudgets
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// Which series are held against their history: those with a budget, and of the others the few that a
/// person would look at.
///
/// Every series tested costs the others power (the family error is shared), and most of what a load tool writes
/// repeats itself: `max` is one request, `avg` follows `med`, `http_req_waiting` follows `http_req_duration`.
/// The p99 is held against its history only where a budget cares for it: its scatter follows no test's model.
enum TrackedSeries {
  /// The series of a check that are held against their history, with their units; and why the others are not.
  static func sorted(
    _ candidates: Candidates, _ budget: BudgetJudgement
  ) -> (compared: [Series: MetricUnit], others: [Series: NotCompared]) {
    let parts = SeriesParts(
      candidates.observed.lazy.map(\.measurement.series), splitTags: candidates.splitTags)
    var (compared, others): ([Series: MetricUnit], [Series: NotCompared]) = ([:], [:])
    for measurement in candidates.observed.lazy.map(\.measurement) {
      others[measurement.series] = obstacle(to: measurement, candidates, budget, parts)
      if others[measurement.series] == nil { compared[measurement.series] = measurement.unit }
    }
    return (compared, others)
  }

  /// Why a measured series is not held against its history; nil where it is.
  private static func obstacle(
    to measurement: MetricValue, _ candidates: Candidates, _ budget: BudgetJudgement, _ parts: SeriesParts
  ) -> NotCompared? {
    let isBudgeted = budget.findings[measurement.series] != nil
    guard direction(of: measurement, budget) != nil else { return undirected(measurement, isBudgeted) }
    guard isBudgeted || isTracked(measurement, parts, isMeasured: { candidates[$0] != nil }) else {
      return .untracked
    }
    return isResolved(measurement) ? nil : .fewSamples(needed: neededSamples(measurement.series.statistic))
  }

  /// A custom metric may be what a team watches; of the known ones those without a better direction are none.
  private static func undirected(_ measurement: MetricValue, _ isBudgeted: Bool) -> NotCompared {
    isBudgeted || MetricCatalogue.traits(of: measurement.series.metric, in: measurement.series.kind) == nil
      ? .noDirection : .untracked
  }

  /// Whether a percentile rests on enough samples to say something of the next run: ten beyond it. The p99 of
  /// 200 requests is the second slowest of them, and differs by half from run to run of the same build.
  static func isResolved(_ measurement: MetricValue) -> Bool {
    guard let samples = measurement.samples else { return true }
    return samples >= neededSamples(measurement.series.statistic)
  }

  /// The fewest samples of which ten lie beyond a percentile above the median.
  private static func neededSamples(_ statistic: Statistic) -> Int {
    guard let percentile = statistic.percentile, percentile > 50, percentile < 100 else { return 0 }
    return Int(saturating: (1_000 / (100 - percentile) - 1e-9).rounded(.up))
  }

  /// Which way a series is better: a custom metric whose name does not say so says it by its limit.
  static func direction(of measurement: MetricValue, _ budget: BudgetJudgement) -> Direction? {
    measurement.better
      ?? budget.findings[measurement.series].map { $0.limit.comparison.isUpper ? .lower : .higher }
  }

  /// Whether a recorded series without a budget is one to look at, going by its newest value.
  /// - Parameters:
  ///   - parts: the sub-metrics that distinguish requests.
  ///   - isMeasured: whether another series was recorded with it.
  static func isTracked(
    _ history: SeriesHistory, _ parts: SeriesParts = SeriesParts([], splitTags: [:]),
    isMeasured: (Series) -> Bool
  ) -> Bool {
    guard let newest = history.values.last?.repetitions.last else { return false }
    let measurement = MetricValue(
      series: history.series, value: newest.value, unit: history.unit, better: history.better,
      samples: newest.samples)
    return isTracked(measurement, parts, isMeasured: isMeasured) && isResolved(measurement)
  }

  /// Whether an unbudgeted series is held against its history.
  /// - Parameter isMeasured: whether another series was measured with it.
  private static func isTracked(
    _ measurement: MetricValue, _ parts: SeriesParts, isMeasured: (Series) -> Bool
  ) -> Bool {
    let series = measurement.series
    let metric = parts.whole(of: series)
    guard measurement.better != nil, !metric.contains("{") else { return false }
    if let known = MetricCatalogue.traits(of: metric, in: series.kind) {
      return isTrackedMetric(metric, series, isMeasured) && isTracked(series, known.shape, isMeasured)
    }
    switch series.statistic {
    // Results that state a direction ask for the comparison.
    case .value, .rate, .score, .size, .count:
      return series.kind.metrics.others.areDescribed
        || [.rate, .score].contains(series.statistic) && measurement.unit == .ratio
    default: return isTracked(series, .distribution, isMeasured)
    }
  }

  private static func isTrackedMetric(
    _ metric: String, _ series: Series, _ isMeasured: (Series) -> Bool
  ) -> Bool {
    switch MetricCatalogue.metric(named: metric, in: series.kind)?.tracking {
    case .always: true
    case .ofWholeRun: series.metric == metric && series.endpoint == Series.wholeRun
    case .asSubstitute: !hasMain(series, isMeasured)
    case .never, nil: false
    }
  }

  /// Whether the run has the metric that stands for what its users wait for.
  private static func hasMain(_ series: Series, _ isMeasured: (Series) -> Bool) -> Bool {
    guard let main = series.kind.metrics.main else { return false }
    return (MetricShape.distribution.tracked + [.average]).contains {
      isMeasured(Series(profile: series.profile, metric: main, statistic: $0))
    }
  }

  /// Of a distribution without its percentiles the average is looked at.
  private static func isTracked(
    _ series: Series, _ shape: MetricShape, _ isMeasured: (Series) -> Bool
  ) -> Bool {
    if shape.tracked.contains(series.statistic) { return true }
    return shape == .distribution && series.statistic == .average
      && !shape.tracked.contains { statistic in
        var other = series
        other.statistic = statistic
        return isMeasured(other)
      }
  }
}
