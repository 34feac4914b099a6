internal import SLOModel

/// What no measurement gives: an overflow, a broken clock or another tool wrote it. A value below zero would
/// hold every upper limit.
enum ImpossibleValue {
  private static let remedy =
    "measure again: an overflow or a clock that was set back wrote it; it cannot be judged"

  /// The values expected of a unit, in words.
  static func expected(_ unit: MetricUnit) -> String {
    switch unit {
    case .milliseconds: "a time from 0 up"
    case .bytes: "a size from 0 up"
    case .count, .perSecond, .unitless: "a number from 0 up"
    case .ratio: "a share from 0 to 1"
    case .score: "a score from 0 to 1"
    }
  }

  /// Looks at a figure of a JSON document.
  /// - Throws: `malformed` at its place where it is none of the values possible.
  static func check(
    _ value: Double, in possible: ClosedRange<Double>, _ unit: MetricUnit, at place: JSONValue
  ) throws(InputError) {
    if !possible.contains(value) { throw place.error(expected: expected(unit), remedy: remedy) }
  }

  /// A line of raw samples.
  static func error(_ reason: SampleSuspect.Reason, _ unit: MetricUnit, file: String, line: Int) -> InputError
  {
    let (found, expected, remedy) =
      switch reason {
      case .value(let value): ("the value \(value)", expected(unit), remedy)
      case .time(let time):
        ("the time \(Timestamp(milliseconds: time / 1_000_000))", expectedTime, clockRemedy)
      }
    return InputError(
      .malformed, file: file, place: .text(line: line, column: 1, path: nil), found: found,
      expected: expected, remedy: remedy)
  }

  private static let expectedTime = "a time in the years 2000 to 2100"
  private static let clockRemedy = "measure again with the clock set right"

  /// Reads a time.
  /// - Returns: nil for a text that is no time.
  /// - Throws: `malformed` for one outside the years 2000 to 2100.
  static func time(_ value: JSONValue) throws(InputError) -> Timestamp? {
    guard let time = Timestamp(rfc3339: try value.string()) else { return nil }
    if Timestamp.plausible.contains(time) { return time }
    throw value.error(expected: expectedTime, remedy: clockRemedy)
  }
}
