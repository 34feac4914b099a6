package import SLOHistory
import SLOModel
import SLOSupport

/// The runs of a history as a table, one line a run.
/// - Parameter more: whether there are runs beyond those listed.
package func textReport(of runs: [ListedRun], hasMore: Bool, style: TextStyle) -> String {
  let titles = [
    "run", "recorded (UTC)", "commit", "branch", "service", "profile", "sizing", "values", "verdict", "",
  ]
  var rows = runs.map { run in
    let header = run.header
    return [
      run.shortID, header.recordedAt.minute, header.commit.shortSHA, header.commit.branch ?? "–",
      header.service,
      header.profile, run.sizing, String(header.measured), run.verdict, run.marks,
    ].map(VisibleText.escaped)
  }
  fit(&rows, titles, to: style.width)
  var lines = aligned([titles] + rows, right: [7])
  lines[0] = style.paint(lines[0], .dim)
  if hasMore { lines.append("… and older ones; --limit shows more") }
  return lines.joined(separator: "\n") + "\n"
}

/// Shortens untrusted texts until a line fits, the branch first.
private func fit(_ rows: inout [[String]], _ titles: [String], to width: Int) {
  func widths() -> [Int] {
    titles.indices.map { column in ([titles] + rows).map { columns(of: $0[column]) }.max() ?? 0 }
  }
  for (column, least) in [(3, 14), (6, 14), (4, 8), (5, 8)] {
    let excess = widths().reduce(2 * (titles.count - 1), +) - width
    guard excess > 0 else { return }
    let room = max(least, widths()[column] - excess)
    for row in rows.indices { rows[row][column] = shortened(rows[row][column], to: room) }
  }
}

/// What a pruning takes, or would take, for a person.
/// - Parameters:
///   - isDone: whether it was done, or only planned.
///   - needed: how many commits a comparison needs.
package func textReport(of plan: PruningPlan, isDone: Bool, needed: Int, style: TextStyle) -> String {
  let (runs, values) = (counted(plan.runs.count, "run"), counted(plan.values, "value"))
  var lines = [
    isDone ? "pruned \(values) of \(runs)" : "would prune \(values) of \(runs); --yes does it"
  ]
  if plan.runs.isEmpty { lines = ["nothing to prune"] }
  let commits = unique(plan.runs.map { VisibleText.escaped($0.commit.shortSHA) })
  if !commits.isEmpty {
    let rest = commits.count > 20 ? " … and \(commits.count - 20) more" : ""
    lines += labelled("commits", commits.prefix(20).joined(separator: " ") + rest, style)
  }
  for reason in PruningPlan.Protection.allCases {
    if let count = plan.protected[reason] {
      lines += labelled("kept", "\(counted(count, "run")) \(reason.rawValue)", style)
    }
  }
  for remainder in plan.remainders where remainder.commits < needed {
    lines += labelled("note", VisibleText.escaped(warning(of: remainder, needed: needed)), style)
  }
  return lines.joined(separator: "\n") + "\n"
}

private func warning(of remainder: PruningPlan.Remainder, needed: Int) -> String {
  let sizing = remainder.environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  return "\(counted(remainder.commits, "commit")) of service \(remainder.service), profile "
    + "\(remainder.profile), at \(sizing.joined(separator: " ")) can still be compared with, and \(needed) are "
    + "needed: without more no regression can be judged there"
}

/// A run as a list shows it: its header, and what was said of it.
package struct ListedRun: Sendable {
  /// The run without its values.
  package var header: RunHeader
  /// The verdicts over it, the last first.
  package var checks: [RecordedCheck]
  /// The acceptances that name its commit, with those that were taken back.
  package var acceptances: [RecordedAcceptance]

  /// Creates one.
  package init(header: RunHeader, checks: [RecordedCheck], acceptances: [RecordedAcceptance]) {
    self.header = header
    self.checks = checks
    self.acceptances = acceptances
  }

  /// The first digits of the id, for people: enough to identify one of a million runs.
  var shortID: String { String(header.id.description.prefix(10)) }

  /// The last verdict over it in one word.
  var verdict: String { checks.first.map { $0.verdict } ?? "–" }

  /// What protects its values, took them, or began with it.
  var marks: String {
    var marks: [String] = []
    if header.hold != nil { marks.append("held") }
    if header.isPruned { marks.append("pruned") }
    if acceptances.contains(where: { $0.revocation == nil }) {
      marks.append("accepted")
    } else if !acceptances.isEmpty {
      marks.append("revoked")
    }
    if header.failure != nil { marks.append("failed") }
    return marks.joined(separator: " ")
  }

  /// The sizing in one line.
  var sizing: String {
    let environment = header.environment
    guard environment.isKnown else { return "unknown" }
    let facts = environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return ([environment.name].compactMap { $0 } + facts).joined(separator: " ")
  }
}

extension Timestamp {
  /// The minute in UTC: `2026-11-20 23:20`.
  var minute: String {
    String(description.prefix(16)).split(separator: "T").joined(separator: " ")
  }
}
