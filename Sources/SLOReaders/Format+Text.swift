/// Results in a text that is more than one JSON document: behind a tool's banner or the lines of npm and docker, with a
/// log behind them, or one after another.
extension Format {
  /// Recognises what the documents of a text are. With other text around it a file has one result: of several, which
  /// one is meant is not known.
  /// - Parameter fault: why the text is no document.
  init(text: Bytes, of source: SourceFile, noDocument fault: InputError) throws(InputError) {
    let file = fault.file
    let found = text.withBytes { EmbeddedJSON(in: $0) }
    if let samples = try SampleDocuments.relaid(found, in: text, file: file) {
      source.relaid = samples
      self = .results(SampleResults(format: .json))
      return
    }
    let damage = text.withBytes { found.inputError(file: file, text: $0) }
    var results: [(format: Format, start: Int)] = []
    var (other, failed): (String?, ErrorReply?)
    for part in found.parts {
      let document = try JSONDocument(text, part: part.range, file: file)
      switch try Format(document: document) {
      case .other(let name): other = other ?? "\(name)\(document.place(of: 0))"
      case .failedReply(let reply): failed = failed ?? reply
      case _ where part.isFragment: throw Format.fragment(document.root)
      case let format: results.append((format, part.range.lowerBound))
      }
    }
    if let damage { throw damage }
    guard let first = results.first else {
      if let failed {
        self = .failedReply(failed)
      } else if other == nil, text.withBytes(Format.beginsDocument) {
        throw fault
      } else {
        self = .other(Format.text(other, text))
      }
      return
    }
    // In a log an error may be anybody's; one reply after another, it is the loss of a report.
    if let failed, !found.hasText { throw try failed.error() }
    if results.count == 1 {
      self = first.format
    } else if !found.hasText, other == nil, let joined = Format.joined(results.map(\.format)) {
      self = joined
    } else {
      throw Format.several(results.map(\.start), in: text, file: file)
    }
  }

  /// The results of several documents of one kind.
  private static func joined(_ formats: [Format]) -> Format? {
    var joined: (any EvidenceReader)?
    for format in formats {
      guard case .results(let next) = format else { return nil }
      if let first = joined {
        guard let both = first.joined(with: next) else { return nil }
        joined = both
      } else {
        joined = next
      }
    }
    return joined.map { .results($0) }
  }

  private static func beginsDocument(_ text: UnsafeRawBufferPointer) -> Bool {
    let first = text.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// What a text without a result is called.
  private static func text(_ other: String?, _ text: Bytes) -> String {
    if let other { return "text around JSON that is no result: \(other)" }
    if let title = LoadConsole.title(of: text) { return title }
    let start = text.withBytes { text in
      UntrustedText.quoted(
        UnsafeRawBufferPointer(rebasing: text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }))
    }
    return "text that is no JSON (\(start))"
  }

  private static func several(_ starts: [Int], in text: Bytes, file: String) -> InputError {
    let lines = starts.prefix(4).map { start in
      "line \(text.withBytes { JSONPlace.lineAndColumn(of: start, in: $0) }.line)"
    }
    return InputError(
      .malformed, file: file,
      found:
        "\(starts.count) results in one text (\(lines.joined(separator: ", "))\(starts.count > 4 ? " …" : ""))",
      expected: "one result with text around it", remedy: "write each result to a file of its own")
  }

  private static func fragment(_ root: JSONValue) -> InputError {
    root.error(
      found: "a part of a JSON document whose beginning is lost", expected: "the whole document",
      remedy: "write the whole output of the tool to the file")
  }
}
