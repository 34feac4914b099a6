internal import SLOModel
internal import SLOSupport

/// Text of a file or path as a message may show it: short, on one line, without control characters that a
/// terminal or a CI log would obey.
enum UntrustedText {
  /// The text escaped and shortened to `limit` Unicode scalars.
  static func escaped(_ text: String, limit: Int = 80) -> String {
    let start = text.unicodeScalars.prefix(limit)
    return VisibleText.escaped(String(start)) + (start.endIndex == text.endIndex ? "" : "…")
  }

  /// The same without what gives access in the addresses that stand in it.
  static func cleaned(_ text: String, limit: Int = 80) -> String {
    escaped(AddressText.cleaned(text), limit: limit)
  }

  /// The same in quotation marks.
  static func quoted(_ text: String, limit: Int = 40) -> String {
    "\"" + cleaned(text, limit: limit) + "\""
  }

  /// The first bytes of something as quoted text; bytes that are no UTF-8 show as U+FFFD.
  static func quoted(_ bytes: UnsafeRawBufferPointer, limit: Int = 40) -> String {
    let start = UnsafeRawBufferPointer(rebasing: bytes.prefix(limit * 4))
    return quoted(String(decoding: start, as: UTF8.self), limit: limit)
  }
}
