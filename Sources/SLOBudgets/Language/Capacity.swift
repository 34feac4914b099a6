/// The rate that a service has to bear: an average demand, times its burst, with headroom above it.
///
/// With 1e6 requests a day, a burst of 20 and 20 % of headroom that is 1e6 / 86400 * 20 * 1.2 = 277.8 a second.
package struct Capacity: Hashable, Sendable {
  /// The average demand in the canonical unit, events or bytes per second: finite, above 0.
  package let average: Double
  /// How many times the average arrives at the busiest: 1 or more.
  package let burst: Double
  /// What is kept free above the burst, as a share of it, zero or more: 0.2 is 20 %.
  package let headroom: Double
  /// As a budget writes it: `capacity(1e6/d, burst 20, headroom 20%)`.
  package let text: String
  /// Whether the demand is one of events or of bytes.
  let dimension: Quantity.Dimension

  /// The rate at the busiest, per second.
  package var burstRate: Double { average * burst }
  /// The rate to bear, per second: that at the busiest with the headroom.
  package var rate: Double { burstRate * (1 + headroom) }

  /// The demand with what goes with it.
  /// - Parameters:
  ///   - demand: a number per time; the number may have an exponent: `1e6/d`.
  ///   - burst: a number; nil is 1.
  ///   - headroom: a share, `20%` or `0.2`; nil is none.
  /// - Throws: which part is wrong, and what to write.
  package init(
    demand: some StringProtocol, burst: (some StringProtocol)?, headroom: (some StringProtocol)?
  ) throws(Quantity.Malformed) {
    let (demand, burst, headroom) = (
      Substring(demand).trimmingBlanks, burst.map { Substring($0).trimmingBlanks },
      headroom.map { Substring($0).trimmingBlanks }
    )
    (average, dimension) = try Capacity.demand(demand)
    self.burst = try burst.map { text throws(Quantity.Malformed) in try Capacity.burst(text) } ?? 1
    self.headroom = try headroom.map { text throws(Quantity.Malformed) in try Capacity.headroom(text) } ?? 0
    let parts =
      [String(demand)] + [burst.map { "burst \($0)" }, headroom.map { "headroom \($0)" }].compactMap(\.self)
    text = "capacity(\(parts.joined(separator: ", ")))"
    guard rate.isFinite, rate > 0 else {
      throw Quantity.Malformed(message: "'\(text)' is too large or too small a rate")
    }
  }

  /// Whether a text is meant as a capacity.
  static func isMeant(by text: Substring) -> Bool { text.utf8.starts(with: "capacity".utf8) }

  /// Reads `capacity(DEMAND, burst NUMBER, headroom SHARE)`; the last two may be left out, and change places.
  /// - Throws: what is wrong with it.
  init(parsing text: Substring) throws(Quantity.Malformed) {
    guard text.hasPrefix("capacity("), text.hasSuffix(")") else {
      throw Capacity.malformed("'\(text)' is no capacity")
    }
    let parts = text.dropFirst("capacity(".count).dropLast()
      .split(separator: ",", omittingEmptySubsequences: false).map(\.trimmingBlanks)
    var named: [Substring: Substring] = [:]
    for part in parts.dropFirst() {
      let name = part.prefix { $0 != " " && $0 != "\t" }
      guard ["burst", "headroom"].contains(name) else {
        throw Capacity.malformed("'\(part)' is no part of a capacity, which has burst and headroom")
      }
      guard named.updateValue(part.dropFirst(name.count).trimmingBlanks, forKey: name) == nil else {
        throw Capacity.malformed("'\(text)' has \(name) twice")
      }
    }
    try self.init(demand: parts[0], burst: named["burst"], headroom: named["headroom"])
  }

  private static let demandHint = "a demand is a number above 0 and a span of time, such as 1e6/d"

  private static func malformed(_ message: String) -> Quantity.Malformed {
    Quantity.Malformed(message: message, hint: "write capacity(1e6/d, burst 20, headroom 20%)")
  }

  private static func demand(
    _ text: Substring
  ) throws(Quantity.Malformed) -> (Double, Quantity.Dimension) {
    let quantity = try quantity(text)
    guard let quantity, [.perSecond, .sizePerSecond].contains(quantity.dimension) else {
      let what = text.hasPrefix("-") ? "is negative" : "is no number per time"
      throw Quantity.Malformed(message: "the demand '\(text)' \(what)", hint: demandHint)
    }
    guard quantity.value > 0 else {
      throw Quantity.Malformed(message: "the demand '\(text)' is not above 0", hint: demandHint)
    }
    return (quantity.value, quantity.dimension)
  }

  private static func burst(_ text: Substring) throws(Quantity.Malformed) -> Double {
    let quantity = try quantity(text)
    guard let quantity, quantity.dimension == .plain, quantity.value >= 1 else {
      throw Quantity.Malformed(
        message: "the burst '\(text)' is no number from 1 on",
        hint: "a burst of 20 is twenty times the average demand")
    }
    return quantity.value
  }

  /// A number alone is less than 1: 20 is meant as 20 %.
  private static func headroom(_ text: Substring) throws(Quantity.Malformed) -> Double {
    let quantity = try quantity(text)
    guard let quantity, quantity.dimension == .percent || quantity.dimension == .plain && quantity.value < 1
    else {
      throw Quantity.Malformed(
        message: "the headroom '\(text)' is no share from 0 on",
        hint: quantity?.dimension == .plain ? "write \(text)%" : "write a share such as 20% or 0.2")
    }
    return quantity.value
  }

  /// A quantity whose number may have an exponent; nil for none.
  private static func quantity(_ text: Substring) throws(Quantity.Malformed) -> Quantity? {
    let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
    let mantissa = text.utf8.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
    let rest = text[mantissa.endIndex...]
    var exponent = rest.utf8.dropFirst()
    if exponent.first == UInt8(ascii: "+") { exponent = exponent.dropFirst() }
    let end = exponent.firstIndex { !isDigit($0) } ?? exponent.endIndex
    guard rest.first?.lowercased() == "e", end > exponent.startIndex, let number = Double(text[..<end]) else {
      return try? Quantity(number: text)
    }
    guard number.isFinite else { throw Quantity.Malformed(message: "'\(text)' is too large a number") }
    return try? Quantity(number: BoundText.decimal(number) + text[end...])
  }
}
