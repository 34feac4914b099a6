import SLOSupport

/// A decimal number as a spreadsheet writes it: with a point or a comma, small ones with an exponent.
struct LocalNumber {
  /// The number with a point and without an exponent.
  let plain: String
  /// The decimal mark; nil where there is none.
  let mark: UInt8?
  /// Whether the mark may as well stand between thousands: `1.234`, but not `0.234`, `1234.567` or `1.23`.
  let mayBeGrouped: Bool

  /// The most places that an exponent moves the decimal mark.
  private static let exponentLimit = 30

  /// Reads a number. A large number with an exponent may have lost digits and is none.
  init?(_ text: String) {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    let whole = rest.prefix(while: \.isDigit)
    rest = rest[whole.endIndex...]
    var fraction = rest.prefix(0)
    var mark: UInt8?
    if let first = rest.first, first == UInt8(ascii: ".") || first == UInt8(ascii: ",") {
      mark = first
      fraction = rest.dropFirst().prefix(while: \.isDigit)
      if fraction.isEmpty { return nil }
      rest = rest[fraction.endIndex...]
    }
    guard !whole.isEmpty, let exponent = LocalNumber.exponent(rest) else { return nil }
    self.mark = mark
    let isGroup = (1...3).contains(whole.count) && whole.first != UInt8(ascii: "0")
    mayBeGrouped = mark != nil && exponent == 0 && isGroup && fraction.count == 3
    plain =
      (isNegative ? "-" : "")
      + LocalNumber.plain(String(Substring(whole)), String(Substring(fraction)), exponent)
  }

  /// How many places `E-05` moves the mark to the left; 0 for nothing, nil for anything else.
  private static func exponent(_ text: Substring.UTF8View) -> Int? {
    if text.isEmpty { return 0 }
    guard text.first.map({ $0 | 0x20 == UInt8(ascii: "e") }) == true,
      text.dropFirst().first == UInt8(ascii: "-"), text.dropFirst(2).allSatisfy(\.isDigit)
    else { return nil }
    return Int(Substring(text.dropFirst(2))).flatMap { (1...exponentLimit).contains($0) ? $0 : nil }
  }

  private static func plain(_ whole: String, _ fraction: String, _ exponent: Int) -> String {
    if exponent == 0 { return fraction.isEmpty ? whole : whole + "." + fraction }
    let padded = String(repeating: "0", count: max(0, exponent + 1 - whole.utf8.count)) + whole
    return padded.dropLast(exponent) + "." + padded.suffix(exponent) + fraction
  }
}
