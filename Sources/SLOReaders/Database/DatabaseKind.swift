public import SLOModel

extension EvidenceKind {
  /// What a database says of itself: its queries, tables, connections and plans.
  public static let database = EvidenceKind(
    id: "database", source: "a database's own views", profiles: .prefixed("db-", usual: ["db"]),
    subject: Noun("query", plural: "queries"), subjectNames: .plain, section: "queries",
    files: Files(
      Noun("snapshot"), title: "a snapshot of a database", option: "--evidence",
      extensions: ["csv", "json", "jsonl"], names: ["db", "pg_"]),
    judging: Judging(
      repetition: .none, hasWholeRun: true, boundIsAllowed: true, everySeriesIsWitness: false),
    metrics: MetricFamily(metrics, isDistinctive: false), display: display, keys: keys, mayHave: mayHave,
    remedy: {
      "No snapshot of \($0.series.profile) gives \($0.series.metric)\($0.ofSubject): did it run, and is its"
        + " name still the same?"
    })

  /// A table has other metrics than a query. The beginnings are no queries: keywords are written in capitals.
  @Sendable private static func mayHave(_ metric: String, _ subject: String) -> Bool {
    let own = [("table ", tableMetrics), ("plan ", planMetrics), ("state ", stateMetrics)]
      .first { subject.hasPrefix($0.0) }?.1
    return subject == Series.wholeRun || (own ?? queryMetrics).contains { $0.name == metric }
  }

  private static let display = Display(
    title: "Queries", caption: "each query",
    columns: [
      Column("Mean", "mean", .value), Column("Calls", "calls", .count), Column("Total", "total", .value),
      Column("Share", "share", .rate), Column("Max", "max", .value),
    ],
    headline: [
      MetricFigure("mean", .value), MetricFigure("total", .value), MetricFigure("hit_ratio", .rate),
      MetricFigure("new_in_top", .count),
    ],
    readingOrder: [
      MetricFigure("mean", .value), MetricFigure("total", .value), MetricFigure("calls", .count),
      MetricFigure("execution_time", .value), MetricFigure("seq_scans", .count),
      MetricFigure("index_use", .rate), MetricFigure("rows", .count), MetricFigure("connections", .value),
    ],
    leads: [
      [MetricFigure("mean", .value)], [MetricFigure("execution_time", .value)],
      [MetricFigure("index_use", .rate), MetricFigure("rows", .count)],
      [MetricFigure("connections", .value)],
    ])

  private static let keys = [
    Key("mean", "The mean time of a call."), Key("total", "The time of all calls together."),
    Key("calls", "How often it was called."), Key("max", "The slowest call."),
    Key("rows", "The rows that its calls gave or changed; of a table those it has."),
    Key("share", "Its share of the time of all queries."),
    Key("hit_ratio", "The share of blocks that were found in the shared buffers, of the run as a whole."),
    Key("new_in_top", "Queries among the 20 that took most time that were not there before the run."),
    Key("new_in_top_10", "The same of the 10 that took most time."),
    Key("seq_scans", "The sequential scans of a plan."),
    Key("execution_time", "The time that an explained query took."),
    Key("index_use", "The share of the scans of a table that went by an index."),
    Key("unused", "Indexes that no scan has used."),
    Key("connections", "The connections of clients, in a state or in all."),
  ]

  private static let metrics =
    queryMetrics + wholeMetrics + tableMetrics.filter { $0.name != "rows" } + stateMetrics + planMetrics

  private static let queryMetrics = [
    Metric(
      "mean", MetricTraits(.figure, .milliseconds, better: .lower), floor: 0.5, tracking: .always,
      suggested: [.value]),
    Metric("total", MetricTraits(.figure, .milliseconds, better: .lower)),
    Metric("calls", MetricTraits(.tally, .count, better: nil)),
    Metric("max", MetricTraits(.figure, .milliseconds, better: .lower)),
    rows,
    Metric("share", MetricTraits(.share, .ratio, better: .lower)),
  ]

  private static let rows = Metric("rows", MetricTraits(.tally, .count, better: nil))

  private static let wholeMetrics = [
    Metric("queries", MetricTraits(.tally, .count, better: nil)),
    Metric("hit_ratio", MetricTraits(.share, .ratio, better: .higher), floor: 0.01, tracking: .always),
    Metric("new_in_top", MetricTraits(.tally, .count, better: .lower)),
    Metric("new_in_top_10", MetricTraits(.tally, .count, better: .lower)),
    Metric("evictions", MetricTraits(.tally, .count, better: .lower)),
    Metric("table_rows", MetricTraits(.tally, .count, better: nil)),
  ]

  private static let tableMetrics = [
    rows,
    Metric("seq_scan", MetricTraits(.tally, .count, better: nil)),
    Metric("idx_scan", MetricTraits(.tally, .count, better: nil)),
    Metric("index_use", MetricTraits(.share, .ratio, better: .higher)),
    Metric("dead_rows", MetricTraits(.share, .ratio, better: .lower)),
    Metric("unused", MetricTraits(.tally, .count, better: .lower)),
  ]

  private static let stateMetrics = [
    Metric("connections", MetricTraits(.figure, .count, better: .lower))
  ]

  private static let planMetrics = [
    Metric("execution_time", MetricTraits(.figure, .milliseconds, better: .lower), tracking: .always),
    Metric("planning_time", MetricTraits(.figure, .milliseconds, better: .lower)),
    Metric("seq_scans", MetricTraits(.tally, .count, better: .lower)),
    Metric("large_seq_scans", MetricTraits(.tally, .count, better: .lower)),
    Metric("estimate_error", MetricTraits(.figure, .unitless, better: .lower)),
  ]
}
