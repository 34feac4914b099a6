import SLOBudgets
import SLOHistory
import SLOModel

/// Which series are held against their history: those with a budget, and of the others the few that a
/// person would look at.
///
/// Every series tested costs the others power (the family error is shared), and most of what k6 writes
/// repeats itself: `max` is one request, `avg` follows `med`, `http_req_waiting` follows `http_req_duration`.
/// The p99 is held against its history only where a budget cares for it: its scatter follows no test's model.
enum Signals {
  /// The series of a check that are held against their history, with their units.
  static func compared(_ candidates: Candidates, _ budget: BudgetJudgement) -> [Series: Unit] {
    let parts = SeriesParts(candidates.observed.lazy.map(\.measurement.series))
    return candidates.observed.reduce(into: [:]) { compared, observed in
      let measurement = observed.measurement
      let isCompared =
        budget.findings[measurement.series] == nil
        ? isTelling(measurement, parts) { candidates[$0] != nil } : direction(of: measurement, budget) != nil
      if isCompared && isResolved(measurement) { compared[measurement.series] = measurement.unit }
    }
  }

  /// Whether a percentile rests on enough samples to say something of the next run: ten beyond it. The p99 of
  /// 200 requests is the second slowest of them, and differs by half from run to run of the same build.
  private static func isResolved(_ measurement: Measurement) -> Bool {
    guard let percentile = measurement.series.statistic.percentile, percentile > 50,
      let samples = measurement.samples
    else { return true }
    return Double(samples) * (100 - percentile) / 100 >= 10
  }

  /// Which way a series is better: a custom metric whose name does not say so says it by its limit.
  static func direction(of measurement: Measurement, _ budget: BudgetJudgement) -> Direction? {
    measurement.better
      ?? budget.findings[measurement.series].map { $0.limit.comparison.isUpper ? .lower : .higher }
  }

  /// Whether a recorded series without a budget is one to look at, going by its newest value.
  /// - Parameter isMeasured: whether another series was recorded beside it.
  static func isTelling(_ history: SeriesHistory, isMeasured: (Series) -> Bool) -> Bool {
    guard let newest = history.values.last?.repetitions.last else { return false }
    let measurement = Measurement(
      series: history.series, value: newest.value, unit: history.unit, better: history.better,
      samples: newest.samples)
    return isTelling(measurement, SeriesParts([]), isMeasured: isMeasured) && isResolved(measurement)
  }

  /// Whether an unbudgeted series is held against its history.
  /// - Parameter isMeasured: whether another series was measured beside it.
  private static func isTelling(
    _ measurement: Measurement, _ parts: SeriesParts, isMeasured: (Series) -> Bool
  ) -> Bool {
    let series = measurement.series
    guard measurement.better != nil else { return false }
    if let known = MetricCatalogue.traits(of: series.metric) {
      return metrics.contains(parts.whole(of: series)) && isTelling(series, known.kind, isMeasured)
    }
    switch series.statistic {
    case .rate, .score: return measurement.unit == .ratio && !isTagged(series, parts)
    default:
      return measurement.samples != nil && !isTagged(series, parts) && isTelling(series, .trend, isMeasured)
    }
  }

  private static func isTagged(_ series: Series, _ parts: SeriesParts) -> Bool {
    parts.whole(of: series).contains("{")
  }

  private static func isTelling(
    _ series: Series, _ kind: MetricTraits.Kind, _ isMeasured: (Series) -> Bool
  ) -> Bool {
    if series.metric == "http_reqs" { return series.endpoint == Series.wholeRun && series.statistic == .rate }
    guard kind == .trend else { return series.statistic != .count }
    if trendStatistics.contains(series.statistic) { return true }
    return series.statistic == .average
      && !trendStatistics.contains { statistic in
        var other = series
        other.statistic = statistic
        return isMeasured(other)
      }
  }

  private static let trendStatistics: [Statistic] = [.median, .p95]

  private static let metrics: Set<String> = [
    "http_req_duration", "http_req_failed", "http_reqs", "checks", "grpc_req_duration",
    "browser_web_vital_lcp", "browser_web_vital_cls", "browser_web_vital_inp",
    "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index",
    "total-byte-weight", "performance",
  ]
}
