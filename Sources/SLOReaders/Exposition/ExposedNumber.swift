internal import SLOModel
internal import SLOSupport

/// The numbers of an exposition, as Go writes them: decimals, `NaN`, `+Inf`, `-Inf`.
enum ExposedNumber {
  /// The value; nil for what is no such number.
  static func value(of text: Slice<UnsafeRawBufferPointer>) -> Double? {
    let bytes = UnsafeRawBufferPointer(rebasing: text)
    guard !bytes.isEmpty else { return nil }
    let isDecimal = bytes.allSatisfy {
      $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
        || $0.lowercased == UInt8(ascii: "e")
    }
    if isDecimal { return WrittenNumber(bytes)?.value }
    let word = String(decoding: bytes.lazy.map(\.lowercased), as: UTF8.self)
    switch word {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  /// The value of a text.
  static func value(of text: String) -> Double? {
    Array(text.utf8).withUnsafeBytes { value(of: $0[...]) }
  }

  /// Whether seconds since 1970 are in the years 2000 to 2100.
  static func isPossible(time seconds: Double) -> Bool {
    guard let milliseconds = Int64(exactly: (seconds * 1_000).rounded()) else { return false }
    return Timestamp.plausible.contains(Timestamp(milliseconds: milliseconds))
  }
}
