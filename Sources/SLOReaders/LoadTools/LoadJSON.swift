import SLOModel

extension JSONValue {
  /// A number that a measurement of a unit can be.
  /// - Throws: `malformed` for anything else.
  func load(_ unit: MetricUnit) throws(InputError) -> Double {
    let value = try number()
    try ImpossibleValue.check(value, in: unit.possibleValues, unit, at: self)
    return value
  }
}

extension JSONObject {
  /// The number under a key, as a measurement of a unit; nil where there is none or it is `null`.
  /// - Throws: `malformed` for what no measurement can be.
  func load(_ name: StaticString, _ unit: MetricUnit) throws(InputError) -> Double? {
    try self[name]?.load(unit)
  }

  /// The numbers of an object under a key by their names, such as requests by their status.
  /// - Throws: `malformed` for what is no number from 0 up.
  func counts(_ name: StaticString) throws(InputError) -> [(name: String, count: Double)] {
    var counts: [(name: String, count: Double)] = []
    for member in try object(name)?.members ?? [] {
      counts.append((member.key, try member.value.load(.count)))
    }
    return counts
  }
}

/// How many requests ended with which status, as most load tools count.
struct StatusCounts {
  /// Requests with an answer.
  private(set) var answered = 0.0
  /// Answers whose status says that the request failed: 400 and above, or none that HTTP has.
  private(set) var failed = 0.0

  /// Counts none.
  init() {}

  /// Counts answers by their status.
  init(_ counts: [(name: String, count: Double)]) {
    for (status, count) in counts { add(status, count) }
  }

  /// Adds answers with a status.
  mutating func add(_ status: String, _ count: Double) {
    answered += count
    if !StatusCounts.isSuccess(status) { failed += count }
  }

  /// Whether a status is none of an error: below 400.
  static func isSuccess(_ status: String) -> Bool { Int(status).map { (100..<400).contains($0) } ?? false }
}
