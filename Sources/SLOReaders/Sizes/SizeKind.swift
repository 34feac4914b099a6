public import SLOModel

extension EvidenceKind {
  /// Sizes of what a build gives out, bundle by bundle.
  public static let size = EvidenceKind(
    id: "size", source: "a build", profiles: .prefixed("sizes-", usual: ["sizes", "dist"]),
    subject: Noun("bundle"), subjectNames: .plain, section: "sizes",
    files: Files(
      Noun("report of sizes", plural: "reports of sizes"), title: "a report of bundle sizes",
      option: "--evidence", extensions: ["json"],
      names: ["sizes", "size-limit", "bundlewatch", "webpack-stats"]),
    judging: Judging(
      repetition: .none, hasWholeRun: true, boundIsAllowed: true, everySeriesIsWitness: false,
      isExact: true),
    metrics: MetricFamily(metrics, isDistinctive: false),
    display: Display(
      title: "Bundles", caption: "the sizes of each bundle",
      columns: [
        Column("Size", "size", .value), Column("Raw", "raw", .value), Column("Gzip", "gzip", .value),
        Column("Brotli", "brotli", .value), Column("Time", "time", .value), Column("Files", "files", .count),
      ],
      readingOrder: ["gzip", "brotli", "size", "raw", "time"].map { MetricFigure($0, .value) },
      leads: ["gzip", "brotli", "size", "raw"].map { [MetricFigure($0, .value)] }),
    keys: [
      Key("size", "The size that a report gives without saying how it is compressed."),
      Key("raw", "The size without compression."),
      Key("gzip", "The size compressed with gzip."),
      Key("brotli", "The size compressed with Brotli."),
      Key("time", "What loading and running it takes, as a report estimates it."),
      Key("files", "The number of files, of the run as a whole."),
    ],
    remedy: {
      "No result of \($0.series.profile) gives \($0.series.metric)\($0.ofSubject): was it built, and is it"
        + " a figure of this format?"
    })

  /// The metrics that are sizes, in the order of reports.
  static let sizeMetrics = ["size", "raw", "gzip", "brotli"]

  /// A size has no scatter, so that any change is significant: less than 1 kB (and than the relative floor of all
  /// series) is too small to matter. Times are estimates that depend on the host: held against limits alone.
  private static let metrics =
    sizeMetrics.map {
      Metric(
        $0, MetricTraits(.figure, .bytes, better: .lower), floor: 1_000, tracking: .always,
        suggested: [.value])
    } + [
      Metric("time", MetricTraits(.figure, .milliseconds, better: .lower), floor: 100),
      Metric("files", MetricTraits(.tally, .count, better: .lower)),
    ]
}
