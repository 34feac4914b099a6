public import SLOModel

extension EvidenceKind {
  /// Results of test runners, test file by test file.
  public static let test = EvidenceKind(
    id: "test", source: "a test runner", profiles: .prefixed("tests-", usual: ["tests"]),
    subject: Noun("test file"), subjectNames: .plain, section: "tests",
    files: Files(
      Noun("report"), title: "a test report", option: "--evidence", extensions: ["json", "xml"],
      names: ["tests", "junit", "playwright", "TEST-"]),
    judging: Judging(
      repetition: .none, hasWholeRun: true, boundIsAllowed: true, everySeriesIsWitness: false),
    metrics: MetricFamily(metrics, isDistinctive: false),
    display: Display(
      title: "Tests", caption: "the tests of each file",
      columns: [
        Column("Failed", "failed", .count), Column("Flaky", "flaky", .count),
        Column("Skipped", "skipped", .count), Column("Tests", "tests", .count),
        Column("Duration", "duration", .value),
      ],
      readingOrder: [
        MetricFigure("failed", .count), MetricFigure("flaky", .count), MetricFigure("duration", .value),
        MetricFigure("skipped", .count), MetricFigure("tests", .count),
      ],
      leads: [[MetricFigure("failed", .count)]]),
    keys: [
      Key("failed", "Tests that failed in their last attempt."),
      Key("flaky", "Tests that failed and passed when they were tried again."),
      Key("skipped", "Tests that were not run."),
      Key("tests", "All tests, those that were not run included."),
      Key("duration", "What the last attempts of its tests took together."),
    ],
    policy: BuiltInPolicy(title: "built-in policy tests", text: policy, holdsBesideFiles: true),
    remedy: {
      "No report of \($0.series.profile) gives \($0.series.metric) of \($0.series.endpoint): was it run?"
    })

  /// A test that failed blocks a release unless a budget says otherwise.
  private static let policy = """
    tests:
      "*":
        failed: 0
    """

  private static let metrics = [
    Metric("failed", MetricTraits(.tally, .count, better: .lower), suggested: [.count]),
    Metric("flaky", MetricTraits(.tally, .count, better: .lower)),
    Metric("skipped", MetricTraits(.tally, .count, better: .lower)),
    Metric("tests", MetricTraits(.tally, .count, better: .higher)),
    Metric(
      "duration", MetricTraits(.figure, .milliseconds, better: .lower), floor: 100, tracking: .always),
  ]
}
