internal import Glibc

/// The fields of one record of CSV (RFC 4180), one after the other, as they stand in the file.
///
/// A quote counts only where a field begins; text behind a closing quote belongs to the field.
struct CSVFields {
  /// Behind the line end of the record, once its last field was read.
  private(set) var end: Int?
  /// Whether the text ends within quotes.
  private(set) var isOpen = false
  /// Whether a newline ends the record, not the text.
  private(set) var isLine = false
  private let text: UnsafeRawBufferPointer
  private let separator: UInt8
  private var at: Int

  /// The fields of the record that goes on at an offset, where a field begins.
  init(_ text: UnsafeRawBufferPointer, from start: Int = 0, separator: UInt8 = UInt8(ascii: ",")) {
    self.text = text
    self.separator = separator
    at = start
  }

  /// Where the next field stands, with its quotes; nil behind the last.
  mutating func next() -> Range<Int>? {
    guard end == nil else { return nil }
    let start = at
    if at < text.count, text[at] == UInt8(ascii: "\"") { skipQuoted() }
    while at < text.count, text[at] != separator, text[at] != UInt8(ascii: "\n") { at += 1 }
    let field = start..<at
    if at < text.count, text[at] == separator {
      at += 1
      return field
    }
    isLine = at < text.count
    end = isLine ? at + 1 : at
    let hasReturn = field.last.map { text[$0] == UInt8(ascii: "\r") } ?? false
    return hasReturn && !isOpen ? field.dropLast() : field
  }

  /// Moves behind the quote that closes the one at `at`; two quotes stand for one.
  private mutating func skipQuoted() {
    repeat {
      guard let quote = quote(from: at + 1) else {
        isOpen = true
        at = text.count
        return
      }
      at = quote + 1
    } while at < text.count && text[at] == UInt8(ascii: "\"")
  }

  private func quote(from start: Int) -> Int? {
    guard let base = text.baseAddress,
      let found = memchr(base + start, Int32(UInt8(ascii: "\"")), text.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// What a field says: without its quotes.
  static func unquoted(_ field: Slice<UnsafeRawBufferPointer>) -> String {
    guard field.first == UInt8(ascii: "\"") else { return String(decoding: field, as: UTF8.self) }
    var said: [UInt8] = []
    // Behind a quote: either its twin follows, or it closed the field.
    var isQuoted = true
    var isAfterQuote = false
    for byte in field.dropFirst() {
      if isQuoted, byte == UInt8(ascii: "\""), !isAfterQuote {
        isAfterQuote = true
      } else {
        if isAfterQuote, byte != UInt8(ascii: "\"") { isQuoted = false }
        isAfterQuote = false
        said.append(byte)
      }
    }
    return String(decoding: said, as: UTF8.self)
  }
}
