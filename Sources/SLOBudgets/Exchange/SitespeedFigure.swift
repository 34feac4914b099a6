internal import SLOModel
internal import SLOReaders

/// The figures of sitespeed.io's budget.json that limits of pages can be on
/// (<https://www.sitespeed.io/documentation/sitespeed.io/performance-budget/>): times in milliseconds, sizes in bytes,
/// counts, and Lighthouse's scores from 0 to 100. Scores are floors, everything else is the most allowed.
struct SitespeedFigure {
  /// The section it stands in: `timings`.
  let section: String
  /// Its name there: `SpeedIndex`.
  let name: String
  /// The key of a budget: `speed-index`.
  let key: String

  /// Whether it is a score, a floor in percent.
  var isScore: Bool { section == "lighthouse" }

  /// The bound in the canonical unit.
  func bound(of value: Double) -> Double { isScore ? value / 100 : value }

  /// The number that stands for a bound; a share without the noise of binary fractions.
  func value(of bound: Double) -> Double { isScore ? (bound * 1e12).rounded() / 1e10 : bound }

  /// The figures, of several for one key the usual one first.
  static let all =
    section(
      "timings",
      [
        "firstContentfulPaint": "first-contentful-paint",
        "largestContentfulPaint": "largest-contentful-paint",
        "SpeedIndex": "speed-index", "backEndTime": "server-response-time",
        "serverResponseTime": "server-response-time",
      ])
    + section(
      "googleWebVitals",
      [
        "totalBlockingTime": "total-blocking-time", "cumulativeLayoutShift": "cumulative-layout-shift",
        "interactionToNextPaint": "interaction-to-next-paint", "timeToFirstByte": "server-response-time",
        "firstContentfulPaint": "first-contentful-paint",
        "largestContentfulPaint": "largest-contentful-paint",
      ])
    + section(
      "cpu", ["maxPotentialFid": "max-potential-fid", "totalBlockingTime": "total-blocking-time"])
    + section("pageinfo", ["domElements": "dom-size", "cumulativeLayoutShift": "cumulative-layout-shift"])
    + types.flatMap { name, type in
      [
        SitespeedFigure(section: "requests", name: name, key: "resource.\(type).count"),
        SitespeedFigure(section: "transferSize", name: name, key: "resource.\(type).size"),
      ]
    }
    + section(
      "thirdParty",
      ["requests": "resource.third-party.count", "transferSize": "resource.third-party.size"])
    + ["performance", "accessibility", "best-practices", "seo", "pwa"].map {
      SitespeedFigure(section: "lighthouse", name: $0, key: $0)
    }

  private static let types: KeyValuePairs = [
    "total": "total", "html": "document", "javascript": "script", "css": "stylesheet", "image": "image",
    "font": "font", "other": "other",
  ]

  private static func section(
    _ section: String, _ keys: KeyValuePairs<String, String>
  ) -> [SitespeedFigure] {
    keys.map { SitespeedFigure(section: section, name: $0, key: $1) }
  }

  /// The section of marks and measures that pages name themselves.
  static let userTimings = "usertimings"

  /// The sections of the format; what else holds sections is a page.
  static let sections = Set(all.map(\.section)).union([
    userTimings, "contentSize", "firstParty", "score", "browser", "gpsi", "sustainable", "axe",
    "scriptingmetrics", "httpErrors",
  ])

  /// The figure of a name in a section; nil for one that pages do not have.
  static func figure(_ section: String, _ name: String) -> SitespeedFigure? {
    if section == userTimings {
      let kebab = UserTimingName.kebab(name)
      return kebab.isEmpty
        ? nil : SitespeedFigure(section: section, name: name, key: PageMetrics.userTimings + kebab)
    }
    return all.first { $0.section == section && $0.name == name }
  }

  /// The figure that a limit of a page is on; nil where the format has none.
  static func figure(of limit: Limit) -> SitespeedFigure? {
    if limit.metric.hasPrefix(PageMetrics.userTimings), limit.statistic == .value {
      return SitespeedFigure(
        section: userTimings, name: String(limit.metric.dropFirst(PageMetrics.userTimings.count)),
        key: limit.metric)
    }
    let key = budgetKey(of: limit.metric, limit.statistic, in: .page)
    return all.first { $0.key == key || $0.key == limit.metric && limit.statistic == .value }
  }
}
