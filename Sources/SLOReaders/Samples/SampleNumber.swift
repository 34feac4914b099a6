import SLOModel

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

/// Times of samples, in nanoseconds since 1970, read from the forms k6 writes.
struct SampleTime {
  /// The second that was read last, as its text `2026-11-20T23:17:12` says it: whole runs share few of them.
  private var lastText: (UInt64, UInt64, UInt32) = (0, 0, 0)
  private var lastSecond: Int64 = 0

  /// Reads RFC 3339 with up to nine decimals and any zone: `2026-11-20T23:17:12.740025082+05:30`.
  /// - Returns: nil for any other text or a date that does not exist.
  mutating func nanoseconds(rfc3339 text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count >= 20, let base = text.baseAddress, let second = second(base) else { return nil }
    var at = 19
    var fraction: Int64 = 0
    if text[at] == UInt8(ascii: ".") {
      at += 1
      let first = at
      var scale: Int64 = 100_000_000
      while at < text.count, case let digit = text[at] &- 48, digit < 10 {
        fraction += Int64(digit) * scale
        scale /= 10
        at += 1
      }
      guard at > first else { return nil }
    }
    guard let offset = SampleTime.zone(text[at...]) else { return nil }
    // Years beyond 2262 are dates, but not in nanoseconds.
    let (time, overflow) = (second - offset).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, sumOverflow) = time.addingReportingOverflow(fraction)
    return overflow || sumOverflow ? nil : sum
  }

  /// Reads a count since 1970 whose unit follows from its number of digits: seconds up to 11, then milliseconds,
  /// microseconds and nanoseconds, as in `timeFormat` of k6's CSV output.
  static func nanoseconds(unix text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard (1...19).contains(text.count) else { return nil }
    var number: Int64 = 0
    for byte in text {
      guard byte &- 48 < 10 else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      number = product &+ Int64(byte - 48)
      if overflow || number < 0 { return nil }
    }
    let scale: Int64 =
      switch text.count {
      case ...11: 1_000_000_000
      case ...14: 1_000_000
      case ...17: 1_000
      default: 1
      }
    let (time, overflow) = number.multipliedReportingOverflow(by: scale)
    return overflow ? nil : time
  }

  /// The whole second of a text of at least 19 bytes, as if it were in UTC.
  @inline(__always)
  private mutating func second(_ base: UnsafePointer<UInt8>) -> Int64? {
    let raw = UnsafeRawPointer(base)
    let key = (
      raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
      raw.loadUnaligned(fromByteOffset: 15, as: UInt32.self)
    )
    if key == lastText { return lastSecond }
    let text = String(decoding: UnsafeBufferPointer(start: base, count: 19), as: UTF8.self) + "Z"
    guard let time = Timestamp(rfc3339: text) else { return nil }
    lastText = key
    lastSecond = time.milliseconds / 1_000
    return lastSecond
  }

  /// Seconds east of UTC.
  private static func zone(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    guard let sign = text.first else { return nil }
    if sign | 0x20 == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
    let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }.map { Int64($0) - 48 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count == 6,
      text[text.startIndex + 3] == UInt8(ascii: ":"), digits.count == 4,
      digits.allSatisfy({ (0...9).contains($0) }),
      case let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]),
      hours < 24, minutes < 60
    else { return nil }
    return (hours * 3_600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }
}
