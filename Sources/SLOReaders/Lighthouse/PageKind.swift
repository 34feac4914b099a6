public import SLOModel

extension EvidenceKind {
  /// Audits of web pages, page by page; the form factor is the profile.
  public static let page = EvidenceKind(
    id: "page", source: "Lighthouse",
    profiles: .prefixed(
      "lighthouse-", usual: ["lighthouse-mobile", "lighthouse-desktop"], isClosed: true),
    subject: Noun("page"), subjectNames: .addressesWithQueries, section: "pages",
    files: Files(
      Noun("report"), title: "a Lighthouse report", option: "--lighthouse", extensions: ["json"],
      names: ["lighthouse", "lhr-"]),
    judging: Judging(
      repetition: .ofSubject, hasWholeRun: false, boundIsAllowed: true, everySeriesIsWitness: true),
    metrics: PageMetrics.family, display: display, breakdowns: PageMetrics.breakdowns, keys: keys,
    remedy: {
      "The reports of \($0.series.endpoint) give no \($0.series.metric): it failed, or the audit was not run."
    })

  private static let display = Display(
    title: "Web pages", caption: "medians of the reports of each page",
    columns: [
      Column("Performance", "performance", .score), Column("Accessibility", "accessibility", .score),
      Column("FCP", "first-contentful-paint", .value), Column("LCP", "largest-contentful-paint", .value),
      Column("TBT", "total-blocking-time", .value), Column("CLS", "cumulative-layout-shift", .value),
      Column("Speed index", "speed-index", .value), Column("Bytes", "total-byte-weight", .value),
    ],
    readingOrder: [
      "largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time",
      "interaction-to-next-paint",
    ].map { MetricFigure($0, .value) } + [MetricFigure("performance", .score)]
      + ["first-contentful-paint", "speed-index", "total-byte-weight"].map { MetricFigure($0, .value) },
    leads: [[MetricFigure("largest-contentful-paint", .value)]])

  private static let keys = [
    Key("performance", "The score of the category performance."),
    Key("accessibility", "The score of the category accessibility."),
    Key("best-practices", "The score of the category best practices."),
    Key("seo", "The score of the category SEO."), Key("lcp", "Largest contentful paint."),
    Key("fcp", "First contentful paint."), Key("tbt", "Total blocking time."),
    Key("cls", "Cumulative layout shift, a number without unit."), Key("si", "Speed index."),
    Key("tti", "Time to interactive."), Key("ttfb", "The server's response time."),
    Key("inp", "Interaction to next paint."), Key("largest-contentful-paint", "Largest contentful paint."),
    Key("first-contentful-paint", "First contentful paint."),
    Key("total-blocking-time", "Total blocking time."),
    Key("cumulative-layout-shift", "Cumulative layout shift, a number without unit."),
    Key("speed-index", "Speed index."), Key("interactive", "Time to interactive."),
    Key("total-byte-weight", "Everything the page transfers."),
    Key("resource.script.size", "What its scripts transfer."),
    Key("resource.total.size", "What the page transfers."),
    Key("resource.third-party.count", "Requests to third parties."),
  ]
}
