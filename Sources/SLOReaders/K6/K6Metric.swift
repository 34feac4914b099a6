internal import SLOModel
internal import SLOStatistics

/// One metric of a k6 summary, whatever shape the file has, before it is named and judged fit.
struct K6Metric {
  /// What kind of values a metric holds, as its script declared.
  enum Contents: String {
    case time
    case data
    case `default`
  }

  /// Counted trials of a rate.
  struct Trials: Equatable {
    /// Samples that were non-zero: for `http_req_failed` the failed requests.
    var hits: Double
    /// All samples.
    var total: Double
  }

  /// A threshold of the script.
  struct Threshold: Equatable {
    /// As the script wrote it.
    var expression: String
    /// Whether it held; nil where the format does not say.
    var passed: Bool?
  }

  /// An endpoint, and the tag that names it.
  struct Endpoint: Hashable {
    var name: String
    var tag: String
    /// The address behind the name, where one named it.
    var address: EndpointAddress?
  }

  /// The name taken apart.
  var name: MetricName
  /// The name as the file spells it.
  var spelling: String
  /// The endpoint it belongs to where that is known besides the name, as of raw samples.
  var endpoint: Endpoint?
  /// Whether its tags may name an endpoint; not where they repeat a part of one.
  var mayBeEndpoint = true
  /// Trend, rate, counter or gauge.
  var kind: SampledMetricType
  /// Nil where the shape does not say.
  var contents: Contents?
  /// The statistics that have a value, in the file's order.
  var statistics: [(name: Statistic, value: Double)] = []
  /// Counts of a rate.
  var trials: Trials?
  /// The script's thresholds.
  var thresholds: [Threshold] = []
  /// Whether any sample can belong to it: not to what raw samples declare and never have.
  var isSampled = true
  /// Whether the file may have thresholds on the metric without telling them.
  var hidesThresholds = false
  /// The distribution of a trend's samples in the canonical unit, where every one of them is known.
  var sketch: QuantileSketch?

  /// A statistic's value.
  func value(_ statistic: Statistic) -> Double? { statistics.first { $0.name == statistic }?.value }

  /// Whether a script may have asked for the metric by a threshold, so that k6 writes it without a sample too.
  var isAskedFor: Bool { hidesThresholds || !thresholds.isEmpty || !name.tags.isEmpty }

  /// Whether its `count` is a number of samples, and not a total that a script may drive anywhere.
  var countsSamples: Bool {
    kind == .trend || kind == .counter && MetricCatalogue.traits(of: name.base)?.unit == .count
  }

  /// The values one of its figures can have. What a script of its own counts or calls no time may be anything.
  func possibleValues(of statistic: Statistic) -> ClosedRange<Double> {
    let unit = K6Reading.writtenTraits(of: self).unit(of: statistic)
    let isKnown = MetricCatalogue.traits(of: name.base)?.shape == kind.shape
    if isKnown, unit == .unitless { return 0...Double.infinity }
    let isTotal = kind == .counter && (unit == .count || unit == .perSecond)
    return (!isKnown && isTotal ? MetricUnit.unitless : unit).possibleValues
  }

  /// Whether two metrics say the same but for their spelling and thresholds.
  func agrees(with other: K6Metric) -> Bool {
    let mine = Dictionary(statistics.map { ($0.name, $0.value) }) { first, _ in first }
    let theirs = Dictionary(other.statistics.map { ($0.name, $0.value) }) { first, _ in first }
    return kind == other.kind && trials == other.trials && mine == theirs
  }
}
