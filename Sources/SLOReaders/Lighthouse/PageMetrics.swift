package import SLOModel

/// The metrics of a web page: audits and categories by their ids in Lighthouse's reports, the sizes of its resources,
/// user timings, and what Chrome measured of real visitors.
package enum PageMetrics {
  static let family = MetricFamily(
    times + [shift, weight] + categories,
    namespaces: [.init("resource.", EvidenceKind.Noun("resource type", plural: "types"), resourceTypes)],
    others: .free(.value), pattern: pattern, unlisted: unlisted)

  /// What the names of user timings begin with: `user-timings:hero-image`, as Lighthouse CI has them.
  package static let userTimings = "user-timings:"

  /// Lighthouse's resource types.
  static let resourceTypes = [
    "document", "script", "stylesheet", "image", "media", "font", "other", "third-party", "total",
  ]

  private static let resources = Set(resourceTypes.map { "resource." + $0 })

  /// What the times of a page, and its size, depend on.
  static let breakdowns = [
    EvidenceKind.Breakdown(
      of: [
        "largest-contentful-paint", "first-contentful-paint", "speed-index", "total-blocking-time",
        "interactive", "performance",
      ],
      parts: [
        "server-response-time", "total-byte-weight", "bootup-time", "mainthread-work-breakdown",
      ].map { .init($0, .value) } + sizes),
    EvidenceKind.Breakdown(of: ["total-byte-weight"], parts: sizes),
  ]

  private static let sizes = resourceTypes.map { EvidenceKind.Breakdown.Part("resource." + $0, .size) }

  @Sendable private static func pattern(_ name: String) -> MetricTraits? {
    if let field = FieldData.traits(of: name) { return field }
    if name.hasPrefix(userTimings) { return MetricTraits(.audit, .milliseconds, better: .lower) }
    return resources.contains(name) ? MetricTraits(.resource, .bytes, better: .lower) : nil
  }

  /// Any audit has a score and items.
  @Sendable private static func unlisted(_ name: String, _ statistic: Statistic) -> MetricTraits? {
    guard [.score, .count].contains(statistic), !name.hasPrefix("resource.") else { return nil }
    return MetricTraits(.audit, .unitless, better: .lower)
  }

  private static let shift = Metric(
    "cumulative-layout-shift", MetricTraits(.audit, .unitless, better: .lower), aliases: ["cls": .value],
    floor: 0.01, tracking: .always, suggested: [.value])
  private static let weight = Metric(
    "total-byte-weight", MetricTraits(.audit, .bytes, better: .lower), floor: 1_024, tracking: .always)

  private static let categories = [
    "performance", "accessibility", "best-practices", "seo", "pwa", "agentic-browsing",
  ].map { id in
    Metric(
      id, MetricTraits(.category, .score, better: .higher),
      tracking: id == "performance" ? .always : .never, suggested: id == "performance" ? [.score] : [],
      labels: .name)
  }

  /// Times scatter by tens of milliseconds on one host, which is the floor of their changes.
  private static let times = [
    time("largest-contentful-paint", "lcp", floor: 100, tracking: .always, suggested: [.value]),
    time("first-contentful-paint", "fcp", floor: 100),
    time("total-blocking-time", "tbt", floor: 50, tracking: .always, suggested: [.value]),
    time("speed-index", "si", floor: 100, tracking: .always),
    time("interactive", "tti", floor: 100), time("server-response-time", "ttfb", floor: 50),
    time("interaction-to-next-paint", "inp", floor: 20), time("max-potential-fid", floor: 50),
    time("bootup-time", floor: 100), time("mainthread-work-breakdown", floor: 100),
    time("first-meaningful-paint"), time("first-cpu-idle"), time("estimated-input-latency"),
  ]

  private static func time(
    _ id: String, _ alias: String? = nil, floor: Double? = nil, tracking: Metric.Tracking = .never,
    suggested: [Statistic] = []
  ) -> Metric {
    Metric(
      id, MetricTraits(.audit, .milliseconds, better: .lower),
      aliases: alias.map { [$0: .value] } ?? [:], floor: floor, tracking: tracking, suggested: suggested)
  }
}

extension MetricShape {
  /// An audit: its value, its score and the number of its items.
  static let audit = MetricShape(
    "audit", [.value, .score, .count], sole: .value, tracked: [.value],
    units: [.score: .score, .count: .count], directions: [.score: .higher, .count: .lower])
  /// A category, of which the score is all there is.
  package static let category = MetricShape("category", [.score], sole: .score, tracked: [.score])
  /// What a page transfers of one type of resource.
  static let resource = MetricShape(
    "resource", [.size, .count], units: [.size: .bytes, .count: .count])
}
