internal import SLOModel

/// The metrics of a load, named as in k6's documentation of its built-in metrics
/// (<https://grafana.com/docs/k6/latest/using-k6/metrics/reference/>).
enum LoadMetrics {
  static let family = MetricFamily(
    requests + runs + vitals + protocols, main: "http_req_duration",
    others: .custom)

  /// What a request's time is made of, in the order in which it goes through them; the duration is the sum of the last
  /// three, sample by sample.
  static let phases = EvidenceKind.Breakdown(
    of: ["http_req_duration"],
    parts: ["blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving"].map {
      .init("http_req_" + $0)
    },
    summands: ["http_req_sending", "http_req_waiting", "http_req_receiving"])

  private static let requests =
    [
      Metric(
        "http_req_duration", time, tracking: .always, suggested: [.p95, .p99], labels: .statistic),
      Metric(
        "http_req_failed", share(.lower), aliases: ["error_rate": .rate], tracking: .always,
        suggested: [.rate], labels: .word("error_rate", .rate)),
      Metric(
        "http_reqs", MetricTraits(.total, .count, better: .higher), aliases: ["throughput": .rate],
        tracking: .ofWholeRun, suggested: [.rate], labels: .word("throughput", .rate)),
    ] + phases.parts.map { Metric($0.metric, time) }

  private static let runs = [
    Metric(
      "checks", share(.higher), aliases: ["checks": .rate], tracking: .always, labels: .word("checks", .rate)),
    Metric("checks_succeeded", share(.higher)),
    Metric("checks_failed", share(.lower)),
    Metric("checks_total", events),
    Metric("iterations", MetricTraits(.total, .count, better: .higher)),
    Metric("dropped_iterations", MetricTraits(.total, .count, better: .lower)),
    Metric("iteration_duration", time, tracking: .asSubstitute),
    Metric("group_duration", time, tracking: .asSubstitute),
    Metric("data_received", bytes), Metric("data_sent", bytes),
    Metric("vus", level), Metric("vus_max", level),
  ]

  private static let vitals =
    [
      Metric(
        "browser_web_vital_cls", MetricTraits(.distribution, .unitless, better: .lower), tracking: .always),
      Metric("browser_http_req_failed", share(.lower)),
      Metric("browser_http_req_duration", time, tracking: .asSubstitute),
      Metric("browser_data_received", bytes), Metric("browser_data_sent", bytes),
    ] + ["lcp", "inp"].map { Metric("browser_web_vital_" + $0, time, tracking: .always) }
    + ["fcp", "fid", "ttfb"].map { Metric("browser_web_vital_" + $0, time, tracking: .asSubstitute) }

  private static let protocols =
    [
      Metric("grpc_req_duration", time, tracking: .always),
      Metric("ws_connecting", time, tracking: .asSubstitute),
      Metric("ws_session_duration", time, tracking: .asSubstitute), Metric("ws_ping", time),
    ]
    + [
      "ws_sessions", "ws_msgs_sent", "ws_msgs_received", "grpc_streams", "grpc_streams_msgs_sent",
      "grpc_streams_msgs_received",
    ].map { Metric($0, events) }

  private static let time = MetricTraits(.distribution, .milliseconds, better: .lower)
  private static let events = MetricTraits(.total, .count, better: nil)
  private static let bytes = MetricTraits(.total, .bytes, better: nil)
  private static let level = MetricTraits(.level, .count, better: nil)

  private static func share(_ better: Direction) -> MetricTraits {
    MetricTraits(.share, .ratio, better: better)
  }
}
