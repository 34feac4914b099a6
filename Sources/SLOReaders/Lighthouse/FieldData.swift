internal import SLOModel

/// The names of what Chrome measured of real visitors (the Chrome UX Report), as PageSpeed Insights replies carry it.
///
/// `field.largest-contentful-paint.p75` is of the page, `field-origin.…` of all pages of its origin. The shares of visits
/// that were good and poor are metrics of their own: `field.largest-contentful-paint.good`.
enum FieldData {
  /// What the names of figures of a page begin with, and those of its origin.
  static let prefixes = (page: "field.", origin: "field-origin.")

  /// The names that PageSpeed Insights gives its metrics, what slogate calls them, and what a percentile of them is
  /// multiplied by.
  static let metrics: [(key: String, id: String, unit: MetricUnit, scale: Double)] = [
    ("LARGEST_CONTENTFUL_PAINT_MS", "largest-contentful-paint", .milliseconds, 1),
    ("FIRST_CONTENTFUL_PAINT_MS", "first-contentful-paint", .milliseconds, 1),
    ("INTERACTION_TO_NEXT_PAINT", "interaction-to-next-paint", .milliseconds, 1),
    ("EXPERIMENTAL_INTERACTION_TO_NEXT_PAINT", "interaction-to-next-paint", .milliseconds, 1),
    ("EXPERIMENTAL_TIME_TO_FIRST_BYTE", "time-to-first-byte", .milliseconds, 1),
    ("FIRST_INPUT_DELAY_MS", "first-input-delay", .milliseconds, 1),
    ("CUMULATIVE_LAYOUT_SHIFT_SCORE", "cumulative-layout-shift", .unitless, 100),
  ]

  /// The parts of a distribution that are metrics, from the fastest on.
  static let shares = ["good", "needs-improvement", "poor"]

  /// The 75th percentile.
  static let percentile = Statistic(rawValue: "p75")

  /// What is known of a metric by its name; nil for any that is none of these.
  static func traits(of metric: String) -> MetricTraits? {
    guard let rest = suffix(of: metric) else { return nil }
    for (_, id, unit, _) in metrics {
      if rest == id { return MetricTraits(.fieldPercentile, unit, better: .lower) }
      guard rest.hasPrefix(id + "."), let share = shares.firstIndex(of: String(rest.dropFirst(id.count + 1)))
      else { continue }
      return MetricTraits(.fieldShare, .ratio, better: share == 0 ? .higher : .lower)
    }
    return nil
  }

  private static func suffix(of metric: String) -> Substring? {
    for prefix in [prefixes.page, prefixes.origin] where metric.hasPrefix(prefix) {
      return metric.dropFirst(prefix.count)
    }
    return nil
  }
}

extension MetricShape {
  /// A percentile of visits.
  static let fieldPercentile = MetricShape(
    "field percentile", [FieldData.percentile], sole: FieldData.percentile)
  /// A share of visits.
  static let fieldShare = MetricShape("field share", [.rate], sole: .rate, units: [.rate: .ratio])
}
