public import SLOModel

extension EvidenceKind {
  /// Snapshots of the metrics that a system shows of itself.
  public static let snapshot = EvidenceKind(
    id: "snapshot", source: "a system's own metrics", profiles: .prefixed("snapshot-", usual: ["snapshot"]),
    subject: Noun("label set"), subjectNames: .plain, section: "snapshots",
    files: Files(
      Noun("snapshot"), title: "a snapshot of metrics", option: "--evidence",
      extensions: ["prom", "txt", "openmetrics", "om", "metrics", "json"], names: ["snapshot", "metrics"]),
    judging: Judging(
      repetition: .none, hasWholeRun: true, boundIsAllowed: true, everySeriesIsWitness: false),
    metrics: MetricFamily(derivedMetrics, isDistinctive: false, others: .described(.value)),
    display: Display(
      title: "Snapshots", caption: "each queue of dead letters and each pool",
      columns: [
        Column("Dead letters", "dead_letters", .value), Column("Growth", "dead_letters", .growth),
        Column("Pool used", "pool_utilisation", .maximum),
      ],
      readingOrder: snapshotFigures, leads: [snapshotFigures]),
    keys: [
      Key("dead_letters.growth", "How many dead letters more there are, where they keep rising."),
      Key("dead_letters", "Messages that lie in dead-letter queues."),
      Key("dead_letters.count", "Messages that were dead-lettered in the run."),
      Key("pool_utilisation", "The largest share of a pool that was in use."),
      Key("process_resident_memory_bytes.growth", "How far memory rose over the run, where it keeps rising."),
      Key("http_request_duration_seconds.p95", "A percentile of a histogram."),
      Key("http_requests_total.count", "What a counter counted in the run."),
    ],
    policy: BuiltInPolicy(title: "built-in policy snapshots", text: policy, holdsBesideFiles: true),
    remedy: remedy)

  private static let snapshotFigures = [
    MetricFigure("dead_letters", .growth), MetricFigure("pool_utilisation", .maximum),
    MetricFigure("dead_letters", .value), MetricFigure("dead_letters", .count),
  ]

  /// Of the run and of each queue and pool; a service without them does not miss them.
  private static let policy = """
    run:
      "snapshot-*":
        dead_letters.growth: { block: 0, optional: true }
        pool_utilisation: { block: 70%, optional: true }
    snapshots:
      "*":
        dead_letters.growth: { block: 0, optional: true }
        pool_utilisation: { block: 70%, optional: true }
    """

  private static let derivedMetrics = [
    Metric(
      "dead_letters",
      MetricTraits(
        MetricShape("dead letters", [.value, .growth, .count], sole: .value, tracked: [.value, .count]),
        .count, better: .lower)),
    Metric(
      "pool_utilisation",
      MetricTraits(
        MetricShape("pool", [.maximum, .value, .average], sole: .maximum, tracked: [.maximum]), .ratio,
        better: .lower)),
  ]

  @Sendable private static func remedy(_ missing: MissingFigure) -> String {
    let (metric, statistic) = (missing.series.metric, missing.series.statistic)
    guard missing.hasMetric else {
      return
        "No snapshot of \(missing.series.profile) has \(metric)\(missing.ofSubject): look for its name in"
        + " the text that the system gives."
    }
    switch statistic {
    case .growth:
      return "Whether \(metric) keeps rising takes four snapshots of the run, or one of each of five commits."
    case .count:
      return "What \(metric) counted in the run takes a snapshot before it and one after: BEFORE,AFTER."
    case .rate:
      return
        "The snapshots do not say when they were taken: read \(metric) with query_range of Prometheus' API."
    case .value:
      return "\(metric) has several series, or its series ended: name one by its labels, or limit .max."
    case _ where statistic.percentile != nil:
      return
        "\(statistic) of \(metric) lies above its last bucket, or nothing was observed: the notices say which. Add a"
        + " bucket above the limit."
    default: return "The snapshots have \(metric), and no \(statistic) of it."
    }
  }
}
