internal import SLOModel

/// A sample that may be none that was measured, and where it stands: one below zero, which only some metrics
/// can have, or one of a time outside the years 2000 to 2100.
struct SampleSuspect: Comparable {
  /// What is suspect of it.
  enum Reason: Equatable {
    /// Its value.
    case value(Double)
    /// Its time, in nanoseconds since 1970.
    case time(Int64)
  }

  /// The place of its block in the text.
  var block: Int
  /// Its line, from 1: in the block, or in the text once it was placed there.
  var line: Int
  var reason: Reason

  /// The first in the text before the others.
  static func < (left: SampleSuspect, right: SampleSuspect) -> Bool {
    (left.block, left.line) < (right.block, right.line)
  }

  /// The times of samples, in nanoseconds since 1970.
  static let possibleTimes =
    nanoseconds(Timestamp.plausible.lowerBound)...nanoseconds(Timestamp.plausible.upperBound)

  private static func nanoseconds(_ time: Timestamp) -> Int64 { time.milliseconds * 1_000_000 }  // fits

  /// The first of each metric, with their lines in the text.
  static func placed(_ tallies: [SampleCollector.Tally]) -> [String: SampleSuspect] {
    let all = tallies.map(\.suspects).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: min) }
    return all.mapValues { suspect in
      var placed = suspect
      placed.line += tallies.flatMap(\.lines).filter { $0.key < suspect.block }.reduce(0) { $0 + $1.value }
      return placed
    }
  }

  /// The first sample of a file that no measurement gives, as an error in its place in the text.
  static func fault(in file: SampleShard, _ summary: SampleSummary) -> InputError? {
    let impossible = file.suspects.filter { metric, _ in
      metric.isEmpty || summary.unitWithoutNegatives(metric) != nil
    }
    guard let (metric, first) = impossible.min(by: { $0.value < $1.value }) else { return nil }
    let unit = summary.unitWithoutNegatives(metric) ?? .unitless
    let error = ImpossibleValue.error(first.reason, unit, file: file.path, line: first.line)
    return file.relaid?.placed(error) ?? error
  }
}
