internal import SLOModel
internal import SLOSupport

/// A report of bundle sizes, in any of the formats that tools write.
struct SizeReport: EvidenceReader {
  static var kind: EvidenceKind { .size }
  static let title = "a report of bundle sizes"

  private let content: Content

  private enum Content {
    case document(SizeFormat, JSONValue)
    case buildLog
  }

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    start.withBytes(BuildLog.begins) ? .results(SizeReport(content: .buildLog)) : nil
  }

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    for format in SizeFormat.all where try format.recognises(root) {
      return .results(SizeReport(content: .document(format, root)))
    }
    return nil
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let (name, run) =
      switch content {
      case .document(let format, let root): (format.name, try format.run(root))
      case .buildLog: (BuildLog.name, try BuildLog.run(of: file))
      }
    let source = Reading.Source(path: file.path, format: name, sha256: try file.sha256())
    return [run.reading(from: source, profile: profile)]
  }

  static func joined(_ readings: [Reading]) -> [Reading] { SizeRun.joined(readings) }
}

/// One JSON format of sizes.
struct SizeFormat: Sendable {
  /// As readings name it.
  let name: String
  /// Whether a document is of the format.
  let recognises: @Sendable (JSONValue) throws(InputError) -> Bool
  /// Reads a document of the format.
  let run: @Sendable (JSONValue) throws(InputError) -> SizeRun

  /// Every format, in the order in which they are tried.
  static let all = [failedRun, bundleWatch, webpack, esbuild, visualizer, list]
}

extension JSONValue {
  /// A size in bytes. Nothing is larger than 2^53 bytes, so that sums stay exact.
  func size() throws(InputError) -> Double { try possible(upTo: 0x1p53, .bytes) }

  /// A time in seconds, as milliseconds.
  func seconds() throws(InputError) -> Double { try possible(upTo: 1e9, .milliseconds) * 1_000 }

  private func possible(upTo limit: Double, _ unit: MetricUnit) throws(InputError) -> Double {
    // Old releases of some tools write numbers as texts.
    let written = kind == .string ? Double(try string()) : nil
    let value = if let written, written.isFinite { written } else { try number() }
    try ImpossibleValue.check(value, in: unit.possibleValues, unit, at: self)
    if value > limit { throw error(expected: unit == .bytes ? "at most 2^53 bytes" : "at most 30 years") }
    return value + 0  // never -0
  }
}

extension JSONObject {
  /// A size under a key; nil where there is none.
  func size(_ name: StaticString) throws(InputError) -> Double? { try self[name]?.size() }

  /// The list under a key; nil where there is none or it is something else.
  func list(_ name: StaticString) throws(InputError) -> [JSONValue]? {
    guard let value = self[name], value.kind == .array else { return nil }
    return try value.elements()
  }
}
