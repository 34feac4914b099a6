import SLOModel

@testable import SLOReaders

/// Files of facts, as small as they can be.
enum FactFiles {
  /// A document that says what it is, with these facts.
  static func document(_ facts: String, around: String = "") -> String {
    "{\"schema\":\"slogate.facts/v1\",\"facts\":[\(facts)]\(around)}"
  }

  /// What a text holds, as a file of one request; errors name it `facts.EXTENSION`.
  static func read(
    _ text: String, ext: String = "json", as request: EvidenceRequest = .any(),
    options: ReadOptions = ReadOptions()
  ) throws -> ReadResult {
    try read([text], ext: ext, as: request, options: options)
  }

  /// The same of several files.
  static func read(
    _ texts: [String], ext: String = "json", as request: EvidenceRequest = .any(),
    options: ReadOptions = ReadOptions()
  ) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      let paths = texts.indices.map { "\(folder)/\($0 == 0 ? "facts" : "facts-\($0)").\(ext)" }
      for (path, text) in zip(paths, texts) { try Fixtures.write(text, to: path) }
      var result = Readers.read(paths: paths, as: request, options: options)
      result.usable = Readers.settled(result.usable)
      for index in result.errors.indices {
        result.errors[index].file = String(result.errors[index].file.dropFirst(folder.count + 1))
      }
      return result
    }
  }
}

extension ReadResult {
  /// A figure of the first reading in one line: `value unit better samples`, what is not known as `-`.
  func line(_ metric: String, _ statistic: Statistic = .value, of subject: String = Series.wholeRun)
    -> String?
  {
    usable.first?.measurement(metric, statistic, endpoint: subject).map {
      "\($0.value) \($0.unit.rawValue) \($0.better?.rawValue ?? "-") \($0.samples.map { "\($0)" } ?? "-")"
    }
  }
}
