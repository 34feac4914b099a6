internal import CLibYAML
internal import SLOModel

/// One event of libyaml's, its text copied out.
struct YAMLEvent {
  var kind: yaml_event_type_t
  var place: Place
  var text = ""
  var isPlain = false
  var anchor: String?
  var tag: String?
}

/// libyaml's parser over one text.
///
/// The parser keeps pointers into itself, so it lives at a fixed address, together with the bytes it reads.
final class YAMLEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let text: YAMLText

  /// - Throws: when memory is short.
  init(_ text: YAMLText) throws(BudgetProblem) {
    self.text = text
    parser = .allocate(capacity: 1)
    input = .allocate(capacity: text.bytes.count)
    _ = input.initialize(from: text.bytes)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      throw BudgetProblem("no memory is left to read it", at: Place(file: text.file))
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event; after the last one, events without kind.
  /// - Throws: a syntax error with its place.
  func next() throws(BudgetProblem) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxProblem() }
    defer { yaml_event_delete(&event) }
    return YAMLEvents.copy(event, file: text.file)
  }

  private static func copy(_ event: yaml_event_t, file: String) -> YAMLEvent {
    var copy = YAMLEvent(kind: event.type, place: place(event.start_mark, file: file))
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      copy.text = ComposedText.composed(
        String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self))
      copy.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      (copy.anchor, copy.tag) = (string(scalar.anchor), string(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      (copy.anchor, copy.tag) = (
        string(event.data.sequence_start.anchor), string(event.data.sequence_start.tag)
      )
    case YAML_MAPPING_START_EVENT:
      (copy.anchor, copy.tag) = (
        string(event.data.mapping_start.anchor), string(event.data.mapping_start.tag)
      )
    case YAML_ALIAS_EVENT:
      copy.anchor = string(event.data.alias.anchor)
    default:
      break
    }
    return copy
  }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  private static func place(_ mark: yaml_mark_t, file: String) -> Place {
    Place(file: file, line: mark.line + 1, column: mark.column + 1)
  }

  private func syntaxProblem() -> BudgetProblem {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "no memory is left"
    if parser.pointee.error == YAML_READER_ERROR {
      return BudgetProblem(
        "is no YAML: \(problem)",
        at: text.place(ofByte: text.bytes.startIndex + parser.pointee.problem_offset))
    }
    let place = place(ofProblem: parser.pointee.problem_mark)
    if text.byte(atLine: place.line, column: place.column) == 9 {
      return BudgetProblem("a tab is where YAML needs spaces", at: place, hint: "indent with spaces")
    }
    return BudgetProblem("is no YAML: \(problem)\(context)", at: place, hint: hint(for: problem))
  }

  /// What the parser was at, and where that began.
  private var context: String {
    guard let context = parser.pointee.context else { return "" }
    let line = parser.pointee.context_mark.line
    let start = line == parser.pointee.problem_mark.line ? "" : " begun on line \(line + 1)"
    return " \(String(cString: context))\(start)"
  }

  /// The parser stops one line below a text that ends too early; people look at its end.
  private func place(ofProblem mark: yaml_mark_t) -> Place {
    let isAtEnd = mark.index >= text.bytes.count { $0 & 0xC0 != 0x80 }
    return isAtEnd ? text.place(ofByte: text.bytes.endIndex) : YAMLEvents.place(mark, file: text.file)
  }

  private func hint(for problem: String) -> String? {
    switch problem {
    case "mapping values are not allowed in this context":
      "check the indentation, and quote a text that holds a colon followed by a blank"
    case "found character that cannot start any token":
      "quote a text that begins with @, `, % or a tab"
    case "did not find expected key", "did not find expected ',' or '}'":
      "check the indentation and the braces; quote keys and texts that begin with * & ! > { ["
    case "did not find expected alphabetic or numeric character":
      "quote the key \"*\" and globs that begin with it"
    default: nil
    }
  }
}
