internal import SLOModel

/// Tells percentiles of samples from those that a histogram, or an average over several runs, gave: by their digits.
///
/// k6 measures its own times in whole nanoseconds, and a percentile of samples lies between two of them at a share
/// with few decimals: as many as 10⁻⁸ ms show for whole per cents. The boundaries of a histogram's buckets are powers,
/// which have digits without end. The smallest and the largest sample must be whole nanoseconds: a file whose numbers
/// somebody scaled or made up has others.
enum K6Percentiles {
  /// The times that k6 measures by its own clock.
  private static let clocked: Set<String> = [
    "http_req_duration", "http_req_blocked", "http_req_connecting", "http_req_tls_handshaking",
    "http_req_sending",
    "http_req_waiting", "http_req_receiving", "iteration_duration", "group_duration", "ws_session_duration",
    "ws_connecting", "ws_ping", "grpc_req_duration",
  ]

  /// Whether the percentiles of two metrics or more cannot be those of samples.
  static func areEstimated(in metrics: [K6Metric]) -> Bool {
    let estimated = metrics.filter { clocked.contains($0.name.base) && isEstimated($0) }
    return Set(estimated.map(\.name.base)).count >= 2
  }

  private static func isEstimated(_ metric: K6Metric) -> Bool {
    guard let least = metric.value(.minimum), let most = metric.value(.maximum), least < most,
      isWhole(least, in: 1e-6, within: 0.01), isWhole(most, in: 1e-6, within: 0.01)
    else { return false }
    // The share is known to about sixteen digits, and lies between samples that may be far from each other.
    let tolerance = max(0.01, (most - least) * 4e-7)
    return metric.statistics.contains { statistic, value in
      hasFewDecimals(statistic) && value > least && value < most
        && !isWhole(value, in: 1e-8, within: tolerance)
    }
  }

  /// Whether percentiles of samples have the decimals of a nanosecond and two more: those of their share.
  private static func hasFewDecimals(_ statistic: Statistic) -> Bool {
    guard let percent = statistic == .median ? 50 : statistic.percentile else { return false }
    return percent == percent.rounded()
  }

  /// Whether a value is a multiple of a part of a millisecond, but for a share of that part.
  private static func isWhole(_ value: Double, in part: Double, within tolerance: Double) -> Bool {
    let multiple = value / part
    return abs(multiple - multiple.rounded()) <= max(tolerance, multiple * 0x1p-49)
  }
}
