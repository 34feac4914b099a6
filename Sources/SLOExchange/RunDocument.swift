internal import SLOSupport
internal import SLOHistory
internal import SLOModel
internal import SLOReports
internal import SLOStatistics

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

  private static func value(_ measurement: Measurement) -> JSONText {
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
