/// Raw samples that another tool wrote in another layout, put back into lines as k6 writes them: a JSON array of
/// samples, samples over many lines, a CSV file that a spreadsheet saved.
///
/// The bytes it is on never change, so that any thread may look at them.
struct RelaidText: @unchecked Sendable {
  /// One sample a line.
  private(set) var text: [UInt8] = []
  /// Where each line of it begins in the original.
  private(set) var starts: [Int] = []
  /// The text as it was found.
  let original: Bytes
  /// Whether the lines were the elements of a JSON array.
  let isArray: Bool

  /// What a person should know of the original's layout.
  var notice: String?

  /// Begins with no line.
  init(of original: Bytes, isArray: Bool = false) {
    self.original = original
    self.isArray = isArray
  }

  /// Adds a line without its end.
  mutating func append(_ line: some Sequence<UInt8>, from start: Int) {
    text.append(contentsOf: line)
    text.append(0x0A)
    starts.append(start)
  }

  /// Adds the beginning of a line that was cut off.
  mutating func append(cut line: some Sequence<UInt8>, from start: Int) {
    append(line, from: start)
    text.removeLast()
  }

  /// An error in a line, with its place in the original.
  func placed(_ error: InputError) -> InputError {
    guard case .text(let line, _, let path) = error.place, starts.indices.contains(line - 1) else {
      return error
    }
    let start = original.withBytes { JSONPlace.lineAndColumn(of: starts[line - 1], in: $0) }
    let inner = path.map { isArray ? "$[\(line - 1)]" + $0.dropFirst() : $0 }
    var placed = error
    placed.place = .text(line: start.line, column: start.column, path: inner)
    return placed
  }
}

/// Raw samples as JSON documents of any layout: the array that `jq -s` makes of k6's lines, or one document after
/// another, each over many lines.
enum SampleDocuments {
  /// Whether a value is a line of k6's.
  static func isSample(_ value: JSONValue) throws(InputError) -> Bool {
    guard value.kind == .object else { return false }
    let object = try value.object()
    guard let type = object["type"], type.kind == .string, object["data"]?.kind == .object else {
      return false
    }
    return ["Metric", "Point"].contains(try type.string())
  }

  /// The samples of an array; nil where its first element is none.
  static func relaid(array root: JSONValue, in text: Bytes) throws(InputError) -> RelaidText? {
    let elements = try root.elements()
    guard let first = elements.first, try isSample(first) else { return nil }
    var relaid = RelaidText(of: text, isArray: true)
    text.withBytes { text in
      for element in elements { relaid.append(oneLine(text[element.range]), from: element.offset) }
    }
    return relaid
  }

  /// The samples among the documents of a text; nil where the first document is none.
  static func relaid(_ found: EmbeddedJSON, in text: Bytes, file: String) throws(InputError) -> RelaidText? {
    if let first = found.parts.first?.range {
      let value = try JSONDocument(text, part: first, file: file).root
      return try isSample(value) ? relaid(found.parts, found.damage?.start, in: text, isArray: false) : nil
    }
    // An array that was cut off: what it has whole is read.
    guard let (fault, start) = found.damage, fault.reason == .truncated else { return nil }
    let inside = text.withBytes { EmbeddedJSON(in: $0, from: start + 1) }
    guard let first = inside.parts.first?.range,
      try isSample(JSONDocument(text, part: first, file: file).root)
    else { return nil }
    return relaid(inside.parts, inside.damage?.start ?? text.buffer.count, in: text, isArray: true)
  }

  private static func relaid(
    _ parts: [EmbeddedJSON.Part], _ cut: Int?, in text: Bytes, isArray: Bool
  ) -> RelaidText {
    var relaid = RelaidText(of: text, isArray: isArray)
    text.withBytes { text in
      for part in parts { relaid.append(oneLine(text[part.range]), from: part.range.lowerBound) }
      if let cut { relaid.append(cut: [UInt8(ascii: "{"), UInt8(ascii: "\"")], from: cut) }
    }
    return relaid
  }

  /// A valid JSON text without the blanks between its tokens.
  private static func oneLine(_ json: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(json.count)
    var (isString, isEscaped) = (false, false)
    for byte in json {
      if isString {
        line.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
      } else if byte != 0x20 && !(0x09...0x0D).contains(byte) {
        isString = byte == UInt8(ascii: "\"")
        line.append(byte)
      }
    }
    return line
  }
}
