internal import SLOModel

/// The three shapes a metric has in k6's summaries: flat in the legacy export, with `type` and `values` in
/// `handleSummary` data, and the same with its name inside in the machine-readable summary.
enum K6Shape {
  case legacy
  case handleSummary
  case machineReadable

  /// Reads one member of a `metrics` object; which of the two shapes it has is seen from the member itself.
  static func metric(_ member: JSONObject.Member) throws(InputError) -> K6Metric {
    let object = try member.value.object()
    try PowerShellText.refuse(in: object)
    let shape: K6Shape = isNested(object) ? .handleSummary : .legacy
    return try shape.metric(named: member.key, object)
  }

  /// Reads one element of a machine-readable summary's `metrics` array.
  static func metric(element: JSONValue) throws(InputError) -> K6Metric {
    if let error = try PowerShellText.error(at: element) { throw error }
    let object = try element.object()
    try PowerShellText.refuse(in: object)
    guard let name = try object.string("name") else {
      throw element.error(expected: "a metric with its \"name\"")
    }
    return try K6Shape.machineReadable.metric(named: name, object)
  }

  /// Whether an object has the form of a metric in a `metrics` object.
  static func isMetric(_ value: JSONValue) throws(InputError) -> Bool {
    guard value.kind == .object else { return false }
    let object = try value.object()
    if isNested(object) { return true }
    return object.members.contains {
      Statistic(spelled: $0.key) != nil && [.number, .null].contains($0.value.kind)
    }
  }

  /// Whether an object keeps its figures under `values`; its `type` may have been trimmed away.
  static func isNested(_ object: JSONObject) -> Bool { object["values"]?.kind == .object }

  /// Whether an object carries `type` and `values`.
  static func isTyped(_ object: JSONObject) -> Bool { object["type"]?.kind == .string && isNested(object) }

  private func metric(named name: String, _ object: JSONObject) throws(InputError) -> K6Metric {
    let values = try self == .legacy ? object : values(of: object)
    let name = ComposedText.composed(name)
    var metric = K6Metric(
      name: MetricName(parsing: name), spelling: name,
      kind: try K6Shape.declaredKind(object, self) ?? K6Shape.inferredKind(name, values),
      contents: try object.string("contains").flatMap(K6Metric.Contents.init))
    let figures = try K6Shape.figures(metric.kind, values)
    metric.statistics = figures.map { ($0.name, $0.value) }
    if metric.countsSamples, let count = values["count"] { try K6Shape.checkCount(try count.number(), count) }
    if metric.kind == .rate { metric.trials = try K6Shape.trials(values) }
    try K6Shape.checkPossible(figures, of: metric)
    metric.hidesThresholds = self == .machineReadable
    if self != .machineReadable, let thresholds = object["thresholds"] {
      metric.thresholds = try K6Shape.thresholds(thresholds)
    }
    return metric
  }

  private func values(of object: JSONObject) throws(InputError) -> JSONObject {
    guard let values = object["values"] else {
      throw object.value.error(
        found: "a metric without values", expected: "its \"values\"", remedy: "pass the file as k6 wrote it")
    }
    return try values.object()
  }

  /// The kind a metric says it has; nil where it says none and is to be seen from its keys.
  private static func declaredKind(_ object: JSONObject, _ shape: K6Shape) throws(InputError)
    -> SampledMetricType?
  {
    guard shape != .legacy, let type = object["type"] else { return nil }
    guard let kind = SampledMetricType(rawValue: try type.string()) else {
      throw type.error(expected: "trend, rate, counter or gauge")
    }
    return kind
  }

  /// Where there is no type it is seen from the keys, in this order. Built-in names settle what a
  /// user's trimming left open.
  private static func inferredKind(_ name: String, _ object: JSONObject) -> SampledMetricType {
    if object.contains("passes") && object.contains("fails") { return .rate }
    if let known = MetricCatalogue.traits(of: name), let kind = SampledMetricType(known.shape) { return kind }
    if object.contains("value") { return .gauge }
    return object.contains("count") && object.contains("rate") ? .counter : .trend
  }

  /// The statistics a kind of metric has besides a trend's percentiles; a rate's share
  /// has two names.
  private static func statistics(of kind: SampledMetricType) -> [Statistic] {
    switch kind {
    case .trend: [.average, .minimum, .median, .maximum, .count]
    case .rate: [.rate, .value]
    case .counter: [.count, .rate]
    case .gauge: [.value, .minimum, .maximum]
    }
  }

  /// The names nearly every summary uses, so that they need not be taken apart each time.
  private static let usual: [String: Statistic] = {
    let names = [
      "avg", "min", "med", "max", "count", "rate", "value", "p(90)", "p(95)", "p(99)", "p(99.9)", "p90",
      "p95",
    ]
    return Dictionary(names.compactMap { name in Statistic(spelled: name).map { (name, $0) } }) { first, _ in
      first
    }
  }()

  /// A figure and where it is.
  private typealias Figure = (name: Statistic, value: Double, place: JSONValue)

  private static func figures(
    _ kind: SampledMetricType, _ values: JSONObject
  ) throws(InputError) -> [Figure] {
    let known = statistics(of: kind)
    var found: [Figure] = []
    var seen: Set<Statistic> = []
    for member in values.members {
      guard let name = usual[member.key] ?? Statistic(spelled: member.key), !member.value.isNull else {
        continue
      }
      guard known.contains(name) || kind == .trend && name.percentile != nil,
        seen.insert(name).inserted
      else {
        continue
      }
      found.append((name, try member.value.number(), member.value))
    }
    return found
  }

  /// Of a rate with counts the share is not read, and a count alone may be a total of the script's own.
  private static func checkPossible(_ figures: [Figure], of metric: K6Metric) throws(InputError) {
    let isTotal = figures.map(\.name) == [.count] && MetricCatalogue.traits(of: metric.name.base) == nil
    for (name, value, place) in figures where metric.trials == nil && !isTotal {
      let unit = K6Reading.writtenTraits(of: metric).unit(of: name)
      try ImpossibleValue.check(value, in: metric.possibleValues(of: name), unit, at: place)
    }
  }

  /// Sums of counts are whole numbers that have to fit, and a double holds each only up to 2^53.
  private static func checkCount(_ count: Double, _ place: JSONValue) throws(InputError) {
    guard count > 0x1p53 else { return }
    throw place.error(
      found: "a count of \(count)", expected: "counts up to 2^53", remedy: "pass the file as k6 wrote it")
  }

  private static func trials(_ values: JSONObject) throws(InputError) -> K6Metric.Trials? {
    var trials: K6Metric.Trials?
    if let passes = try values.number("passes"), let fails = try values.number("fails") {
      trials = K6Metric.Trials(hits: passes, total: passes + fails)
    } else if let matches = try values.number("matches"), let total = try values.number("total") {
      trials = K6Metric.Trials(hits: matches, total: total)
    }
    if let trials { try checkCount(trials.total, values.value) }
    if let trials, trials.hits < 0 || trials.total < trials.hits {
      throw values.value.error(
        found: "a rate of \(trials.hits) in \(trials.total)", expected: "counts from 0 up",
        remedy: "pass the file as k6 wrote it")
    }
    return trials
  }

  /// In the legacy export `true` means the threshold was crossed; `{"ok": true}` means it held.
  private static func thresholds(_ value: JSONValue) throws(InputError) -> [K6Metric.Threshold] {
    var thresholds: [K6Metric.Threshold] = []
    for member in try value.object().members {
      let passed: Bool
      if member.value.kind == .object, let ok = try member.value.object()["ok"] {
        passed = try ok.boolean()
      } else {
        passed = try !member.value.boolean()
      }
      thresholds.append(K6Metric.Threshold(expression: member.key, passed: passed))
    }
    return thresholds
  }
}
