public import SLOHistory
import SLOSupport
import SLOModel

/// What a verification found, for a person.
public func textReport(of found: Verification, style: TextStyle) -> String {
  let looked =
    "\(counted(found.entries, "entry", plural: "entries")) of the journal, \(counted(found.runs, "run")) "
    + "(\(found.pruned) pruned), \(counted(found.verdicts, "verdict"))"
  let title =
    found.isIntact
    ? style.paint("INTACT", .bold, .green) : style.paint("NOT AS IT WAS RECORDED", .bold, .red)
  var lines = ["\(title)  \(looked)"]
  for finding in found.findings {
    lines += labelled(
      finding.part.rawValue,
      VisibleText.escaped("\(finding.name): found \(finding.found); expected \(finding.expected)"), style)
  }
  for head in found.heads { lines += labelled("end", head.description, style) }
  return lines.joined(separator: "\n") + "\n"
}

/// What a verification found as JSON, schema `slogate.verification/v1`: keys may be added, never renamed or removed.
public func jsonReport(of found: Verification) -> String {
  JSONText.object([
    ("schema", .string("slogate.verification/v1")), ("intact", .bool(found.isIntact)),
    ("entries", .int(found.entries)), ("runs", .int(found.runs)), ("pruned", .int(found.pruned)),
    ("verdicts", .int(found.verdicts)), ("heads", .array(found.heads.map { .string($0.description) })),
    (
      "findings",
      .array(
        found.findings.map { finding in
          .object([
            ("part", .string(finding.part.rawValue)), ("name", .string(finding.name)),
            ("found", .string(finding.found)), ("expected", .string(finding.expected)),
          ])
        })
    ),
  ]).document
}
