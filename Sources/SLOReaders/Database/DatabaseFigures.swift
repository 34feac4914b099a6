internal import SLOModel

/// Collects the figures of one reading.
struct DatabaseFigures {
  /// What was read so far.
  var reading: Reading

  /// Begins a reading of files.
  /// - Throws: `unreadable` where one cannot be read again.
  init(of files: [SourceFile], format: String, profile: String?) throws(InputError) {
    reading = Reading(
      profile: profile ?? EvidenceKind.database.profiles.usual[0],
      source: try Reading.Source(of: files, format: format))
  }

  /// Adds a figure.
  /// - Parameters:
  ///   - subject: what it is of; the run as a whole by default.
  ///   - samples: the executions that it rests on, where they are known.
  ///   - details: what is behind it.
  mutating func add(
    _ metric: String, _ value: Double, of subject: String = Series.wholeRun, samples: Double? = nil,
    details: [String] = []
  ) {
    reading.add(
      value, metric, of: subject, in: .database, samples: samples.flatMap { Int(exactly: $0) },
      details: details)
  }

  /// The files of one profile as one reading. Rows that were counted go before those that the server estimates; a
  /// table that was counted without its schema is the one of that name.
  static func joined(_ readings: [Reading]) -> [Reading] {
    var parts = readings
    let estimates = readings.filter { $0.source.format == TableStatistics.format }
    let tables = Dictionary(
      grouping: Set(estimates.flatMap(\.measurements).map(\.series.endpoint)), by: TableName.withoutSchema)
    var counted: Set<Series> = []
    for index in parts.indices where parts[index].source.format == TableCounts.format {
      for place in parts[index].measurements.indices {
        let name = parts[index].measurements[place].series.endpoint
        if let full = tables[name], full.count == 1 {
          parts[index].measurements[place].series.endpoint = full[0]
        }
      }
      counted.formUnion(parts[index].measurements.map(\.series))
    }
    for index in parts.indices where parts[index].source.format == TableStatistics.format {
      parts[index].measurements.removeAll { counted.contains($0.series) }
    }
    return Reading.joined(parts)
  }
}
