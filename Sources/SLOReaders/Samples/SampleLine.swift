import Glibc

/// One line of k6's NDJSON, read by the general parser: any order of keys, any spacing.
enum SampleLine {
  /// `{"type":"Metric",…}`.
  case declaration
  /// `{"type":"Point",…}`.
  case point(Point)
  /// An object that k6 did not write as a sample: a log line, or a summary that the script writes to standard output.
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
  /// Where it is in its document.
  var range: Range<Int> { offset..<document.end(ofValueAt: offset) }
}

/// A JSON object whose keys and values are plain strings without escapes, as tags nearly always are.
enum FlatObject {
  /// More members than this are left to the general parser.
  private static let memberLimit = 32

  /// Proves that such an object stands at an offset, without a blank and without a key twice.
  /// - Returns: the offset behind it; nil where something else is there, which may well be JSON.
  static func end(_ base: UnsafePointer<UInt8>, at start: Int, limit: Int) -> Int? {
    guard start + 1 < limit, base[start] == UInt8(ascii: "{") else { return nil }
    if base[start + 1] == UInt8(ascii: "}") { return start + 2 }
    return withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: memberLimit) { keys in
      var at = start + 1
      for count in 0..<memberLimit {
        guard let key = plainString(base, at, limit), key + 1 < limit, base[key] == UInt8(ascii: ":"),
          let value = plainString(base, key + 1, limit), value < limit
        else { return nil }
        keys[count] = at..<key
        for other in keys[..<count]
        where other.count == key - at && memcmp(base + other.lowerBound, base + at, key - at) == 0 {
          return nil
        }
        if base[value] == UInt8(ascii: "}") { return value + 1 }
        guard base[value] == UInt8(ascii: ",") else { return nil }
        at = value + 1
      }
      return nil
    }
  }

  /// The offset behind a string of plain ASCII.
  @inline(__always)
  private static func plainString(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    guard start < limit, base[start] == UInt8(ascii: "\"") else { return nil }
    let end = JSONScanner.skipPlain(base, start + 1, limit)
    return end < limit && base[end] == UInt8(ascii: "\"") ? end + 1 : nil
  }
}

/// What k6 writes for people on standard output, where `--out json=-` writes samples too: its banner before them,
/// its progress between them, and its summary behind them.
enum ConsoleLine {
  /// Whether a line is none of samples, nor what is left of one. In its summary k6 puts the tags of sub-metrics
  /// in braces, without quotes; a script may write a summary of its own.
  static func isOne(_ line: UnsafeRawBufferPointer) -> Bool {
    let start = line.lazy.filter { !isBlank($0) }.prefix(2)
    guard let first = start.first else { return true }
    if first == UInt8(ascii: "{"), let second = start.dropFirst().first {
      if second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") { return false }
    } else if first == UInt8(ascii: "{") {
      return line.last == UInt8(ascii: "\n")
    }
    return !(["\"type\":", "\"tags\":", "\"value\":"] as [StaticString]).contains { line[...].contains($0) }
  }

  /// Whether a line has nothing to show.
  static func isBlank(_ line: UnsafeRawBufferPointer) -> Bool { line.allSatisfy(isBlank) }

  /// Whether a line may stand between samples: k6's progress, and its log where both streams go to one file.
  static func isProgress(_ line: UnsafeRawBufferPointer) -> Bool {
    let beginnings = ["running (", "time=\"", "INFO[", "WARN[", "ERRO[", "DEBU["]
    return isBlank(line) || beginnings.contains { line.starts(with: $0.utf8) } || line[...].contains("% ]")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
