internal import SLOModel

/// What a line `{"type":"Metric",…}` says of a metric.
struct MetricDeclaration {
  var name: String
  var kind: SampledMetricType
  var contents: K6Metric.Contents?
  /// The expressions of its thresholds; their outcome no line tells.
  var thresholds: [String]
  /// Its sub-metrics.
  var subMetrics: [SubMetric]

  /// A part of a metric that the script has a threshold on. k6 does not write the expressions beside it.
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
