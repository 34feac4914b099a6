import SLOModel

/// One field of the sizing, the settings or the host in which two sides differ.
package struct FieldDelta: Sendable, Hashable {
  /// The field.
  package var field: String
  /// Its values before, each once, sorted; empty where it is not given.
  package var before: [String]
  /// Its values after.
  package var after: [String]

  /// The fields in which two sides differ, sorted.
  static func between(_ before: [[String: String]], _ after: [[String: String]]) -> [FieldDelta] {
    let fields = Set((before + after).flatMap(\.keys)).sorted()
    return fields.map { field in
      FieldDelta(field: field, before: values(of: field, in: before), after: values(of: field, in: after))
    }
    .filter { $0.before != $0.after }
  }

  private static func values(of field: String, in words: [[String: String]]) -> [String] {
    Set(words.compactMap { $0[field] }).sorted()
  }
}

extension CohortPair {
  /// The fields in which the sizings differ.
  package var sizingDelta: [FieldDelta] {
    FieldDelta.between(
      before.prefix(1).map(\.comparableEnvironment.sizing),
      after.prefix(1).map(\.comparableEnvironment.sizing))
  }

  /// The fields in which the tuning knobs differ.
  var settingsDelta: [FieldDelta] { FieldDelta.between(before.map(\.settings), after.map(\.settings)) }

  /// The fields in which the hosts differ. Which page of which host was measured is part of the series' names.
  var hostDelta: [FieldDelta] {
    func facts(_ runs: [Run]) -> [[String: String]] {
      runs.map { $0.reading.hostFacts.filter { $0.key != "host" } }
    }
    return FieldDelta.between(facts(before), facts(after))
  }
}
