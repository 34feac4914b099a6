/// A unit that a metric's values come in, and how they become canonical: 3.2 in `s` is 3200 ms, 71 in `percent`
/// is a ratio of 0.71, 120 in `/min` is 2 per second.
package struct SourceUnit: Sendable, Hashable, CustomStringConvertible {
  /// The name as budgets write it: `ms`, `KB`, `percent`.
  package let name: String
  /// The canonical unit.
  package let canonical: MetricUnit
  /// How many of the canonical unit one is, where that is 1 or more; else 1.
  private let factor: Double
  /// How many of them are one of the canonical unit, where that is more than 1; else 1.
  private let parts: Double

  private init(_ name: String, _ canonical: MetricUnit, factor: Double = 1, parts: Double = 1) {
    (self.name, self.canonical, self.factor, self.parts) = (name, canonical, factor, parts)
  }

  /// Takes a name as `metrics` of a budget file and facts write it; nil for a unit slogate does not know.
  package init?(named name: String) {
    guard let known = SourceUnit.all.first(where: { $0.name == name }) ?? SourceUnit.spellings[name] else {
      return nil
    }
    self = known
  }

  /// The unit that the end of a custom metric's name says: `_s` and `_seconds`, `_ms`, `_us`, `_ns`, `_kb`, `_mb`,
  /// `_bytes`, `_percent`, `_ratio`, in any case. Nil where it says none; `requests_per_s` is no time.
  package init?(endOf metric: String) {
    let words = metric.lowercased().split(separator: "_", omittingEmptySubsequences: false)
    guard words.count > 1, let last = words.last, words[words.count - 2] != "per",
      let name = SourceUnit.suffixes[String(last)]
    else { return nil }
    self.init(named: name)
  }

  /// A value in the canonical unit. What is a part of it is divided, so that 95 percent is exactly 0.95.
  package func canonical(_ value: Double) -> Double { parts == 1 ? value * factor : value / parts }

  /// A canonical value in this unit: what `canonical(_:)` takes back.
  package func source(_ canonical: Double) -> Double { parts == 1 ? canonical / factor : canonical * parts }

  /// Whether values are in the canonical unit as they come.
  package var isCanonical: Bool { factor == 1 && parts == 1 }

  /// The name as budgets write it.
  package var description: String { name }

  /// A number of things.
  package static let count = SourceUnit("count", .count)
  /// A number that may be anything.
  package static let unitless = SourceUnit("none", .unitless)

  /// Every unit, in the order of a list; `none` takes a unit away that the name only seems to say.
  package static let all: [SourceUnit] = [
    SourceUnit("ns", .milliseconds, parts: 1_000_000), SourceUnit("us", .milliseconds, parts: 1_000),
    SourceUnit("ms", .milliseconds), SourceUnit("s", .milliseconds, factor: 1_000),
    SourceUnit("min", .milliseconds, factor: 60_000), SourceUnit("h", .milliseconds, factor: 3_600_000),
    SourceUnit("B", .bytes), SourceUnit("KB", .bytes, factor: 1_000),
    SourceUnit("MB", .bytes, factor: 1_000_000), SourceUnit("GB", .bytes, factor: 1_000_000_000),
    SourceUnit("KiB", .bytes, factor: 1_024), SourceUnit("MiB", .bytes, factor: 1_048_576),
    SourceUnit("GiB", .bytes, factor: 1_073_741_824), SourceUnit("percent", .ratio, parts: 100),
    SourceUnit("ratio", .ratio), SourceUnit("/s", .perSecond), SourceUnit("/min", .perSecond, parts: 60),
    SourceUnit("/h", .perSecond, parts: 3_600), count, unitless,
  ]

  private static let spellings = Dictionary(
    uniqueKeysWithValues: [("%", "percent"), ("µs", "us"), ("μs", "us"), ("seconds", "s"), ("bytes", "B")]
      .compactMap { spelling, name in all.first { $0.name == name }.map { (spelling, $0) } })

  private static let suffixes = [
    "s": "s", "seconds": "s", "ms": "ms", "us": "us", "ns": "ns", "kb": "KB", "mb": "MB", "bytes": "B",
    "percent": "percent", "ratio": "ratio",
  ]
}
