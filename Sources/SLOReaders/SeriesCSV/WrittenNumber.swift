import SLOSupport

/// A decimal number as a table gives it, with the precision that its digits imply.
struct WrittenNumber {
  /// The value; NaN where the field says that there is none.
  var value: Double
  /// How many decimals were written, those of an exponent counted: 3 of `1.250` and of `1.2e-2`; never below 0.
  var decimals: Int

  /// Reads a decimal number with or without an exponent; nothing, `nan` and `null` in any case are a gap.
  /// - Returns: nil for anything else, and for what is too large for a double.
  init?(_ text: UnsafeRawBufferPointer) {
    guard !WrittenNumber.isGap(text) else {
      (value, decimals) = (.nan, 0)
      return
    }
    var at = text.startIndex
    if text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
    let whole = text[at...].prefix { $0.isDigit }
    at = whole.endIndex
    var fraction = text[at..<at]
    if at < text.count, text[at] == UInt8(ascii: ".") {
      fraction = text[(at + 1)...].prefix { $0.isDigit }
      at = fraction.endIndex
    }
    guard !whole.isEmpty || !fraction.isEmpty, let exponent = WrittenNumber.exponent(text[at...]) else {
      return nil
    }
    decimals = max(0, fraction.count - exponent)
    if exponent == 0, let short = WrittenNumber.short(text, whole, fraction) {
      value = short
    } else {
      guard let long = Double(String(decoding: text, as: UTF8.self)), long.isFinite else { return nil }
      value = long
    }
  }

  /// Clinger's fast path, as in `JSONNumber`: mantissa and power of ten are exact in a double.
  private static func short(
    _ text: UnsafeRawBufferPointer, _ whole: Slice<UnsafeRawBufferPointer>,
    _ fraction: Slice<UnsafeRawBufferPointer>
  ) -> Double? {
    guard whole.count + fraction.count <= 15 else { return nil }
    let digits = whole.reduce(0) { $0 * 10 + Int($1 - 48) }
    let mantissa = fraction.reduce(digits) { $0 * 10 + Int($1 - 48) }
    let magnitude = Double(mantissa) / JSONNumber.powersOfTen[fraction.count]
    return text[0] == UInt8(ascii: "-") ? -magnitude : magnitude
  }

  /// The number behind an `e`; 0 where nothing is left, nil for anything that is no exponent.
  private static func exponent(_ text: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard let first = text.first else { return 0 }
    guard first.lowercased == UInt8(ascii: "e") else { return nil }
    return Int(String(decoding: text.dropFirst(), as: UTF8.self)).flatMap { abs($0) < 1_000 ? $0 : nil }
  }

  private static func isGap(_ text: UnsafeRawBufferPointer) -> Bool {
    text.isEmpty || isWord(text, "nan") || isWord(text, "null")
  }

  private static func isWord(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    text.count == word.utf8CodeUnitCount && text.lazy.map(\.lowercased).elementsEqual(word.bytes)
  }
}
