/// The JSON documents in a text that is not one document: what a tool or a shell printed before and behind it, or
/// one document after another.
///
/// A document begins where an object or a list of objects does, and inside no other one. A text that only has
/// braces in it (`{ endpoint:search }`, `[=====>]`, `INFO[0001]`) begins none.
struct EmbeddedJSON {
  /// One document.
  struct Part {
    /// Where it is in the text.
    var range: Range<Int>
    /// Whether what is before it says that it is a part of a document whose beginning is lost.
    var isFragment: Bool
  }

  /// The documents in the order of the text.
  private(set) var parts: [Part] = []
  /// The first document that is damaged or cut off, and where it begins; behind it nothing was looked for.
  private(set) var damage: (fault: JSONFault, start: Int)?
  /// Whether anything but blanks stands around the documents.
  private(set) var hasText = false

  /// Looks through a text from an offset on.
  init(in text: UnsafeRawBufferPointer, from start: Int = 0) {
    var at = start
    while damage == nil, let start = EmbeddedJSON.opening(in: text, from: at) {
      guard EmbeddedJSON.isDocument(text, at: start) else {
        at = start + 1
        hasText = true
        continue
      }
      noteText(text[at..<start])
      at = look(at: start, in: text)
    }
    if damage == nil { noteText(text[min(at, text.count)...]) }
  }

  /// - Returns: where to look on.
  private mutating func look(at start: Int, in text: UnsafeRawBufferPointer) -> Int {
    do throws(JSONFault) {
      let end = try JSONValidator.end(ofContainerAt: start, in: text)
      parts.append(Part(range: start..<end, isFragment: EmbeddedJSON.isInside(text, at: start)))
      return end
    } catch {
      hasText = true
      let beginsLine =
        EmbeddedJSON.previous(text, before: start, over: EmbeddedJSON.isSpace)
        .map { text[$0] == UInt8(ascii: "\n") } ?? true
      if beginsLine || error.reason == .truncated { damage = (error, start) }
      return max(start + 1, error.offset)
    }
  }

  private mutating func noteText(_ text: Slice<UnsafeRawBufferPointer>) {
    if !hasText, !text.allSatisfy(EmbeddedJSON.isBlank) { hasText = true }
  }
}

extension EmbeddedJSON {
  /// The damage as a message about a file; nil where there is none.
  func inputError(file: String, text: UnsafeRawBufferPointer) -> InputError? {
    guard let (fault, start) = damage else { return nil }
    let part = UnsafeRawBufferPointer(rebasing: text[start...])
    return JSONFault(reason: fault.reason, offset: fault.offset - start).inputError(file: file, text: part)
      .shifted(to: JSONPlace.lineAndColumn(of: start, in: text))
  }

  /// The first bracket that opens something.
  private static func opening(in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    text[min(start, text.count)...].firstIndex { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
  }

  /// Whether a document may begin at a bracket: an object with its first key, or a list of those.
  private static func isDocument(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    guard let next = text[(start + 1)...].firstIndex(where: { !isBlank($0) }) else { return false }
    if text[start] == UInt8(ascii: "{") { return text[next] == UInt8(ascii: "\"") }
    return text[next] == UInt8(ascii: "{") && isDocument(text, at: next)
  }

  /// Whether a comma, or a key and its colon, stands before a document.
  private static func isInside(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    guard let mark = previous(text, before: start, over: isBlank) else { return false }
    if text[mark] == UInt8(ascii: ",") { return true }
    guard text[mark] == UInt8(ascii: ":") else { return false }
    return previous(text, before: mark, over: isBlank).map { text[$0] == UInt8(ascii: "\"") } ?? false
  }

  private static func previous(
    _ text: UnsafeRawBufferPointer, before start: Int, over isSkipped: (UInt8) -> Bool
  ) -> Int? {
    text[..<start].lastIndex { !isSkipped($0) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x0A || isSpace(byte) }
}

/// What PowerShell's `ConvertTo-Json` writes of objects that lie deeper than its `-Depth`: the text `@{avg=1; min=2}`
/// in place of the object, so that its figures are lost.
enum PowerShellText {
  /// How deep a document is searched. PowerShell cuts at 2 by default.
  private static let depthLimit = 6

  /// An error at a value that is such a text; nil for any other value.
  static func error(at value: JSONValue) throws(InputError) -> InputError? {
    guard value.kind == .string, case let text = try value.string(), isOne(text) else { return nil }
    return value.error(
      found: "the text \(UntrustedText.quoted(text)), which PowerShell writes in place of an object",
      expected: "the object itself", remedy: "write the file with ConvertTo-Json -Depth 100")
  }

  /// Refuses an object with a member that is such a text.
  static func refuse(in object: JSONObject) throws(InputError) {
    for value in object.values where value.kind == .string {
      if let error = try error(at: value) { throw error }
    }
  }

  /// Refuses such a text in place of a list, or of an element of it.
  static func refuse(inList value: JSONValue?) throws(InputError) {
    guard let value else { return }
    if let error = try error(at: value) { throw error }
    guard value.kind == .array else { return }
    for element in try value.elements() where element.kind == .string {
      if let error = try error(at: element) { throw error }
    }
  }

  /// An error at the first such text in a document; nil where there is none.
  static func error(in value: JSONValue, depth: Int = 0) throws(InputError) -> InputError? {
    switch value.kind {
    case .string: return try error(at: value)
    case .object where depth < depthLimit:
      for value in try value.object().values {
        if let error = try error(in: value, depth: depth + 1) { return error }
      }
    case .array where depth < depthLimit:
      for element in try value.elements() {
        if let error = try error(in: element, depth: depth + 1) { return error }
      }
    default: break
    }
    return nil
  }

  private static func isOne(_ text: String) -> Bool {
    text.hasPrefix("@{") && (text.contains("=") || text == "@{}")
      || ["System.Collections.Hashtable", "System.Object[]", "System.Management.Automation.PSCustomObject"]
        .contains(text)
  }
}
