internal import SLOModel

/// A number with its unit, as a budget writes it: `400ms`, `1%`, `300KB`, `230/s`, `1000000/d`, `0.1`.
package struct Quantity: Hashable {
  /// What kind of thing a unit measures.
  package enum Dimension: Hashable {
    /// In milliseconds.
    case time
    /// In bytes.
    case size
    /// Written with `%`, as a share of 1.
    case percent
    /// In events per second.
    case perSecond
    /// In bytes per second.
    case sizePerSecond
    /// A number alone.
    case plain
  }

  /// Why a text is no quantity.
  package struct Malformed: Error, Hashable {
    /// What is wrong.
    package var message: String
    /// What to write instead.
    package var hint: String?
  }

  /// The value in the canonical unit of its dimension.
  var value: Double
  var dimension: Dimension
  /// The digits as they were written, for hints.
  var digits: Substring
  /// The unit as it was written, for hints; empty for a number alone.
  var unit: Substring
  /// How the value was computed, as it is written; nil for a quantity alone.
  var formula: String?

  /// Reads a number, blanks if any, and a unit; or a capacity, which is a rate.
  /// - Throws: what is wrong with the text: no number, a negative or endless one, an unknown unit.
  init(parsing text: some StringProtocol) throws(Malformed) {
    let text = Substring(text).trimmingBlanks
    if Capacity.isMeant(by: text) {
      self.init(try Capacity(parsing: text))
    } else {
      try self.init(number: text)
    }
  }

  private init(_ capacity: Capacity) {
    (value, dimension, formula) = (capacity.rate, capacity.dimension, capacity.text)
    (digits, unit) = (Substring(significant(capacity.rate, extra: 1)), "/s")
  }

  /// Reads a number and a unit.
  /// - Throws: what is wrong with the text.
  init(number text: Substring) throws(Malformed) {
    let end = text.utf8.firstIndex { !(48...57).contains($0) && $0 != 46 } ?? text.endIndex
    let digits = text[..<end]
    let suffix = text[end...].trimmingBlanks
    guard let number = Quantity.number(digits) else { throw Quantity.noNumber(String(text)) }
    guard let unit = Quantity.units[String(suffix)] ?? Quantity.unitPerTime(suffix) else {
      throw Quantity.unknownUnit(String(suffix), of: String(digits), in: String(text))
    }
    // What is a part of the canonical unit is divided: 95 times 0.01 would be more than 0.95.
    value = number * unit.factor / unit.divisor
    guard value.isFinite else { throw Malformed(message: "'\(text)' is too large a number") }
    dimension = unit.dimension
    (self.digits, self.unit) = (digits, suffix)
  }

  /// A unit as a multiple of the canonical one: `factor / divisor`, both whole numbers.
  private struct Unit {
    var factor: Double
    var divisor: Double
    var dimension: Dimension

    init(_ factor: Double, per divisor: Double = 1, _ dimension: Dimension) {
      (self.factor, self.divisor, self.dimension) = (factor, divisor, dimension)
    }
  }

  private static let units: [String: Unit] = [
    "": Unit(1, .plain), "%": Unit(1, per: 100, .percent),
    "ns": Unit(1, per: 1e6, .time), "us": Unit(1, per: 1_000, .time), "µs": Unit(1, per: 1_000, .time),
    "μs": Unit(1, per: 1_000, .time), "ms": Unit(1, .time), "s": Unit(1_000, .time),
    "min": Unit(60_000, .time), "h": Unit(3_600_000, .time),
    "B": Unit(1, .size), "KB": Unit(1_000, .size), "MB": Unit(1_000_000, .size),
    "GB": Unit(1_000_000_000, .size), "KiB": Unit(1_024, .size), "MiB": Unit(1_048_576, .size),
    "GiB": Unit(1_073_741_824, .size),
  ]

  /// The spans of time that something may be counted in, the shortest first, in seconds.
  static let spans: [(name: String, seconds: Double)] = [("s", 1), ("min", 60), ("h", 3_600), ("d", 86_400)]

  /// The units of a dimension, the smallest first.
  static func units(of dimension: Dimension) -> [String] {
    units.filter { $0.value.dimension == dimension }
      .sorted { ($0.value.factor / $0.value.divisor, $0.key) < ($1.value.factor / $1.value.divisor, $1.key) }
      .map(\.key)
  }

  /// `/s`, `/d`, and data per time: `MB/s`.
  private static func unitPerTime(_ text: Substring) -> Unit? {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let unit = units[String(halves[0].trimmingBlanks)],
      let span = spans.first(where: { $0.name == halves[1].trimmingBlanks })
    else { return nil }
    switch unit.dimension {
    case .plain: return Unit(1, per: span.seconds, .perSecond)
    case .size: return Unit(unit.factor, per: span.seconds, .sizePerSecond)
    default: return nil
    }
  }

  private static func number(_ digits: Substring) -> Double? {
    guard let first = digits.utf8.first, let last = digits.utf8.last, first != 46, last != 46 else {
      return nil
    }
    return Double(digits)
  }

  private static func noNumber(_ text: String) -> Malformed {
    if text.hasPrefix("-") {
      return Malformed(message: "'\(text)' is negative", hint: "limits are zero or more")
    }
    return Malformed(
      message: text.isEmpty ? "expected a quantity, found nothing" : "'\(text)' is no quantity",
      hint: "write a number and its unit, such as 400ms, 1% or 300KB")
  }

  private static func unknownUnit(_ unit: String, of digits: String, in text: String) -> Malformed {
    if unit.hasPrefix(",") || unit.hasPrefix("_") {
      return Malformed(
        message: "'\(text)' is no quantity", hint: "write digits and a decimal point only: 1200ms")
    }
    let others = [
      "m": "min", "sec": "s", "secs": "s", "seconds": "s", "msec": "ms", "K": "KB", "k": "KB", "M": "MB",
      "G": "GB", "b": "B", "byte": "B", "bytes": "B", "percent": "%", "rps": "/s", "req/s": "/s", "hz": "/s",
      "/sec": "/s", "/second": "/s", "/m": "/min", "/minute": "/min", "/hour": "/h", "/day": "/d",
    ]
    let folded = units.keys.first { $0.lowercased() == unit.lowercased() }
    let meant = folded ?? others[unit] ?? others[unit.lowercased()]
    return Malformed(
      message: "'\(unit)' is no unit slogate knows",
      hint: meant.map { "write \(digits)\($0)" }
        ?? "units are ns us ms s min h, %, B KB MB GB KiB MiB GiB, and of rates /s /min /h /d")
  }
}

extension Substring {
  /// The text without blanks around it.
  var trimmingBlanks: Substring {
    let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 }
    if let first = utf8.first, let last = utf8.last, !isBlank(first), !isBlank(last) { return self }
    guard let start = utf8.firstIndex(where: { !isBlank($0) }),
      let last = utf8.lastIndex(where: { !isBlank($0) })
    else { return self[endIndex...] }
    return self[start...last]
  }
}
