public import SLOModel

extension EvidenceKind {
  /// Load tests of a service, endpoint by endpoint.
  public static let load = EvidenceKind(
    id: "load", source: "k6",
    profiles: .any(
      usual: ["baseline", "spike", "soak"],
      others: ["smoke", "stress", "load", "average-load", "breakpoint"]),
    subject: Noun("endpoint"), subjectNames: .addresses, section: "endpoints",
    files: Files(
      Noun("result"), title: "a load test's result", option: "--baseline, --spike or --profile",
      extensions: ["json", "csv", "ndjson", "jsonl", "jtl"], names: ["baseline", "spike"]),
    judging: Judging(
      repetition: .ofProfile, hasWholeRun: true, boundIsAllowed: false, everySeriesIsWitness: false),
    metrics: LoadMetrics.family, display: display, breakdowns: [LoadMetrics.phases], keys: keys,
    policy: BuiltInPolicy(title: "built-in limits", text: policy, holdsBesideFiles: false),
    versionNote: versionNote, remedy: LoadAbsence.remedy)

  private static let display = Display(
    title: "Endpoints", caption: "each endpoint",
    columns: [
      Column("p50", "http_req_duration", .median), Column("p95", "http_req_duration", .p95),
      Column("p99", "http_req_duration", .p99), Column("error rate", "http_req_failed", .rate),
      Column("throughput", "http_reqs", .rate),
    ],
    headline: [
      MetricFigure("http_req_duration", .median), MetricFigure("http_req_duration", .p95),
      MetricFigure("http_req_duration", .p99), MetricFigure("http_req_failed", .rate),
      MetricFigure("http_reqs", .rate), MetricFigure("checks", .rate),
    ],
    readingOrder: [
      MetricFigure("http_req_duration", .p95), MetricFigure("http_req_duration", .p99),
      MetricFigure("http_req_duration", .median), MetricFigure("http_req_failed", .rate),
      MetricFigure("checks", .rate), MetricFigure("http_reqs", .rate),
      MetricFigure("grpc_req_duration", .p95), MetricFigure("browser_http_req_duration", .p95),
      MetricFigure("browser_web_vital_lcp", .p95), MetricFigure("browser_web_vital_cls", .p95),
      MetricFigure("browser_web_vital_inp", .p95),
    ],
    leads: [
      ["http_req_duration"],
      [
        "grpc_req_duration", "ws_connecting", "ws_session_duration", "browser_http_req_duration",
        "browser_web_vital_lcp",
      ],
      ["iteration_duration", "group_duration"],
    ].map { $0.map { MetricFigure($0, .p95) } })

  /// Of the run as a whole: what its endpoints may take is not stated yet.
  private static let policy = """
    defaults:
      baseline: { p95: 400ms, p99: 900ms, error_rate: 1% }
      spike: { p95: 500ms, p99: 1200ms, error_rate: 2% }
    """

  /// From 2.3 on web vitals of all pages that an iteration visits count, before of the last alone.
  @Sendable private static func versionNote(
    _ now: Set<String>, _ before: Set<String>, _ metrics: Set<String>
  ) -> String? {
    let countsAllPages = { (release: String) in
      let parts = release.split(separator: ".").compactMap { Int($0) }
      return parts.count == 2 && (parts[0], parts[1]) >= (2, 3)
    }
    guard Set(now.union(before).map(countsAllPages)).count == 2,
      metrics.contains(where: { $0.hasPrefix("browser_web_vital_") })
    else { return nil }
    return "from 2.3 on web vitals of all pages that an iteration visits count, before of the last alone"
  }

  private static let keys = [
    Key("p50", "The median duration of requests."), Key("p90", "90 % of requests take no longer."),
    Key("p95", "95 % of requests take no longer."), Key("p99", "99 % of requests take no longer."),
    Key("p99.9", "999 of 1000 requests take no longer."), Key("med", "The median duration of requests."),
    Key("avg", "The mean duration of requests."), Key("min", "The fastest request."),
    Key("max", "The slowest request."), Key("error_rate", "The share of failed requests."),
    Key("throughput", "Requests per time, of the run as a whole."),
    Key("checks", "The share of checks that held."),
    Key("vus_max", "The virtual users there were: the load was applied."),
    Key("dropped_iterations.count", "Iterations that could not begin in time."),
    Key("http_req_waiting.p95", "95 % of requests wait no longer for the first byte."),
    Key("iteration_duration.p95", "95 % of iterations take no longer."),
  ]
}
