/// What is known of a metric by its name: unit, better direction, and the change too small to matter.
public struct MetricTraits: Hashable, Sendable {
  /// What kind of figures a metric has.
  public enum Kind: String, Sendable, Hashable {
    /// A distribution of samples: average, percentiles ….
    case trend
    /// A share of non-zero samples.
    case rate
    /// A running total.
    case counter
    /// A last value.
    case gauge
    /// One figure of an audit.
    case audit
    /// A Lighthouse category.
    case category
    /// Sizes and numbers of one resource type.
    case resource
    /// What Chrome measured of a page's real visitors.
    case field
  }

  /// What kind of figures it has.
  public var kind: Kind
  /// The unit of its values (of a trend's percentiles, a gauge's value, a counter's total).
  public var unit: Unit
  /// Which way is better, nil where neither is.
  public var better: Direction?

  /// Creates traits.
  public init(kind: Kind, unit: Unit, better: Direction?) {
    self.kind = kind
    self.unit = unit
    self.better = better
  }

  /// The unit of one statistic: a trend's `count` is a count, a counter's `rate` is per second.
  public func unit(of statistic: Statistic) -> Unit {
    switch (kind, statistic) {
    case (.rate, _): .ratio
    case (.counter, .rate): .perSecond
    case (.trend, .count): .count
    case (.resource, .size): .bytes
    case (.resource, .count), (.audit, .count): .count
    case (.audit, .score): .score
    default: unit
    }
  }

  /// Which way one statistic is better: a trend's sample count has no better way.
  public func better(of statistic: Statistic) -> Direction? {
    switch (kind, statistic) {
    case (.trend, .count): nil
    case (.audit, .score): .higher
    case (.audit, .count): .lower
    default: better
    }
  }
}

extension MetricTraits.Kind {
  /// Whether it is of pages, and not of loads.
  public var isOfPage: Bool { [.audit, .category, .resource, .field].contains(self) }
}

/// The metrics slogate knows by name.
public enum MetricCatalogue {
  /// What is known of a metric: k6's built-in ones, Lighthouse's audits, categories and resources.
  /// Tags in braces are ignored. Nil for a custom metric.
  public static func traits(of metric: String) -> MetricTraits? {
    let base = MetricName.base(of: metric)
    if let traits = k6[base] ?? lighthouse[base] { return traits }
    if let traits = FieldData.traits(of: base) { return traits }
    if base.hasPrefix(userTimings) {
      return MetricTraits(kind: .audit, unit: .milliseconds, better: .lower)
    }
    guard base.hasPrefix("resource."), resourceTypes.contains(String(base.dropFirst(9))) else { return nil }
    return MetricTraits(kind: .resource, unit: .bytes, better: .lower)
  }

  /// What the names of user timings begin with: `user-timings:hero-image`, as Lighthouse CI has them.
  public static let userTimings = "user-timings:"

  /// Which way a custom metric is probably better, by the words in its name; nil where the name does not say.
  public static func guessedDirection(ofCustom name: String, kind: MetricTraits.Kind) -> Direction? {
    if kind == .gauge { return nil }
    let name = Array(name.lowercased().utf8)
    let bad = ["error", "fail", "drop", "timeout", "reject", "retr", "miss", "invalid", "lost"]
    let good = ["success", "succeed", "ok", "pass", "hit", "valid", "complete", "throughput"]
    if bad.contains(where: { contains($0, in: name) }) { return .lower }
    if kind == .trend { return .lower }
    return good.contains { contains($0, in: name) } ? .higher : nil
  }

  /// The standard library's search goes by characters, which costs a hundred times as much.
  private static func contains(_ word: String, in name: [UInt8]) -> Bool {
    name.indices.contains { name[$0...].starts(with: word.utf8) }
  }

  /// The metric and statistic a budget's short key stands for: `p95`, `error_rate`, `lcp` …; nil for any
  /// other key.
  public static func shorthand(_ key: String) -> (metric: String, statistic: Statistic)? {
    if let known = shorthands[key] { return known }
    guard let statistic = Statistic(k6: key), statistic.rawValue == key else { return nil }
    let latency = statistic.percentile != nil || [.average, .minimum, .maximum].contains(statistic)
    return latency ? ("http_req_duration", statistic) : nil
  }

  /// The statistic meant when a budget names a metric alone (`cumulative-layout-shift`, `performance`, `checks`).
  public static func soleStatistic(of metric: String) -> Statistic? {
    switch traits(of: metric)?.kind {
    case .audit, .gauge: .value
    case .category: .score
    case .rate: .rate
    case .field: FieldData.statistic(of: metric)
    default: nil
    }
  }

  /// Every name a budget key may start with, for suggestions.
  public static var names: [String] {
    (Array(k6.keys) + Array(lighthouse.keys) + Array(shorthands.keys)
      + resourceTypes.map { "resource.\($0)" }).sorted()
  }

  /// Lighthouse's resource types.
  public static let resourceTypes = [
    "document", "script", "stylesheet", "image", "media", "font", "other", "third-party", "total",
  ]

  private static let shorthands: [String: (metric: String, statistic: Statistic)] = [
    "error_rate": ("http_req_failed", .rate),
    "throughput": ("http_reqs", .rate),
    "checks": ("checks", .rate),
    "lcp": ("largest-contentful-paint", .value),
    "fcp": ("first-contentful-paint", .value),
    "tbt": ("total-blocking-time", .value),
    "cls": ("cumulative-layout-shift", .value),
    "si": ("speed-index", .value),
    "tti": ("interactive", .value),
    "ttfb": ("server-response-time", .value),
    "inp": ("interaction-to-next-paint", .value),
  ]

  /// Names after k6's documentation of built-in metrics.
  private static let k6: [String: MetricTraits] = {
    let time = MetricTraits(kind: .trend, unit: .milliseconds, better: .lower)
    let events = MetricTraits(kind: .counter, unit: .count, better: nil)
    var known: [String: MetricTraits] = [
      "http_req_failed": MetricTraits(kind: .rate, unit: .ratio, better: .lower),
      "checks": MetricTraits(kind: .rate, unit: .ratio, better: .higher),
      "checks_succeeded": MetricTraits(kind: .rate, unit: .ratio, better: .higher),
      "checks_failed": MetricTraits(kind: .rate, unit: .ratio, better: .lower),
      "checks_total": events,
      "http_reqs": MetricTraits(kind: .counter, unit: .count, better: .higher),
      "iterations": MetricTraits(kind: .counter, unit: .count, better: .higher),
      "dropped_iterations": MetricTraits(kind: .counter, unit: .count, better: .lower),
      "data_received": MetricTraits(kind: .counter, unit: .bytes, better: nil),
      "data_sent": MetricTraits(kind: .counter, unit: .bytes, better: nil),
      "vus": MetricTraits(kind: .gauge, unit: .count, better: nil),
      "vus_max": MetricTraits(kind: .gauge, unit: .count, better: nil),
      "ws_sessions": events, "ws_msgs_sent": events, "ws_msgs_received": events,
      "grpc_streams": events, "grpc_streams_msgs_sent": events, "grpc_streams_msgs_received": events,
      "browser_data_received": MetricTraits(kind: .counter, unit: .bytes, better: nil),
      "browser_data_sent": MetricTraits(kind: .counter, unit: .bytes, better: nil),
      "browser_http_req_failed": MetricTraits(kind: .rate, unit: .ratio, better: .lower),
      "browser_web_vital_cls": MetricTraits(kind: .trend, unit: .unitless, better: .lower),
    ]
    let times =
      ["duration", "blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving"]
      .map { "http_req_" + $0 }
      + ["fcp", "fid", "inp", "lcp", "ttfb"].map { "browser_web_vital_" + $0 }
      + ["iteration_duration", "group_duration", "grpc_req_duration", "browser_http_req_duration"]
      + ["ws_connecting", "ws_ping", "ws_session_duration"]
    for name in times { known[name] = time }
    return known
  }()

  private static let lighthouse: [String: MetricTraits] = {
    var known: [String: MetricTraits] = [
      "cumulative-layout-shift": MetricTraits(kind: .audit, unit: .unitless, better: .lower),
      "total-byte-weight": MetricTraits(kind: .audit, unit: .bytes, better: .lower),
    ]
    let times = [
      "largest-contentful-paint", "first-contentful-paint", "first-meaningful-paint", "total-blocking-time",
      "speed-index", "interactive", "first-cpu-idle", "interaction-to-next-paint", "server-response-time",
      "max-potential-fid", "bootup-time", "mainthread-work-breakdown", "estimated-input-latency",
    ]
    for id in times { known[id] = MetricTraits(kind: .audit, unit: .milliseconds, better: .lower) }
    for id in ["performance", "accessibility", "best-practices", "seo", "pwa", "agentic-browsing"] {
      known[id] = MetricTraits(kind: .category, unit: .score, better: .higher)
    }
    return known
  }()
}
