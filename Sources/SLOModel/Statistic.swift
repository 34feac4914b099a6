/// A statistic of a metric: `p95`, `avg`, `rate` …, in slogate's spelling.
///
/// ```swift
/// Statistic(spelled: "p(95)") == .p95  // true
/// Statistic.p95.percentile  // 95
/// ```
public struct Statistic: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name as reports and budgets write it.
  public let rawValue: String

  /// Takes a name that is already in slogate's spelling; see `init(spelled:)` for others.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Arithmetic mean.
  public static let average = Statistic(rawValue: "avg")
  /// Smallest sample.
  public static let minimum = Statistic(rawValue: "min")
  /// Median, the same number as `p50`.
  public static let median = Statistic(rawValue: "med")
  /// Largest sample.
  public static let maximum = Statistic(rawValue: "max")
  /// Number of samples of a trend, or total of a counter.
  public static let count = Statistic(rawValue: "count")
  /// Share of non-zero samples of a rate, or a counter's total per second.
  public static let rate = Statistic(rawValue: "rate")
  /// Last value of a gauge, or the one value of an audit.
  public static let value = Statistic(rawValue: "value")
  /// A score of a report's category.
  public static let score = Statistic(rawValue: "score")
  /// Transfer size of a resource type.
  public static let size = Statistic(rawValue: "size")
  /// How far a value rose over the run, in its unit; 0 where nothing shows that it did.
  public static let growth = Statistic(rawValue: "growth")
  /// 50th percentile.
  public static let p50 = Statistic(rawValue: "p50")
  /// 90th percentile.
  public static let p90 = Statistic(rawValue: "p90")
  /// 95th percentile.
  public static let p95 = Statistic(rawValue: "p95")
  /// 99th percentile.
  public static let p99 = Statistic(rawValue: "p99")

  /// The names that are no percentile.
  public static let named: [Statistic] = [
    .average, .minimum, .median, .maximum, .count, .rate, .value, .score, .size, .growth,
  ]

  /// Reads a spelling of load tools (`p(95)`, `p95`, `med`), or slogate's own.
  /// - Returns: nil when it is neither a percentile between 0 and 100 nor a known name.
  public init?(spelled name: String) {
    var digits = Substring(name)
    if digits.hasPrefix("p(") && digits.hasSuffix(")") {
      digits = digits.dropFirst(2).dropLast()
    } else if digits.hasPrefix("p") {
      digits = digits.dropFirst()
    }
    if digits.count < name.count, let percentile = Double(digits), (0...100).contains(percentile) {
      self.init(rawValue: "p" + shortest(percentile))
    } else if Statistic.named.contains(Statistic(rawValue: name)) {
      self.init(rawValue: name)
    } else {
      return nil
    }
  }

  /// Takes a name that slogate itself wrote.
  /// - Returns: nil for any other: neither one of `named` nor a percentile from 0 to 100.
  public init?(recorded name: String) {
    self.init(rawValue: name)
    guard !Statistic.named.contains(self) else { return }
    guard let percentile, (0...100).contains(percentile) else { return nil }
  }

  /// Whether another name means the same figure: the median is the 50th percentile.
  public func isSameFigure(as other: Statistic) -> Bool {
    self == other || percentile == 50 && other.percentile == 50
  }

  /// The percentile between 0 and 100, for `p95` 95; nil for every other statistic. `med` is 50.
  public var percentile: Double? {
    if self == .median { return 50 }
    return rawValue.hasPrefix("p") ? Double(rawValue.dropFirst()) : nil
  }

  /// The name as reports and budgets write it.
  public var description: String { rawValue }

  /// In the order a table shows them: by name first, percentiles by their number.
  public static func < (left: Statistic, right: Statistic) -> Bool {
    left.rank == right.rank ? left.rawValue < right.rawValue : left.rank < right.rank
  }

  /// A place in the order of a table, read off the bytes: sorting thousands of series asks often.
  private var rank: Int {
    let bytes = rawValue.utf8
    guard bytes.first == UInt8(ascii: "p") else { return Statistic.ranks[rawValue] ?? 300_000 }
    var (number, decimals) = (0, -1)
    for byte in bytes.dropFirst() {
      if byte == UInt8(ascii: ".") {
        decimals = 0
      } else if decimals < 3, number < 1_000_000, (48...57).contains(byte) {
        number = number * 10 + Int(byte - 48)
        if decimals >= 0 { decimals += 1 }
      }
    }
    return 100_000 + number * [1_000, 100, 10, 1][max(0, decimals)]
  }

  private static let ranks: [String: Int] = [
    "avg": 1, "min": 2, "med": 150_000, "max": 201_000, "count": 3, "rate": 4, "value": 5, "score": 6,
    "size": 7, "growth": 8,
  ]
}
