import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// A run as a file: everything that was recorded, and nothing that is learned later, so that the same content is
/// the same file wherever it comes from. When it was recorded the journal says.
enum RunDocument {
  /// The name of the form.
  static let schema = "slogate.run/v1"

  /// The text of a run's file.
  static func text(of stored: StoredRun) -> String {
    let run = stored.run
    return JSONText.object(
      [
        ("schema", .string(schema)), ("id", .string(stored.id.description)),
        ("service", .string(run.service)),
        ("profile", .string(run.profile)),
        ("commit", .object([("sha", .string(run.commit.sha)), ("branch", .string(run.commit.branch))])),
        (
          "environment",
          .object([("name", .string(run.environment.name)), ("sizing", .object(run.environment.sizing))])
        ),
        ("settings", .object(run.settings)), ("source", source(run.reading.source)),
      ] + reading(run.reading) + [
        ("measured", .int(stored.measured)), ("pruned", .bool(stored.pruned != nil)),
      ] + values(run.reading)
    ).document
  }

  private static func source(_ source: Reading.Source) -> JSONText {
    .object([
      ("path", .string(source.path)), ("format", .string(source.format)), ("sha256", .string(source.sha256)),
      ("part", .int(source.part)),
    ])
  }

  private static func reading(_ reading: Reading) -> [(String, JSONText)] {
    [
      ("tool_version", .string(reading.toolVersion)), ("started_at", .string(reading.startedAt?.description)),
      ("duration", .number(reading.duration)), ("failure", .string(reading.failure)),
      ("conditions", .object(reading.conditions)), ("facts", .object(reading.facts)),
      ("endpoint_tags", .object(reading.recordedTags)),
      ("notices", .array(reading.remarks.map { .string($0) })),
    ]
  }

  private static func values(_ reading: Reading) -> [(String, JSONText)] {
    [
      ("values", .array(reading.measurements.map(value))),
      ("distributions", .array(reading.distributions.map(distribution))),
      ("thresholds", .array(reading.thresholds.map(threshold))),
    ]
  }

  private static func value(_ measurement: MetricValue) -> JSONText {
    let series = measurement.series
    return .inline(
      .object([
        ("endpoint", .string(series.endpoint)), ("metric", .string(series.metric)),
        ("statistic", .string(series.statistic.rawValue)), ("unit", .string(measurement.unit.rawValue)),
        ("better", .string(measurement.better?.rawValue)), ("value", .number(measurement.value)),
        ("samples", measurement.samples.map { .int($0) } ?? .null),
      ]))
  }

  private static func distribution(_ distribution: Distribution) -> JSONText {
    .inline(
      .object([
        ("endpoint", .string(distribution.endpoint)), ("metric", .string(distribution.metric)),
        ("unit", .string(distribution.unit.rawValue)), ("better", .string(distribution.better?.rawValue)),
        ("sketch", .string(Base64.text(distribution.sketch.encoded))),
      ]))
  }

  private static func threshold(_ threshold: Reading.Threshold) -> JSONText {
    .inline(
      .object([
        ("endpoint", .string(threshold.endpoint)), ("metric", .string(threshold.metric)),
        ("expression", .string(threshold.expression)),
        ("passed", threshold.passed.map { .bool($0) } ?? .null),
      ]))
  }
}

/// Reading a run's file. What is not as `text` writes it is an error with its place.
extension RunDocument {
  /// The run a file holds.
  static func run(_ document: JSONDocument) throws(InputError) -> StoredRun {
    let root = try document.root.object()
    try root.require(schema: schema)
    let environment = try root.required("environment").object()
    let commit = try root.required("commit").object()
    let reading = try reading(root)
    var run = Run(
      service: try root.text("service"),
      commit: Commit(sha: try commit.text("sha"), branch: try commit.optionalText("branch")),
      environment: .unknown, settings: try root.words("settings"), reading: reading)
    // The sizing was written with the reading's conditions in it.
    run.environment = Environment(
      name: try environment.optionalText("name"), sizing: try environment.words("sizing"))
    let stored = StoredRun(run: run, pruned: try pruned(root, reading))
    let id = try root.required("id")
    guard try id.string() == stored.id.description else {
      throw id.error(
        found: "the id \(try id.string())",
        expected: "\(stored.id), which source, commit, profile, sizing and "
          + "service give", remedy: remedy)
    }
    return stored
  }

  /// How many values the run had before they were pruned; nil where it has them.
  private static func pruned(_ root: JSONObject, _ reading: Reading) throws(InputError) -> Int? {
    let measured = try root.integer("measured")
    let isPruned = try root.required("pruned").boolean()
    guard isPruned || measured == reading.measurements.count else {
      throw try root.required("measured").error(
        found: "\(measured)", expected: "\(reading.measurements.count), the number of values", remedy: remedy)
    }
    return isPruned ? measured : nil
  }

  private static func reading(_ root: JSONObject) throws(InputError) -> Reading {
    let source = try root.required("source").object()
    let profile = try root.text("profile")
    var reading = Reading(
      profile: profile,
      source: Reading.Source(
        path: try source.text("path"), format: try source.text("format"), sha256: try source.text("sha256"),
        part: try source.integer("part")))
    reading.toolVersion = try root.optionalText("tool_version")
    reading.startedAt = try startedAt(root)
    reading.duration = try root["duration"].map { value throws(InputError) in try value.number() }
    reading.failure = try root.optionalText("failure")
    reading.conditions = try root.words("conditions")
    reading.facts = try root.words("facts")
    reading.recordedTags = try root.words("endpoint_tags")
    reading.notices = try root.list("notices") { value throws(InputError) in try value.string() }
    reading.measurements = try root.list("values") { value throws(InputError) in
      try measurement(value.object(), profile: profile)
    }
    reading.distributions = try root.list("distributions") { value throws(InputError) in
      try distribution(value.object())
    }
    reading.thresholds = try root.list("thresholds") { value throws(InputError) in
      try threshold(value.object())
    }
    reading.observeThresholds()
    return reading
  }

  private static func startedAt(_ root: JSONObject) throws(InputError) -> Timestamp? {
    guard let value = root["started_at"] else { return nil }
    guard let time = Timestamp(rfc3339: try value.string()) else {
      throw value.error(expected: "a time as in 2026-11-20T23:20:00.578Z", remedy: remedy)
    }
    return time
  }

  private static func measurement(
    _ object: JSONObject, profile: String
  ) throws(InputError) -> MetricValue {
    let name = try object.required("statistic")
    guard let statistic = Statistic(recorded: try name.string()) else {
      throw name.error(expected: "a statistic such as p95, med or rate", remedy: remedy)
    }
    let series = Series(
      profile: profile, endpoint: try object.text("endpoint"), metric: try object.text("metric"),
      statistic: statistic)
    return MetricValue(
      series: series, value: try object.required("value").number(), unit: try object.unit(),
      better: try object.better(), samples: object["samples"] == nil ? nil : try object.integer("samples"))
  }

  private static func distribution(_ object: JSONObject) throws(InputError) -> Distribution {
    let value = try object.required("sketch")
    guard let sketch = Base64.bytes(try value.string()).flatMap({ QuantileSketch(encoded: $0) }) else {
      throw value.error(expected: "a sketch in Base64", remedy: remedy)
    }
    return Distribution(
      endpoint: try object.text("endpoint"), metric: try object.text("metric"), unit: try object.unit(),
      better: try object.better(), sketch: sketch)
  }

  private static func threshold(_ object: JSONObject) throws(InputError) -> Reading.Threshold {
    Reading.Threshold(
      endpoint: try object.text("endpoint"), metric: try object.text("metric"),
      expression: try object.text("expression"),
      passed: try object["passed"].map { value throws(InputError) in try value.boolean() })
  }
}

extension JSONObject {
  fileprivate func unit() throws(InputError) -> MetricUnit { try choice("unit") { MetricUnit(rawValue: $0) } }

  fileprivate func better() throws(InputError) -> Direction? {
    self["better"] == nil ? nil : try choice("better") { Direction(rawValue: $0) }
  }

  private func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ key: StaticString, _ known: (String) -> Choice?
  ) throws(InputError) -> Choice {
    let value = try required(key)
    guard let choice = known(try value.string()) else {
      throw value.error(
        expected: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "), remedy: remedy)
    }
    return choice
  }
}
