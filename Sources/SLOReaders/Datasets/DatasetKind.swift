public import SLOModel

extension EvidenceKind {
  /// The data sets that tests run on, as a report on their quality describes them.
  public static let dataset = EvidenceKind(
    id: "dataset", source: "a validation of a data set", profiles: .prefixed("dataset-", usual: ["dataset"]),
    subject: Noun("data set"), subjectNames: .plain, section: "datasets",
    files: Files(
      Noun("quality report"), title: "a report on the quality of a data set", option: "--evidence",
      extensions: ["json"], names: ["quality-report", "dataset"]),
    judging: Judging(
      repetition: .none, hasWholeRun: false, boundIsAllowed: true, everySeriesIsWitness: false,
      isExact: true),
    metrics: MetricFamily(metrics, isDistinctive: false),
    display: Display(
      title: "Data sets", caption: "what the data set is like", columns: columns,
      readingOrder: figures(judged), leads: [figures(["real_emails"]), figures(["top1_share"])]),
    keys: keys,
    policy: BuiltInPolicy(
      title: "built-in policy dataset-quality", text: DatasetCriterion.policy, holdsBesideFiles: true),
    remedy: { "No report of \($0.series.profile) gives \($0.series.metric): let the validation write it." })

  private static let judged = [
    "false_claims", "real_emails", "orphans", "null_keys", "out_of_order", "top1_share", "top5_share",
    "p99_to_p50", "types", "diurnal_ratio", "passed_tests",
  ]

  private static func figures(_ metrics: [String]) -> [MetricFigure] {
    metrics.compactMap { name in
      self.metrics.first { $0.name == name }?.traits.shape.sole.map { MetricFigure(name, $0) }
    }
  }

  private static let columns = [
    Column("Top 1 %", "top1_share", .value), Column("Top 5 %", "top5_share", .value),
    Column("p99 / p50", "p99_to_p50", .value), Column("Types", "types", .count),
    Column("Diurnal", "diurnal_ratio", .value), Column("Real e-mails", "real_emails", .count),
    Column("Orphans", "orphans", .count), Column("Out of order", "out_of_order", .count),
    Column("Null keys", "null_keys", .count), Column("False claims", "false_claims", .count),
  ]

  private static let keys = [
    Key("top1_share", "The share of all messages that the largest 1 % of the rooms have."),
    Key("top5_share", "The share of all messages that the largest 5 % of the rooms have."),
    Key("p99_to_p50", "How many times the median room the 99th percentile of the rooms is."),
    Key("types", "The types that occur, of the kind of record that has the fewest."),
    Key("diurnal_ratio", "How many times the traffic of quiet hours that of busy hours is."),
    Key("real_emails", "E-mail addresses that may be of real people."),
    Key("orphans", "Records that refer to one that is not there."),
    Key("out_of_order", "Records that are older than the one before them."),
    Key("null_keys", "Foreign keys that are null."),
    Key("passed_tests", "The share of the validation's own tests that passed."),
    Key("false_claims", "Verdicts in the report that its own numbers contradict."),
    Key("users", "How many users there are."),
    Key("conversations", "How many conversations there are."),
    Key("messages", "How many messages there are."),
    Key("attachments", "How many attachments there are."),
  ]

  private static let metrics =
    [
      Metric("top1_share", MetricTraits(.figure, .ratio, better: .higher)),
      Metric("top5_share", MetricTraits(.figure, .ratio, better: .higher)),
      Metric("p99_to_p50", MetricTraits(.figure, .unitless, better: .higher)),
      Metric("types", MetricTraits(.tally, .count, better: .higher)),
      Metric("diurnal_ratio", MetricTraits(.figure, .unitless, better: .higher)),
      Metric("passed_tests", MetricTraits(.figure, .ratio, better: .higher)),
    ]
    + ["real_emails", "orphans", "out_of_order", "null_keys", "false_claims"].map {
      Metric($0, MetricTraits(.tally, .count, better: .lower))
    }
    + ["users", "conversations", "messages", "attachments"].map {
      Metric($0, MetricTraits(.tally, .count, better: nil))
    }
}
