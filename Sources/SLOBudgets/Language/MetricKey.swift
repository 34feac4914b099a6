internal import SLOModel

/// A budget's key for a metric: `p95`, `http_req_duration{expected_response:true}.p99.9`, `performance`.
struct MetricKey: Hashable {
  /// Where a key is written decides what a name alone can mean.
  enum Scope: Hashable {
    /// Under a load profile: k6's metrics.
    case load
    /// Under a page or a Lighthouse profile: audits, categories and resources.
    case page
  }

  /// Why a key names no series.
  struct Malformed: Error, Hashable {
    var message: String
    var hint: String?
  }

  /// As it was written.
  var text: String
  /// The metric's name with normalised tags.
  var metric: String
  var statistic: Statistic
  /// What is known of the metric; nil for a custom one.
  var traits: MetricTraits?
  /// The unit a custom metric of a load says its values come in: declared, or by its name.
  var source: SourceUnit?
  /// Which way a custom metric is declared to be better.
  var declaredBetter: Direction?

  /// Reads a key. Custom names are taken as they are; whether a run has them is judged elsewhere.
  /// - Parameter declared: the custom metrics that the files declare.
  /// - Throws: what is wrong: no statistic, one the metric does not have, a metric of the other scope.
  init(parsing text: String, scope: Scope, declared: DeclaredMetrics = [:]) throws(Malformed) {
    self.text = text
    if let known = MetricCatalogue.shorthand(text) {
      (metric, statistic) = known
    } else if let (name, statistic) = MetricKey.split(text) {
      let alias = MetricCatalogue.shorthand(name).flatMap { $0.statistic == statistic ? $0.metric : nil }
      metric = MetricName(parsing: alias ?? name).description
      self.statistic = statistic
    } else if let sole = MetricKey.soleStatistic(of: text, scope: scope) {
      metric = MetricName(parsing: text).description
      statistic = sole
    } else {
      throw MetricKey.withoutStatistic(text)
    }
    traits = MetricCatalogue.traits(of: metric) ?? MetricKey.auditTraits(of: metric, statistic, scope)
    if traits == nil, scope == .load {
      source = MetricCatalogue.sourceUnit(ofCustom: metric, declared: declared)
      declaredBetter = declared[MetricName.base(of: metric)]?.better
    }
    try check(scope)
  }

  /// Which way is better, nil where neither is known to be; of a custom metric by the words in its name.
  var better: Direction? {
    traits.map { $0.better(of: statistic) } ?? declaredBetter
      ?? MetricCatalogue.guessedDirection(ofCustom: MetricName(parsing: metric).base, kind: customKind)
  }

  /// Whether it is a figure of a page: an audit, a category, a resource.
  var isOfPage: Bool { MetricCatalogue.traits(of: metric)?.kind.isOfPage ?? false }

  /// What is known of an audit's score and items, whatever audit it is.
  private static func auditTraits(of metric: String, _ statistic: Statistic, _ scope: Scope) -> MetricTraits?
  {
    guard scope == .page, statistic == .score || statistic == .count, !metric.hasPrefix("resource.") else {
      return nil
    }
    return MetricTraits(kind: .audit, unit: .unitless, better: .lower)
  }

  private var customKind: MetricTraits.Kind {
    switch statistic {
    case .rate: .rate
    case .count: .counter
    case .value: .gauge
    default: .trend
    }
  }

  /// Cuts at the last dot behind the tags that leaves a statistic: `a.p99.9` is `a` and `p99.9`.
  private static func split(_ text: String) -> (name: String, statistic: Statistic)? {
    let start = text.lastIndex(of: "}") ?? text.startIndex
    var found: (String, Statistic)?
    for dot in text[start...].indices.reversed() where text[dot] == "." && dot > text.startIndex {
      guard let statistic = Statistic(k6: String(text[text.index(after: dot)...])) else { continue }
      found = found ?? (String(text[..<dot]), statistic)
    }
    return found
  }

  private static func soleStatistic(of text: String, scope: Scope) -> Statistic? {
    if let sole = MetricCatalogue.soleStatistic(of: text) { return sole }
    let isUnknown = MetricCatalogue.traits(of: text) == nil && !text.hasPrefix("resource.")
    return scope == .page && isUnknown ? .value : nil
  }

  private static func withoutStatistic(_ text: String) -> Malformed {
    if let statistic = Statistic(k6: text), MetricCatalogue.shorthand(statistic.rawValue) != nil {
      return Malformed(message: "'\(text)' is k6's spelling", hint: "write \(statistic)")
    }
    if let number = MetricKey.percentile(of: text), !(0...100).contains(number) {
      return Malformed(
        message: "'\(text)' is no percentile", hint: "percentiles are p0 to p100, such as p95 or p99.9")
    }
    if let traits = MetricCatalogue.traits(of: text) {
      let choices = statistics(of: traits.kind).map { "\(text).\($0)" }
      return Malformed(
        message: "'\(text)' does not say which statistic", hint: "write " + choices.joined(separator: ", "))
    }
    if let near = Suggestion.nearest(to: text, among: MetricCatalogue.names) {
      return Malformed(message: "unknown metric '\(text)'", hint: "did you mean '\(near)'?")
    }
    return Malformed(
      message: "'\(text)' does not say which statistic",
      hint: "write \(text).rate of a Rate, \(text).p95 of a Trend, \(text).count of a Counter, "
        + "\(text).value of a Gauge")
  }

  /// The number of what is written as a percentile, whatever it is: 200 of `p200` and `http_req_duration.p200`.
  private static func percentile(of text: String) -> Double? {
    let name = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
    let isWritten = [text[...], name].first {
      $0.hasPrefix("p") && $0.dropFirst().allSatisfy { "0123456789.".contains($0) }
    }
    return isWritten.flatMap { Double($0.dropFirst()) }
  }

  private func check(_ scope: Scope) throws(Malformed) {
    if isOfPage != (scope == .page), MetricCatalogue.traits(of: metric) != nil {
      throw Malformed(
        message: "'\(text)' is a figure of " + (isOfPage ? "Lighthouse" : "k6"),
        hint: isOfPage ? "write it under `pages`" : "write it under `defaults` or `endpoints`")
    }
    guard let traits else { return try checkResource() }
    if traits.kind == .field, let sole = MetricCatalogue.soleStatistic(of: metric), sole != statistic {
      throw Malformed(message: "'\(metric)' has no statistic '\(statistic)'", hint: "it has \(sole)")
    }
    let known = MetricKey.statistics(of: traits.kind)
    let isPercentile = traits.kind == .trend && statistic.percentile != nil
    guard isPercentile || known.contains(statistic.rawValue) else {
      throw Malformed(
        message: "'\(metric)' has no statistic '\(statistic)'",
        hint: "it has " + known.joined(separator: ", "))
    }
  }

  /// The names under `resource.` are Lighthouse's own, so an unknown one is never a custom metric.
  private func checkResource() throws(Malformed) {
    guard metric.hasPrefix("resource.") else { return }
    throw Malformed(
      message: "unknown resource type in '\(text)'",
      hint: "types are " + MetricCatalogue.resourceTypes.joined(separator: ", "))
  }

  /// The statistics a kind of metric has; of a trend also every other percentile.
  static func statistics(of kind: MetricTraits.Kind) -> [String] {
    switch kind {
    case .trend: ["p95", "p99", "avg", "min", "med", "max", "count"]
    case .rate: ["rate"]
    case .counter: ["count", "rate"]
    case .gauge: ["value", "min", "max"]
    case .audit: ["value", "score", "count"]
    case .field: ["p75", "rate"]
    case .category: ["score"]
    case .resource: ["size", "count"]
    }
  }
}
