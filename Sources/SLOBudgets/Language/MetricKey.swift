internal import SLOModel
internal import SLOReaders

/// A budget's key for a metric: `p95`, `http_req_duration{expected_response:true}.p99.9`, `performance`.
struct MetricKey: Hashable {
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
  /// The kind of evidence that has the metric; a custom metric is of a load.
  var kind: EvidenceKind
  /// What is known of the metric; nil for a custom one.
  var traits: MetricTraits?
  /// The unit a custom metric says its values come in: declared, or by its name.
  var source: SourceUnit?
  /// Which way a custom metric is declared to be better.
  var declaredBetter: Direction?

  /// Reads a key. Custom names are taken as they are; whether a run has them is judged elsewhere.
  /// - Parameters:
  ///   - kind: the kind of evidence it is written for, which decides what a name alone can mean.
  ///   - declared: the custom metrics that the files declare.
  /// - Throws: what is wrong: no statistic, one the metric does not have, a metric of another kind.
  init(parsing text: String, of kind: EvidenceKind, declared: DeclaredMetrics = [:]) throws(Malformed) {
    self.text = text
    let isDescribed = kind.metrics.others.areDescribed
    // `max` is a metric of some kinds, and elsewhere short for a statistic of another kind's.
    let isOwn = { (name: String) in isDescribed || kind.metrics.has(name) }
    let shorthand = { isOwn($0) ? nil : MetricCatalogue.shorthand($0) }
    if let known = shorthand(text) {
      (metric, statistic) = known
    } else if let figure = MetricFigure(spelled: text) {
      let alias = shorthand(figure.metric).flatMap { $0.statistic == figure.statistic ? $0.metric : nil }
      metric = MetricName(parsing: alias ?? figure.metric).description
      statistic = figure.statistic
    } else if let sole = MetricKey.soleStatistic(of: text, kind) {
      metric = MetricName(parsing: text).description
      statistic = sole
    } else {
      throw MetricKey.withoutStatistic(text, kind)
    }
    self.kind =
      isDescribed ? kind : MetricCatalogue.kind(of: metric) ?? (kind.metrics.isDistinctive ? .load : kind)
    traits = MetricCatalogue.traits(of: metric, in: kind) ?? kind.metrics.unlisted(metric, statistic)
    if traits == nil, kind.metrics.others.areDeclared {
      source = MetricCatalogue.sourceUnit(ofCustom: metric, declared: declared)
      declaredBetter = declared[MetricName.base(of: metric)]?.better
    }
    try check(kind)
  }

  /// Which way is better, nil where neither is known to be; of a custom metric by the words in its name, but where
  /// results state it.
  var better: Direction? {
    if kind.metrics.others.areDescribed, traits == nil { return declaredBetter }
    return traits.map { $0.better(of: statistic) } ?? declaredBetter
      ?? MetricCatalogue.guessedDirection(ofCustom: MetricName(parsing: metric).base, shape: customShape)
  }

  private var customShape: MetricShape {
    switch statistic {
    case .rate: .share
    case .count: .total
    case .value: .level
    default: .distribution
    }
  }

  private static func soleStatistic(of text: String, _ kind: EvidenceKind) -> Statistic? {
    if let sole = MetricCatalogue.soleStatistic(of: text, in: kind) { return sole }
    switch kind.metrics.others {
    case .described(let statistic): return statistic
    case .free(let statistic):
      let isTaken =
        MetricCatalogue.traits(of: text) != nil
        || kind.metrics.namespaces.contains { text.hasPrefix($0.prefix) }
      return isTaken ? nil : statistic
    case .none, .custom: return nil
    }
  }

  private static func withoutStatistic(_ text: String, _ kind: EvidenceKind) -> Malformed {
    if let statistic = Statistic(spelled: text), MetricCatalogue.shorthand(statistic.rawValue) != nil {
      return Malformed(
        message: "'\(text)' is \(EvidenceKind.load.source)'s spelling", hint: "write \(statistic)")
    }
    if let number = MetricKey.percentile(of: text), !(0...100).contains(number) {
      return Malformed(
        message: "'\(text)' is no percentile", hint: "percentiles are p0 to p100, such as p95 or p99.9")
    }
    if let traits = MetricCatalogue.traits(of: text, in: kind) {
      let choices = traits.shape.statistics.map { "\(text).\($0)" }
      return Malformed(
        message: "'\(text)' does not say which statistic", hint: "write " + choices.joined(separator: ", "))
    }
    let names = kind.metrics.isDistinctive ? MetricCatalogue.names : kind.metrics.all.map(\.name)
    if let near = Suggestion.nearest(to: text, among: names) {
      return Malformed(message: "unknown metric '\(text)'", hint: "did you mean '\(near)'?")
    }
    if kind.metrics.others == .none { return MetricKey.unknown(text, kind) }
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

  private func check(_ kind: EvidenceKind) throws(Malformed) {
    if !kind.metrics.others.areDescribed, let owner = MetricCatalogue.kind(of: metric), owner != kind {
      let isSectioned = owner.profiles.prefix != nil
      throw Malformed(
        message: "'\(text)' is a figure of \(owner.source)",
        hint: "write it under "
          + (isSectioned ? "`\(owner.section)`" : "`defaults` or `\(owner.section)`"))
    }
    guard let traits else { return try checkUnknown(kind) }
    guard traits.shape.has(statistic) else {
      throw Malformed(
        message: "'\(metric)' has no statistic '\(statistic)'",
        hint: "it has " + traits.shape.statistics.map(\.rawValue).joined(separator: ", "))
    }
  }

  /// A name of a namespace is never a custom metric, and some kinds have none.
  private func checkUnknown(_ kind: EvidenceKind) throws(Malformed) {
    if kind.metrics.others.areDescribed { return }
    for space in EvidenceKind.all.flatMap(\.metrics.namespaces) where metric.hasPrefix(space.prefix) {
      throw Malformed(
        message: "unknown \(space.noun.singular) in '\(text)'",
        hint: "\(space.noun.plural) are " + space.members.joined(separator: ", "))
    }
    if kind.metrics.others == .none { throw MetricKey.unknown(metric, kind) }
  }

  private static func unknown(_ metric: String, _ kind: EvidenceKind) -> Malformed {
    Malformed(
      message: "\(kind.section) have no metric '\(metric)'",
      hint: "they have " + kind.metrics.all.map(\.name).joined(separator: ", "))
  }
}
