import SLOBudgets
import SLOModel

/// Which series are held against their history: those with a budget, and of the others the few that a
/// person would look at.
///
/// Every series tested costs the others power (the family error is shared), and most of what k6 writes
/// repeats itself: `max` is one request, `avg` follows `med`, `http_req_waiting` follows `http_req_duration`.
enum Signals {
  /// Whether an unbudgeted series is held against its history.
  static func includes(_ measurement: Measurement, among observed: Set<Series>) -> Bool {
    let series = measurement.series
    guard measurement.better != nil else { return false }
    if let known = MetricCatalogue.traits(of: series.metric) {
      return metrics.contains(series.metric) && isTelling(series, known.kind, observed)
    }
    switch series.statistic {
    case .rate, .score: return measurement.unit == .ratio && !isTagged(series)
    default: return measurement.samples != nil && !isTagged(series) && isTelling(series, .trend, observed)
    }
  }

  private static func isTagged(_ series: Series) -> Bool { series.metric.contains("{") }

  private static func isTelling(_ series: Series, _ kind: MetricTraits.Kind, _ observed: Set<Series>) -> Bool
  {
    guard kind == .trend else { return series.statistic != .count }
    if trendStatistics.contains(series.statistic) { return true }
    return series.statistic == .average
      && !trendStatistics.contains { statistic in
        var other = series
        other.statistic = statistic
        return observed.contains(other)
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
