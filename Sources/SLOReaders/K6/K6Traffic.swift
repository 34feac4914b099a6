internal import SLOModel

/// Whether a run measured anything at all. k6 exits 0 after a run without a single request, and its
/// thresholds pass; a gate must not believe such a run.
struct K6Traffic {
  private let metrics: [K6Metric]
  private let samples: K6Samples

  /// What every run has, whatever its script does.
  private static let housekeeping: Set<String> = [
    "iterations", "iteration_duration", "dropped_iterations", "data_sent", "data_received", "vus", "vus_max",
    "group_duration",
  ]

  /// Looks at the metrics of a run.
  init(_ metrics: [K6Metric], _ samples: K6Samples) {
    self.metrics = metrics
    self.samples = samples
  }

  /// Why the run is none to judge; nil where requests were made, or anything else was measured.
  var failure: String? {
    if metrics.isEmpty { return "the result holds no metric" }
    if (samples.requestsOfRun ?? 0) > 0 || metrics.contains(where: isEvidence) { return nil }
    return "the run made no request and measured nothing else"
  }

  private func isEvidence(_ metric: K6Metric) -> Bool {
    if K6Traffic.housekeeping.contains(metric.name.base) { return false }
    return switch metric.kind {
    case .trend: !metric.statistics.isEmpty && !samples.isEmpty(metric)
    case .rate: (metric.trials?.total ?? metric.value(.rate) ?? 0) > 0
    default: metric.statistics.contains { $0.value != 0 }
    }
  }
}
