internal import SLOModel
internal import SLOStatistics

/// How many samples are behind each trend of a summary, as far as the summary says.
///
/// k6 writes a trend's `count` only when asked. A request's times have one sample a request, so `http_reqs`
/// or `http_req_failed` with the same tags say; an iteration's have one an iteration.
struct K6Samples {
  private var requests: [String: Double] = [:]
  private var iterations: [String: Double] = [:]
  /// The trends that a script may have asked for without ever adding to them, by base name.
  private var asked: Set<String>

  /// Collects the counts of a summary.
  init(_ metrics: [K6Metric]) {
    asked = Set(metrics.filter { $0.kind == .trend && $0.isAskedFor }.map(\.name.base))
    // Of raw samples every trend knows its own count, and these are the whole run's.
    let metrics = metrics.filter { $0.endpoint == nil }
    for metric in metrics where metric.name.base == "http_req_failed" {
      requests[tags(of: metric)] = metric.trials?.total
    }
    for metric in metrics where metric.kind == .counter {
      if metric.name.base == "http_reqs" { requests[tags(of: metric)] = metric.value(.count) }
      if metric.name.base == "iterations" { iterations[tags(of: metric)] = metric.value(.count) }
    }
  }

  /// Requests of the whole run; nil where the summary does not say.
  var requestsOfRun: Double? { requests[""] }

  /// Samples of a trend; nil where the summary does not say.
  func count(of trend: K6Metric) -> Double? {
    if let count = trend.value(.count) ?? trend.sketch.map({ Double($0.count) }) { return count }
    if trend.name.base.hasPrefix("http_req_"), MetricCatalogue.traits(of: trend.name.base) != nil {
      return requests[tags(of: trend)]
    }
    return trend.name.base == "iteration_duration" ? iterations[tags(of: trend)] : nil
  }

  /// The tags as one text: cheaper to look up than a dictionary.
  private func tags(of metric: K6Metric) -> String {
    metric.name.tags.isEmpty ? "" : MetricName(base: "", tags: metric.name.tags).description
  }

  /// Whether a trend was never added to. k6 writes such a trend, with zeros, only for the sake of a threshold on
  /// it or on a part of it: there a trend of zeros alone is believed only where a count says that there were
  /// samples. Every other trend in a summary was measured, zeros or not.
  func isEmpty(_ trend: K6Metric) -> Bool {
    guard trend.statistics.allSatisfy({ $0.value == 0 }) else { return false }
    return count(of: trend).map { $0 == 0 } ?? asked.contains(trend.name.base)
  }
}
