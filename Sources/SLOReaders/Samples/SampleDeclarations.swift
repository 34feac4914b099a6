import SLOModel

/// What the lines of a file declare: metrics by their names, and the parts of them that have thresholds.
struct SampleDeclarations {
  /// The metrics by name.
  private(set) var metrics: [String: MetricDeclaration] = [:]
  /// The sub-metrics of each metric that has some, each once.
  private(set) var subMetrics: [String: Set<MetricName>] = [:]
  /// The expressions of thresholds, by the metric or sub-metric they are set on.
  private(set) var thresholds: [MetricName: [String]] = [:]

  /// Nothing is declared.
  init() {}

  /// Reads the lines.
  /// - Throws: `malformed` where a metric is declared twice, for k6 declares each once a run.
  init(_ lines: [[UInt8]], file: String) throws(InputError) {
    var seen: Set<String> = []
    for line in lines {
      let declaration = try MetricDeclaration(line, file: file)
      guard seen.insert(declaration.name).inserted else {
        throw SampleDeclarations.twice(declaration.name, file)
      }
      add(declaration)
    }
  }

  /// Whether nothing is declared.
  var isEmpty: Bool { metrics.isEmpty && subMetrics.isEmpty }

  /// The kind of a metric; nil where it is not declared.
  func kind(of metric: String) -> SampledMetricType? { metrics[metric]?.kind }

  /// The samples that sub-metrics select.
  var selections: [SampleDemand.Selection] {
    subMetrics.values.joined().map {
      SampleDemand.Selection(metric: $0.base, tags: $0.tags.mapValues(EndpointPattern.exactly))
    }
  }

  /// The same with the names that endpoints have: a script may write an address where samples have its path.
  func named(by rules: NamingRules) -> SampleDeclarations {
    func named(_ name: MetricName) -> MetricName {
      let tags = name.tags.map { (ComposedText.composed($0), TagName.text($0, $1, by: rules)) }
      return MetricName(
        base: ComposedText.composed(name.base), tags: Dictionary(tags) { first, _ in first })
    }
    var renamed = self
    renamed.subMetrics = subMetrics.mapValues { Set($0.map(named)) }
    renamed.thresholds = thresholds.reduce(into: [:]) { $0[named($1.key), default: []] += $1.value }
    return renamed
  }

  /// Adds what another file of the same run declares.
  mutating func formUnion(_ other: SampleDeclarations) {
    metrics.merge(other.metrics) { own, _ in own }
    subMetrics.merge(other.subMetrics) { $0.union($1) }
    thresholds.merge(other.thresholds) { own, further in own + further.filter { !own.contains($0) } }
  }

  /// The percentiles that thresholds on a metric or sub-metric speak of.
  func percentiles(of name: MetricName) -> [Statistic] {
    (thresholds[name] ?? []).compactMap { ThresholdExpression($0)?.statistic }
      .filter { $0.percentile != nil }
  }

  /// A name with tags declares a part of a metric.
  private mutating func add(_ declaration: MetricDeclaration) {
    let name = MetricName(parsing: declaration.name)
    if name.tags.isEmpty { metrics[declaration.name] = declaration } else { add(name) }
    thresholds[name, default: []] += declaration.thresholds
    for part in declaration.subMetrics {
      let sub = MetricName(base: name.base, tags: name.tags.merging(part.tags) { _, own in own })
      add(sub)
      thresholds[sub, default: []] += part.thresholds
    }
  }

  private mutating func add(_ subMetric: MetricName) {
    subMetrics[subMetric.base, default: []].insert(subMetric)
  }

  private static func twice(_ metric: String, _ file: String) -> InputError {
    InputError(
      .malformed, file: file,
      found: "a second declaration of \(UntrustedText.quoted(metric)): several runs",
      expected: "one run a file", remedy: "pass the file of each run by itself; they are repetitions")
  }
}

/// What a line `{"type":"Metric",…}` says of a metric.
struct MetricDeclaration {
  var name: String
  var kind: SampledMetricType
  var contents: K6Metric.Contents?
  /// The expressions of its thresholds; no line has their outcome.
  var thresholds: [String]
  /// Its sub-metrics.
  var subMetrics: [SubMetric]

  /// A part of a metric that the script has a threshold on. k6 does not write the expressions with it.
  struct SubMetric {
    var tags: [String: String]
    var thresholds: [String]
  }

  /// Reads a line that `SampleLine` read before.
  init(_ line: [UInt8], file: String) throws(InputError) {
    let root = try JSONDocument(Bytes(line), file: file).root
    guard let data = try root.object().object("data") else {
      throw root.error(expected: "\"data\" of a metric")
    }
    try self.init(data)
  }

  /// Reads the `data` of a line.
  /// - Throws: `malformed` for a declaration without name or type.
  init(_ data: JSONObject) throws(InputError) {
    guard let name = try data.string("name"), let type = data["type"] else {
      throw data.value.error(
        found: "a declaration without name or type", expected: "\"name\" and \"type\" of a metric",
        remedy: "pass the file that k6 run --out json=FILE writes")
    }
    guard let kind = SampledMetricType(rawValue: try type.string()) else {
      throw type.error(expected: "trend, rate, counter or gauge")
    }
    self.name = name
    self.kind = kind
    contents = try data.string("contains").flatMap(K6Metric.Contents.init)
    thresholds = try MetricDeclaration.thresholds(data)
    subMetrics = try (data["submetrics"]?.elements() ?? []).map(SubMetric.init)
  }

  fileprivate static func thresholds(_ data: JSONObject) throws(InputError) -> [String] {
    try (data["thresholds"]?.elements() ?? []).map(expression)
  }

  /// A threshold is its expression, or an object with it and its options.
  private static func expression(_ value: JSONValue) throws(InputError) -> String {
    if value.kind == .object, let expression = try value.object().string("threshold") { return expression }
    return try value.string()
  }
}

extension MetricDeclaration.SubMetric {
  fileprivate init(_ value: JSONValue) throws(InputError) {
    let object = try value.object()
    var tags: [String: String] = [:]
    for member in try object.object("tags")?.members ?? [] { tags[member.key] = try member.value.string() }
    self.tags = tags
    thresholds = try MetricDeclaration.thresholds(object)
  }
}
