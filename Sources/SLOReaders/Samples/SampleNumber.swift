/// A decimal number at the start of some bytes.
struct SampleNumber {
  /// The number, correctly rounded.
  var value: Double
  /// The byte behind it.
  var end: UnsafePointer<UInt8>

  /// Reads a JSON number without an exponent and with few digits, which nearly all samples are.
  ///
  /// Clinger's fast path (1990), as in `JSONNumber`: mantissa and power of ten are exact in a double, so that
  /// one division rounds once.
  /// - Returns: nil for anything else, which may well be a number; the byte at `limit` is never read.
  @inline(__always)
  init?(at start: UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>) {
    var at = start
    guard at < limit else { return nil }
    let isNegative = at.pointee == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let first = at
    var mantissa: UInt64 = 0
    while at < limit, case let digit = at.pointee &- 48, digit < 10 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      at += 1
    }
    var digits = at - first
    // JSON has no leading zeros.
    guard digits > 0, digits == 1 || first.pointee != UInt8(ascii: "0") else { return nil }
    var decimals = 0
    if at < limit, at.pointee == UInt8(ascii: ".") {
      at += 1
      let point = at
      while at < limit, case let digit = at.pointee &- 48, digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        at += 1
      }
      decimals = at - point
      guard decimals > 0 else { return nil }
      digits += decimals
    }
    guard digits <= 19, mantissa <= 1 << 53, decimals <= 22, at < limit,
      at.pointee | 0x20 != UInt8(ascii: "e")
    else { return nil }
    let magnitude =
      decimals == 0 ? Double(mantissa) : Double(mantissa) / JSONNumber.powersOfTen[decimals]
    value = isNegative ? -magnitude : magnitude
    end = at
  }
}
