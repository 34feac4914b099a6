import SLOSupport

/// The double nearest to a number's text.
enum JSONNumber {
  /// The value of a valid JSON number, correctly rounded; infinite where it is too large.
  static func value(of bytes: UnsafeRawBufferPointer) -> Double {
    exact(bytes) ?? Double(String(decoding: bytes, as: UTF8.self)) ?? 0
  }

  /// Clinger's fast path (1990): with a mantissa below 2^53 and a power of ten up to 22 both are exact, so one
  /// multiplication or division rounds once, which is correct rounding. Nil for every other number.
  private static func exact(_ bytes: UnsafeRawBufferPointer) -> Double? {
    var mantissa: UInt64 = 0
    var (digits, exponent, at) = (0, 0, 0)
    var inFraction = false
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { at = 1 }
    while at < bytes.count {
      if bytes[at].isDigit {
        mantissa = mantissa &* 10 &+ UInt64(bytes[at] - 48)
        if mantissa > 0 { digits += 1 }
        if inFraction { exponent -= 1 }
      } else if bytes[at] == UInt8(ascii: ".") {
        inFraction = true
      } else {
        return nil
      }
      at += 1
    }
    guard digits <= 19, mantissa <= 1 << 53, exponent >= -22 else { return nil }
    let magnitude = Double(mantissa) / powersOfTen[-exponent]
    return isNegative ? -magnitude : magnitude
  }

  /// The powers of ten that a double holds exactly.
  static let powersOfTen: InlineArray<23, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]
}
