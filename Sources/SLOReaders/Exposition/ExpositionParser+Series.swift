internal import SLOModel
internal import SLOSupport

/// The names and labels of series.
extension ExpositionParser {
  /// Where the name and labels that begin here end.
  func endOfSeries(_ range: Range<Int>) throws(InputError) -> Int {
    var at = range.lowerBound
    while at < range.upperBound, text[at].isNamePart || text[at] == UInt8(ascii: ":") { at += 1 }
    let brace = blanks(from: at, to: range.upperBound)
    guard brace < range.upperBound, text[brace] == UInt8(ascii: "{") else {
      if at > range.lowerBound { return at }
      throw wrong(at, found: shown(at), expected: "the name of a metric")
    }
    at = brace + 1
    while at < range.upperBound, text[at] != UInt8(ascii: "}") {
      if text[at] == 0x22 { try skipQuoted(&at, range.upperBound) } else { at += 1 }
    }
    guard at < range.upperBound else {
      throw wrong(brace, found: "labels without an end", expected: "labels between { and }", cut)
    }
    return at + 1
  }

  func number(
    of spelling: Slice<UnsafeRawBufferPointer>, _ table: inout MetricTable
  ) throws(InputError) -> Int32 {
    let text = String(decoding: spelling, as: UTF8.self)
    if let known = table.series(spelled: text) { return known }
    if let fault = spelling.indices.first(where: { spelling[$0] >= 0x80 }),
      String(validating: Array(spelling), as: UTF8.self) == nil
    {
      throw wrong(fault, found: "bytes that are no UTF-8", expected: "text in UTF-8")
    }
    let (name, labels) = try parsed(spelling)
    return table.series(name, labels, spelled: text)
  }

  private func parsed(_ spelling: Slice<UnsafeRawBufferPointer>) throws(InputError) -> (String, LabelSet) {
    let end = spelling.endIndex
    var at = spelling.startIndex
    while at < end, text[at].isNamePart || text[at] == UInt8(ascii: ":") { at += 1 }
    var name = String(decoding: text[spelling.startIndex..<at], as: UTF8.self)
    if name.utf8.first?.isDigit == true {
      throw wrong(spelling.startIndex, found: UntrustedText.quoted(name), expected: "the name of a metric")
    }
    at = blanks(from: at, to: end)
    guard at < end else { return (name, LabelSet([])) }
    var labels: [LabelSet.Label] = []
    at = blanks(from: at + 1, to: end)
    while text[at] != UInt8(ascii: "}") {
      let place = at
      let isQuoted = text[at] == 0x22
      let label = isQuoted ? try quoted(&at, end) : plainName(&at, end)
      at = blanks(from: at, to: end)
      if isQuoted, name.isEmpty, labels.isEmpty, text[at] != UInt8(ascii: "=") {
        name = label
      } else {
        labels.append(LabelSet.Label(name: label, value: try value(ofLabel: label, place, &at, end)))
      }
      at = blanks(from: at, to: end)
      if text[at] == UInt8(ascii: ",") {
        at = blanks(from: at + 1, to: end)
      } else if text[at] != UInt8(ascii: "}") {
        throw wrong(at, found: shown(at), expected: "a comma or } behind a label", escaped)
      }
    }
    if name.isEmpty {
      throw wrong(spelling.startIndex, found: "labels alone", expected: "the name of a metric")
    }
    if Set(labels.map(\.name)).count < labels.count {
      throw wrong(spelling.startIndex, found: "a label twice", expected: "every label once")
    }
    return (name, LabelSet(labels))
  }

  private func value(
    ofLabel label: String, _ place: Int, _ at: inout Int, _ end: Int
  ) throws(InputError) -> String {
    if text[at] == UInt8(ascii: ":") { throw composite(place) }
    guard !label.isEmpty, label.utf8.first?.isDigit != true, text[at] == UInt8(ascii: "=") else {
      throw wrong(place, found: shown(place), expected: "a label such as queue=\"orders\"", escaped)
    }
    at = blanks(from: at + 1, to: end)
    guard text[at] == 0x22 else {
      throw wrong(at, found: shown(at), expected: "the value of a label in quotes", escaped)
    }
    return try quoted(&at, end)
  }

  private func plainName(_ at: inout Int, _ end: Int) -> String {
    let start = at
    while at < end, text[at].isNamePart { at += 1 }
    return String(decoding: text[start..<at], as: UTF8.self)
  }

  func quoted(_ at: inout Int, _ end: Int) throws(InputError) -> String {
    let start = at
    try skipQuoted(&at, end)
    var reader = QuotedText(Array(text[start..<at]))
    return reader.quoted()
  }

  func skipQuoted(_ at: inout Int, _ end: Int) throws(InputError) {
    let start = at
    at += 1
    while at < end, text[at] != 0x22 { at += text[at] == 0x5C ? 2 : 1 }
    guard at < end else {
      throw wrong(start, found: "a text without its second quote", expected: "text between quotes", escaped)
    }
    at += 1
  }
}
