import SLOBudgets
package import SLOGate
import SLOModel
import SLOStatistics
import SLOSupport

/// The verdict as a SARIF 2.1.0 log, for code scanning: a result for each problem, on the line of its budget.
///
/// Fingerprints do not depend on line, value or commit, so that one alert stays open from the commit that brings a
/// problem to the one that fixes it. GitHub takes at most 25,000 results a run; the most severe come first.
/// Format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.
package func sarifReport(of verdict: Verdict) -> String { sarifLog([sarifRun(of: verdict)]) }

/// A log of runs.
func sarifLog(_ runs: [JSONText]) -> String {
  JSONText.object([
    (
      "$schema",
      .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    ),
    ("version", .string("2.1.0")), ("runs", .array(runs)),
  ]).document
}

/// A run that gave no verdict.
/// - Parameters:
///   - key: what distinguishes its gate.
///   - reason: why there is none.
func sarifRun(withoutVerdict key: String, code: Int32, reason: String) -> JSONText {
  .object([
    ("tool", .object([("driver", driver)])),
    ("automationDetails", .object([("id", .string("slogate/\(key)/"))])),
    (
      "invocations",
      .array([
        .object([
          ("executionSuccessful", .bool(false)), ("exitCode", .int(Int(code))),
          (
            "toolExecutionNotifications",
            .array([.object([("level", .string("error")), ("message", text(reason))])])
          ),
        ])
      ])
    ),
    ("results", .array([])),
  ])
}

/// The run of a verdict.
func sarifRun(of verdict: Verdict) -> JSONText {
  let annotations = verdict.annotations
  let results = annotations.prefix(mostResults).map { result($0, verdict) }
  let cut = annotations.count - results.count
  let notices =
    unique(verdict.remarks).prefix(mostNotifications)
    + (cut > 0 ? ["\(cut) more results than a log may have"] : [])
  return .object([
    ("tool", .object([("driver", driver)])),
    ("automationDetails", .object([("id", .string("slogate/\(verdict.gateKey)/"))])),
    (
      "invocations",
      .array([
        .object([
          ("executionSuccessful", .bool(true)), ("exitCode", .int(Int(verdict.code.rawValue))),
          ("toolExecutionNotifications", .array(notices.map(notification))),
        ])
      ])
    ),
    ("results", .array(results)), ("properties", properties(of: verdict)),
  ])
}

private let mostResults = 25_000
private let mostNotifications = 100

private var driver: JSONText {
  .object([
    ("name", .string(Tool.name)), ("semanticVersion", .string(Tool.version)),
    ("rules", .array(AnnotationRule.allCases.map(rule))),
  ])
}

private func rule(_ rule: AnnotationRule) -> JSONText {
  .object([
    ("id", .string("slogate/\(rule.rawValue)")), ("name", .string(rule.title)),
    ("shortDescription", text(rule.title)), ("fullDescription", text(rule.meaning)),
    ("help", text(rule.help)),
    ("defaultConfiguration", .object([("level", .string(rule.level.sarif))])),
    ("properties", .object([("tags", .array([.string("performance"), .string("slo")]))])),
  ])
}

private func result(_ annotation: Annotation, _ verdict: Verdict) -> JSONText {
  let place = annotation.place ?? verdict.fallbackPlace
  let waiver = annotation.finding.flatMap { $0.outcome == .waived ? $0.waiver : nil }
  let index = AnnotationRule.allCases.firstIndex(of: annotation.rule) ?? 0
  return .object([
    ("ruleId", .string("slogate/\(annotation.rule.rawValue)")), ("ruleIndex", .int(index)),
    ("level", .string(annotation.level.sarif)), ("message", text(annotation.message)),
    ("locations", .array([location(place)])),
    ("partialFingerprints", .object([("slogate/v1", .string(annotation.fingerprint))])),
    ("suppressions", .array(waiver.map { [suppression($0)] } ?? [])),
    ("properties", annotation.finding.map(properties) ?? .object([])),
  ])
}

private func location(_ place: Place) -> JSONText {
  .object([
    (
      "physicalLocation",
      .object([
        ("artifactLocation", .object([("uri", .string(uri(of: place.file)))])),
        (
          "region",
          .object([("startLine", .int(max(1, place.line))), ("startColumn", .int(max(1, place.column)))])
        ),
      ])
    )
  ])
}

/// A waiver lets the release pass and stays in sight: an accepted suppression.
private func suppression(_ waiver: Waiver) -> JSONText {
  let words = "until \(waiver.until), \(waiver.owner): \(waiver.reason)"
  return .object([
    ("kind", .string("external")), ("status", .string("accepted")),
    ("justification", .string(VisibleText.escaped(words))), ("location", location(waiver.place)),
  ])
}

private func notification(_ notice: String) -> JSONText {
  .object([("level", .string("note")), ("message", text(VisibleText.escaped(notice)))])
}

/// The figures as they are, and the names as they were measured.
private func properties(of finding: Finding) -> JSONText {
  let series = finding.series
  let judgement = finding.regression?.judgement
  return .object([
    ("profile", .string(series.profile)), ("endpoint", .string(series.endpoint)),
    ("metric", .string(series.metric)),
    ("statistic", .string(series.statistic.rawValue)), ("unit", .string(finding.unit.rawValue)),
    ("value", .number(finding.value)), ("limit", .number(finding.budget?.limit.bound)),
    ("typical", .number(judgement?.typical)), ("change", .number(judgement?.change?.relative)),
    ("q_value", .number(judgement?.q)), ("owner", .string(finding.budget?.limit.owner)),
    ("outcome", .string(finding.outcome.rawValue)),
  ])
}

private func properties(of verdict: Verdict) -> JSONText {
  .object([
    ("service", .string(verdict.service)),
    ("verdict", .string(verdict.outcome.rawValue)), ("commit", .string(verdict.commit.sha)),
    ("branch", .string(verdict.commit.branch)), ("reference", .string(verdict.reference)),
    ("environment", .string(verdict.environment.name)),
    ("fingerprint", .string(verdict.environment.fingerprint)),
  ])
}

/// A message. Of what SARIF reads in one only a link and a numbered placeholder are kept from being one: braces and
/// brackets of routes stay as people know them.
private func text(_ words: String) -> JSONText {
  let scalars = Array(words.unicodeScalars)
  var safe = String.UnicodeScalarView()
  var placeholderEnd: Int?
  for (index, scalar) in scalars.enumerated() {
    if scalar == "]", index + 1 < scalars.count, scalars[index + 1] == "(" { safe.append("\\") }
    if scalar == "{", let end = endOfPlaceholder(scalars[(index + 1)...]) {
      placeholderEnd = end
      safe.append("{")
    }
    safe.append(scalar)
    if index == placeholderEnd { safe.append("}") }
  }
  return .object([("text", .string(String(safe)))])
}

/// Where the brace is that ends a placeholder, where digits and a brace follow.
private func endOfPlaceholder(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
  let rest = text.drop { ("0"..."9").contains($0) }
  return rest.startIndex > text.startIndex && rest.first == "}" ? rest.startIndex : nil
}

/// A path as a reference of RFC 3986.
private func uri(of path: String) -> String {
  let plain = path.utf8.reduce(into: "") { text, byte in
    let isPlain =
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || "-._~/".utf8.contains(byte)
    text += isPlain ? String(UnicodeScalar(byte)) : "%" + hex(byte)
  }
  return path.hasPrefix("/") ? "file://" + plain : plain
}

private func hex(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.count == 1 ? "0" + digits : digits
}

extension Annotation.Level {
  /// Its name in SARIF.
  fileprivate var sarif: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }
}
