import SLOBudgets
import SLOModel

/// Which series are held against their history: those with a budget, and of the others the few that a
/// person would look at.
///
/// Every series tested costs the others power (the family error is shared), and most of what k6 writes
/// repeats itself: `max` is one request, `avg` follows `med`, `http_req_waiting` follows `http_req_duration`.
enum Signals {
  /// The series of a check that are held against their history, with their units.
  static func compared(_ candidates: Candidates, _ budget: BudgetJudgement) -> [Series: Unit] {
    candidates.observed.reduce(into: [:]) { compared, observed in
      let measurement = observed.measurement
      let isCompared =
        budget.findings[measurement.series] == nil
        ? includes(measurement, among: candidates) : direction(of: measurement, budget) != nil
      if isCompared { compared[measurement.series] = measurement.unit }
    }
  }

  /// Which way a series is better: a custom metric whose name does not say so says it by its limit.
  static func direction(of measurement: Measurement, _ budget: BudgetJudgement) -> Direction? {
    measurement.better
      ?? budget.findings[measurement.series].map { $0.limit.comparison.isUpper ? .lower : .higher }
  }

  /// Whether an unbudgeted series is held against its history.
  private static func includes(_ measurement: Measurement, among candidates: Candidates) -> Bool {
    let series = measurement.series
    guard measurement.better != nil else { return false }
    if let known = MetricCatalogue.traits(of: series.metric) {
      return metrics.contains(series.metric) && isTelling(series, known.kind, candidates)
    }
    switch series.statistic {
    case .rate, .score: return measurement.unit == .ratio && !isTagged(series)
    default: return measurement.samples != nil && !isTagged(series) && isTelling(series, .trend, candidates)
    }
  }

  private static func isTagged(_ series: Series) -> Bool { series.metric.contains("{") }

  private static func isTelling(_ series: Series, _ kind: MetricTraits.Kind, _ candidates: Candidates) -> Bool
  {
    guard kind == .trend else { return series.statistic != .count }
    if trendStatistics.contains(series.statistic) { return true }
    return series.statistic == .average
      && !trendStatistics.contains { statistic in
        var other = series
        other.statistic = statistic
        return candidates[other] != nil
      }
  }

  private static let trendStatistics: [Statistic] = [.median, .p95, .p99]

  private static let metrics: Set<String> = [
    "http_req_duration", "http_req_failed", "checks", "grpc_req_duration",
    "browser_web_vital_lcp", "browser_web_vital_cls", "browser_web_vital_inp",
    "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index",
    "total-byte-weight", "performance",
  ]
}
