internal import SLOModel

/// Facts in JSON: `{"schema": "slogate.facts/v1", "facts": [{"name": "cdn_hit_rate", "value": 0.93}]}`, or the list of
/// them alone. `docs/facts.md` describes the format.
struct FactDocument: EvidenceReader {
  static var kind: EvidenceKind { .fact }
  static let title = "a file of facts"

  static let schema = "slogate.facts/v1"

  /// The facts.
  private let facts: [JSONValue]
  /// The object around them; nil for a list alone.
  private var head: JSONObject?
  /// Whether the document says what it is: then a key that facts do not have is a mistake.
  private var isDeclared = false

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    switch root.kind {
    case .array:
      let facts = try root.elements()
      guard let first = facts.first, try isFact(first) else { return nil }
      return .results(FactDocument(facts: facts))
    case .object:
      let head = try root.object()
      if let schema = head["schema"], schema.kind == .string, case let name = try schema.string(),
        name.hasPrefix("slogate.facts/")
      {
        guard name == Self.schema else {
          throw schema.error(expected: "\"\(Self.schema)\"", remedy: "write the facts in that form")
        }
        return .results(FactDocument(facts: try listed(in: head), head: head, isDeclared: true))
      }
      if let list = head["facts"], list.kind == .array, let first = try list.elements().first,
        try isFact(first)
      {
        return .results(FactDocument(facts: try list.elements(), head: head))
      }
      return try isFact(root) ? .results(FactDocument(facts: [root])) : nil
    default: return nil
    }
  }

  private static func listed(in head: JSONObject) throws(InputError) -> [JSONValue] {
    guard let facts = head["facts"] else {
      throw head.value.error(
        found: "no \"facts\"", expected: "the list of facts under that key",
        remedy: "write \"facts\": [], with an object for each fact")
    }
    return try facts.elements()
  }

  /// Whether a value that does not say what it is can be nothing but a fact: it has a name, and a value that is a number
  /// or written as one, or a list of samples.
  static func isFact(_ value: JSONValue) throws(InputError) -> Bool {
    guard value.kind == .object, case let fact = try value.object(), fact["name"]?.kind == .string else {
      return false
    }
    if fact["samples"]?.kind == .array { return true }
    guard let number = fact["value"] else { return fact.contains("value") && fact["size"] == nil }
    // A Boolean is a mistake of one who wrote a fact, and is reported as that.
    guard number.kind == .string else { return number.kind == .number || number.kind == .boolean }
    return Double(try number.string().prefix { !"% ".contains($0) }) != nil
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let source = Reading.Source(path: file.path, format: "facts-json", sha256: try file.sha256())
    let document = (head?.value ?? facts.first)?.document
    var list = FactList(profile: profile, source: source, options) {
      document?.lineAndColumn(of: $0).line ?? 1
    }
    for fact in facts { try list.add(fact, isDeclared: isDeclared) }
    if let head { try list.addHead(head, isDeclared: isDeclared) }
    return [list.whole]
  }
}

/// Facts as JSON Lines: one object a line.
struct FactLines: EvidenceReader {
  static var kind: EvidenceKind { .fact }
  static let title = "a file of facts"

  private let text: Bytes

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    guard start.withBytes(mayBegin) else { return nil }
    let text = try file.text()
    guard let line = text.withBytes({ lines(of: $0).first { _ in true } }) else { return nil }
    let document = Result { () throws(InputError) in try JSONDocument(text, part: line, file: file.path) }
    guard case .success(let first) = document, try FactDocument.isFact(first.root) else { return nil }
    return .results(FactLines(text: text))
  }

  /// Whether the first line of a text may be a fact, by its keys.
  private static func mayBegin(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let start = text.first(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }),
      start == UInt8(ascii: "{"), let line = lines(of: text).first(where: { _ in true })
    else { return false }
    let first = UnsafeRawBufferPointer(rebasing: text[line])
    return first.contains("\"name\"".utf8)
      && (first.contains("\"value\"".utf8) || first.contains("\"samples\"".utf8))
  }

  /// The lines of a text that are not blank.
  private static func lines(of text: UnsafeRawBufferPointer) -> some Sequence<Range<Int>> {
    var at = 0
    return AnyIterator {
      while at < text.count {
        let end = text[at...].firstIndex(of: 0x0A) ?? text.count
        let line = at..<end
        at = end + 1
        if text[line].contains(where: { $0 > 0x20 }) { return line }
      }
      return nil
    }
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let source = Reading.Source(path: file.path, format: "facts-jsonl", sha256: try file.sha256())
    var list = FactList(profile: profile, source: source, options) { [text] offset in
      text.withBytes { JSONPlace.lineAndColumn(of: offset, in: $0).line }
    }
    let lines = text.withBytes { Array(FactLines.lines(of: $0)) }
    for line in lines {
      let document = try JSONDocument(text, part: line, file: file.path)
      try list.add(document.root, isDeclared: false, at: line.lowerBound)
    }
    return [list.whole]
  }
}
