import SLOSupport
import SLOHistory
package import SLOModel

/// Runs without their values as JSON, schema `slogate.runs/v1`: keys may be added, never renamed or removed.
package func jsonReport(of runs: [ListedRun]) -> String {
  JSONText.object([
    ("schema", .string("slogate.runs/v1")),
    ("runs", .array(runs.map { .object(json(of: $0, isWhole: false)) })),
  ])
  .document
}

/// Runs in full as JSON, schema `slogate.runs/v1`.
package func jsonReport(ofWhole runs: [(listed: ListedRun, run: Run)]) -> String {
  JSONText.object([
    ("schema", .string("slogate.runs/v1")),
    ("runs", .array(runs.map { .object(json(of: $0.listed, isWhole: true) + json(of: $0.run)) })),
  ]).document
}

/// - Parameter isWhole: whether the parent of the commit is given too: a list names the commits that were measured.
private func json(of listed: ListedRun, isWhole: Bool) -> [(String, JSONText)] {
  let header = listed.header
  return [
    ("id", .string(header.id.description)), ("service", .string(header.service)),
    ("profile", .string(header.profile)), ("commit", json(of: header.commit, isWhole: isWhole)),
    ("environment", json(of: header.environment)), ("settings", .object(header.settings)),
    (
      "source",
      .object([
        ("path", .string(header.source.path)), ("format", .string(header.source.format)),
        ("sha256", .string(header.source.sha256)), ("part", .int(header.source.part)),
      ])
    ),
    ("started_at", .string(header.startedAt?.description)),
    ("recorded_at", .string(header.recordedAt.description)), ("failure", .string(header.failure)),
    ("measured", .int(header.measured)), ("pruned", .bool(header.isPruned)), ("hold", .string(header.hold)),
    ("verdicts", .array(listed.checks.map(json))), ("acceptances", .array(listed.acceptances.map(json))),
  ]
}

private func json(of commit: Commit, isWhole: Bool) -> JSONText {
  .object(
    [
      ("sha", .string(commit.sha)), ("branch", .string(commit.branch)),
      ("committed_at", .string(commit.committedAt?.description)),
    ] + (isWhole ? [("first_parent", .string(commit.firstParent))] : []))
}

private func json(of check: RecordedCheck) -> JSONText {
  .object([
    ("verdict", .string(check.verdict)), ("exit_code", .int(check.exitCode)),
    ("recorded_at", .string(check.recordedAt.description)),
  ])
}

private func json(of recorded: RecordedAcceptance) -> JSONText {
  let acceptance = recorded.acceptance
  return .object([
    ("id", .string(recorded.id.description)), ("service", .string(acceptance.service)),
    ("commit", .string(acceptance.commit)),
    ("profile", .string(acceptance.profile)), ("endpoint", .string(acceptance.endpoint?.text)),
    ("metric", .string(acceptance.metric)), ("statistic", .string(acceptance.statistic?.rawValue)),
    ("by", .string(acceptance.by)), ("reason", .string(acceptance.reason)),
    ("at", .string(acceptance.at.description)),
    ("revoked", recorded.revocation.map(json) ?? .null),
  ])
}

private func json(of revocation: RecordedAcceptance.Revocation) -> JSONText {
  .object([
    ("by", .string(revocation.by)), ("reason", .string(revocation.reason)),
    ("at", .string(revocation.at.description)),
  ])
}

private func json(of run: Run) -> [(String, JSONText)] {
  let reading = run.reading
  return [
    ("tool_version", .string(reading.toolVersion)), ("duration_seconds", .number(reading.duration)),
    ("facts", .object(reading.facts)), ("notices", .array(reading.remarks.map { .string($0) })),
    ("values", .array(reading.measurements.map(json))),
    (
      "thresholds",
      .array(
        reading.thresholds.map { threshold in
          .object([
            ("endpoint", .string(threshold.endpoint)), ("metric", .string(threshold.metric)),
            ("expression", .string(threshold.expression)),
            ("passed", threshold.passed.map { .bool($0) } ?? .null),
            ("measured", .bool(threshold.isMeasured)), ("value", .number(threshold.observed)),
          ])
        })
    ),
  ]
}

private func json(of measurement: MetricValue) -> JSONText {
  let series = measurement.series
  return .object([
    ("endpoint", .string(series.endpoint)), ("metric", .string(series.metric)),
    ("statistic", .string(series.statistic.rawValue)), ("unit", .string(measurement.unit.rawValue)),
    ("value", .number(measurement.value)), ("samples", measurement.samples.map { .int($0) } ?? .null),
  ])
}
