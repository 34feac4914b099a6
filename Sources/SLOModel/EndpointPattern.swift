/// Which endpoints are meant: a name in which `*`, and nothing else, stands for any text, `/` included.
package struct EndpointPattern: Sendable, Hashable {
  /// The pattern as it was written.
  package let text: String
  /// Whether it holds no `*`, so that it names one endpoint.
  package let isExact: Bool
  private let pieces: [[UInt8]]

  /// Takes a pattern as it was written.
  package init(_ text: String) {
    let text = ComposedText.composed(text)
    self.text = text
    pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    isExact = pieces.count == 1
  }

  /// The pattern that means one name, whatever is in it.
  package static func exactly(_ name: String) -> EndpointPattern {
    let name = ComposedText.composed(name)
    return EndpointPattern(text: name, isExact: true, pieces: [Array(name.utf8)])
  }

  /// The pattern that a command line or a decision names endpoints by: `*` alone is the run as a whole, by its
  /// name. Whoever means every endpoint names none.
  package static func selecting(_ text: String) -> EndpointPattern {
    text == Series.wholeRun ? .exactly(text) : EndpointPattern(text)
  }

  private init(text: String, isExact: Bool, pieces: [[UInt8]]) {
    (self.text, self.isExact, self.pieces) = (text, isExact, pieces)
  }

  /// Whether an endpoint is meant; an endpoint spelled like the pattern always is.
  package func matches(_ endpoint: String) -> Bool {
    if isExact || endpoint == text { return endpoint == text }
    var rest = Array(endpoint.utf8)[...]
    guard let first = pieces.first, let last = pieces.last, rest.starts(with: first) else { return false }
    rest = rest.dropFirst(first.count)
    guard rest.count >= last.count, rest.suffix(last.count).elementsEqual(last) else { return false }
    rest = rest.dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() {
      guard let end = EndpointPattern.end(of: piece, in: rest) else { return false }
      rest = rest[end...]
    }
    return true
  }

  /// The more specific first: exact, then the one that spells out more, then by text so that the order is
  /// always the same.
  package static func isMoreSpecific(_ left: EndpointPattern, _ right: EndpointPattern) -> Bool {
    if left.isExact != right.isExact { return left.isExact }
    let lengths = (left.spelledOut, right.spelledOut)
    return lengths.0 == lengths.1 ? left.text < right.text : lengths.0 > lengths.1
  }

  private var spelledOut: Int { pieces.reduce(0) { $0 + $1.count } }

  private static func end(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= piece.count else { return nil }
    let last = text.endIndex - piece.count
    for start in text.startIndex...last where text[start..<start + piece.count].elementsEqual(piece) {
      return start + piece.count
    }
    return nil
  }
}
