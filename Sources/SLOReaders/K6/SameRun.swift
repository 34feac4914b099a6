internal import SLOModel

/// Tells the two files k6 can write of one run, `--summary-export` and `handleSummary`, from two runs.
enum SameRun {
  /// Whether two k6 readings of different formats hold the same figures to the last digit. Times are measured
  /// in nanoseconds, so two runs never do.
  static func isTwin(_ first: Reading, _ second: Reading) -> Bool {
    guard first.profile == second.profile, first.source.format != second.source.format,
      first.source.format.hasPrefix("k6-"), second.source.format.hasPrefix("k6-")
    else { return false }
    let values = Dictionary(first.measurements.map { ($0.series, $0.value) }) { first, _ in first }
    let shared = second.measurements.compactMap { other in values[other.series].map { ($0, other.value) } }
    return shared.allSatisfy { $0 == $1 } && shared.contains { $0.0 != $0.0.rounded() }
  }
}
