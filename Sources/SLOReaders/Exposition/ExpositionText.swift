internal import SLOModel
internal import SLOSupport

/// The text that a system shows of its metrics, in the format of Prometheus or OpenMetrics.
struct ExpositionText: SnapshotReader {
  static var kind: EvidenceKind { .snapshot }
  static let title = "a text of metrics in the format of Prometheus or OpenMetrics"
  static let mayRepeat = true

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    if start.withBytes(isProtobuf) { throw protobuf(file.path) }
    return start.withBytes(isExposition) ? .results(ExpositionText()) : nil
  }

  static func readings(
    ofSnapshots snapshots: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var table = MetricTable()
    var files: [MetricFile] = []
    for (_, file) in snapshots {
      let text = try file.text()
      files.append(
        try text.withBytes { text throws(InputError) in
          try ExpositionParser.content(of: text, file: file.path, &table)
        })
    }
    table.close()
    let source = try Reading.Source(of: snapshots.map(\.file), format: "prometheus-text")
    let run = MetricRun(files, table, isTimed: false)
    return [try SnapshotReading.reading(of: run, source: source, profile: profile, options)]
  }

  /// Whether a text states types or is made of samples alone, as far as its beginning shows.
  private static func isExposition(_ text: UnsafeRawBufferPointer) -> Bool {
    var samples = 0
    var isLabelled = false
    let lines = text.split(separator: 0x0A, maxSplits: 400, omittingEmptySubsequences: true)
    // Of a long text the last line is the rest, cut off by the end of what is looked at.
    for line in text.count < 16_000 && lines.count < 400 ? lines[...] : lines.dropLast() {
      let line = line.drop { $0 == 0x20 || $0 == 0x09 }
      guard let first = line.first, first != 0x0D else { continue }
      if first == UInt8(ascii: "#") {
        if ["# HELP ", "# TYPE ", "# UNIT "].contains(where: { line.starts(with: $0.utf8) }) { return true }
        continue
      }
      let name = line.prefix { $0.isNamePart || $0 == UInt8(ascii: ":") }
      let rest = line[name.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
      let hasLabels = rest.first == UInt8(ascii: "{")
      guard !first.isDigit, hasLabels ? isLabels(rest, of: name) : isNumber(rest) && !name.isEmpty else {
        return false
      }
      isLabelled = isLabelled || hasLabels || name.contains(UInt8(ascii: "_"))
      samples += 1
    }
    return samples > 0 && isLabelled
  }

  /// `{label="…` or `{}` behind a name, or `{"name"…` without one.
  private static func isLabels(
    _ text: Slice<UnsafeRawBufferPointer>, of name: Slice<UnsafeRawBufferPointer>
  ) -> Bool {
    let inside = skipBlanks(text.dropFirst())
    guard inside.first != UInt8(ascii: "}") else { return !name.isEmpty }
    if inside.first == 0x22 {
      // An object of JSON begins so as well, and goes on with a colon.
      let behind = skipBlanks(inside.dropFirst().drop { $0 != 0x22 }.dropFirst())
      return behind.first == UInt8(ascii: ",") || behind.first == UInt8(ascii: "}")
        || !name.isEmpty && behind.first == UInt8(ascii: "=")
    }
    let behind = skipBlanks(inside.drop { $0.isNamePart })
    return !name.isEmpty && behind.startIndex > inside.startIndex && behind.first == UInt8(ascii: "=")
      && skipBlanks(behind.dropFirst()).first == 0x22
  }

  private static func skipBlanks(_ text: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    text.drop { $0 == 0x20 || $0 == 0x09 }
  }

  private static func isNumber(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
    let word = text.prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    return ExposedNumber.value(of: word) != nil
  }

  /// Whether bytes begin as the delimited messages of Prometheus' binary format: a length, then the field 1 with a name.
  private static func isProtobuf(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let length = bytes.prefix(5).prefix { $0 >= 0x80 }.count + 1
    guard bytes.count > length + 8, bytes[length] == 0x0A, case let count = Int(bytes[length + 1]),
      (1..<0x80).contains(count),
      length + 3 + count < bytes.count
    else { return false }
    let name = bytes[(length + 2)..<(length + 2 + count)]
    let next = bytes[length + 2 + count]
    return name.allSatisfy { $0.isNamePart || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
      && (next == 0x12 || next == 0x18 || next == 0x22)
  }

  private static func protobuf(_ path: String) -> InputError {
    InputError(
      .malformed, file: path, found: "metrics in Prometheus' binary format (protobuf)",
      expected: "metrics as text",
      remedy: "ask for text: curl -H 'Accept: text/plain; version=0.0.4'")
  }
}
