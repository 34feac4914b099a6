internal import SLOModel

/// Tells the files k6 can write of one run, summaries and raw samples, from several runs.
enum SameRun {
  /// Whether two k6 readings of different formats, or two parts of one file, hold the same figures. Times are
  /// measured in nanoseconds, so two runs never do.
  static func isTwin(_ first: Reading, _ second: Reading) -> Bool {
    guard first.profile == second.profile, first.source.format.hasPrefix("k6-"),
      second.source.format.hasPrefix("k6-")
    else { return false }
    if first.source.format == second.source.format { return isRepeated(first, second) }
    let values = Dictionary(comparable(first).map { ($0.series, $0.value) }) { first, _ in first }
    let shared = comparable(second).compactMap { other in values[other.series].map { ($0, other.value) } }
    return shared.allSatisfy(isSame) && shared.contains { $0.0 != $0.0.rounded() }
  }

  /// Whether a list of summaries holds one of them twice.
  private static func isRepeated(_ first: Reading, _ second: Reading) -> Bool {
    first.source.sha256 == second.source.sha256 && first.measurements == second.measurements
      && first.measurements.contains { $0.value != $0.value.rounded() }
  }

  /// The reading of two that says more, with the thresholds of both: raw samples do not contain those of
  /// sub-metrics, and what k6 itself says of its thresholds holds.
  static func richer(_ first: Reading, _ second: Reading) -> Reading {
    let isFirst = (rank(first), first.measurements.count) >= (rank(second), second.measurements.count)
    var richer = isFirst ? first : second
    let told = (rank(first) == 1 ? [first, second] : [second, first]).flatMap(\.thresholds)
    var seen: Set<[String]> = []
    richer.thresholds = told.filter { seen.insert([$0.endpoint, $0.metric, $0.expression]).inserted }
    richer.observeThresholds()
    return richer
  }

  /// NDJSON says everything; CSV not of what kind a custom metric is.
  private static func rank(_ reading: Reading) -> Int {
    switch SampleFormat(rawValue: reading.source.format) {
    case .json: 2
    case .csv: 0
    case nil: 1
    }
  }

  /// The values that every format gives alike: each has its own clock, and CSV does not say what kind a custom
  /// metric is of.
  private static func comparable(_ reading: Reading) -> [MetricValue] {
    reading.measurements.filter {
      $0.unit != .perSecond && MetricCatalogue.traits(of: $0.series.metric) != nil
    }
  }

  /// Equal but for the order in which a sum was made.
  private static func isSame(_ first: Double, _ second: Double) -> Bool {
    abs(first - second) <= 1e-9 * max(abs(first), abs(second))
  }
}
