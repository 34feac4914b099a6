/// One line of k6's NDJSON, read by the general parser: any order of keys, any spacing.
enum SampleLine {
  /// `{"type":"Metric",…}`.
  case declaration
  /// `{"type":"Point",…}`.
  case point(Point)
  /// An object of somebody else: a log line, or a summary that the script writes to standard output.
  case stranger

  /// A sample, and where in the line its parts stand.
  struct Point {
    /// The metric's name.
    var metric: String
    /// Nanoseconds since 1970.
    var time: Int64
    /// The value.
    var value: Double
    /// The bytes between the quotes of the time.
    var timeRange: Range<Int>
    /// The bytes of the number.
    var valueRange: Range<Int>
    /// The object of the tags; nil where there is none, or `null`.
    var tagsRange: Range<Int>?
    /// The object of what is no tag; nil where there is none, or `null`.
    var metadataRange: Range<Int>?
  }

  /// Reads a line.
  /// - Throws: `malformed` for what is no JSON, or no line of k6's.
  init(_ line: Bytes, file: String, clock: inout SampleTime) throws(InputError) {
    let root = try JSONDocument(line, file: file).root
    let object = try root.object()
    if !object.contains("type"), !object.contains("data"), !object.contains("metric"), !object.isEmpty {
      self = .stranger
      return
    }
    guard let type = object["type"], let data = try object.object("data") else {
      throw SampleLine.stranger(root)
    }
    switch try type.string() {
    case "Metric":
      _ = try MetricDeclaration(data)
      self = .declaration
    case "Point": self = .point(try Point(object, data, line, &clock))
    default: throw SampleLine.stranger(type)
    }
  }

  private static func stranger(_ value: JSONValue) -> InputError {
    value.error(
      found: "a line of another kind", expected: #""type":"Metric" or "type":"Point", as k6 writes them"#,
      remedy: "pass the file that k6 run --out json=FILE writes")
  }
}

extension SampleLine.Point {
  fileprivate init(
    _ object: JSONObject, _ data: JSONObject, _ line: Bytes, _ clock: inout SampleTime
  ) throws(InputError) {
    let metric = try SampleLine.member("metric", of: object)
    let time = try SampleLine.member("time", of: data)
    let value = try SampleLine.member("value", of: data)
    self.metric = try metric.string()
    _ = try time.string()
    let timeRange = time.range.lowerBound + 1..<time.range.upperBound - 1
    let nanoseconds = line.withBytes {
      clock.nanoseconds(
        rfc3339: UnsafeRawBufferPointer(rebasing: $0[timeRange]).assumingMemoryBound(to: UInt8.self))
    }
    guard let nanoseconds else { throw time.error(expected: "a time such as 2026-11-20T23:17:12.740025082Z") }
    self.time = nanoseconds
    self.timeRange = timeRange
    self.value = try value.number()
    valueRange = value.range
    metadataRange = data["metadata"]?.range
    guard let tags = data["tags"] else { return }
    for member in try tags.object().members { _ = try member.value.string() }
    tagsRange = tags.range
  }
}

extension SampleLine {
  fileprivate static func member(_ name: StaticString, of object: JSONObject) throws(InputError) -> JSONValue
  {
    if let value = object[name] { return value }
    throw object.value.error(
      found: "a sample without \"\(name)\"", expected: "metric, time and value in every line",
      remedy: "pass the file that k6 run --out json=FILE writes")
  }
}

extension JSONValue {
  /// Where it stands in its document.
  var range: Range<Int> { offset..<document.end(ofValueAt: offset) }
}
