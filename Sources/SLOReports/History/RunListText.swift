import SLOHistory
import SLOModel
import SLOSupport

/// The runs of a history as a table, one line a run.
/// - Parameter more: whether there are runs beyond those listed.
public func textReport(of runs: [ListedRun], hasMore: Bool, style: TextStyle) -> String {
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

/// Shortens what strangers may have written at length until a line fits, the branch first.
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
