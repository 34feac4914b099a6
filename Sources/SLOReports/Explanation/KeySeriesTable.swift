public import SLOGate
import SLOModel

/// Findings a row each, in the order given: figure, value, limit, what is typical, the verdict, and where; below a
/// waived one who waived it and why.
/// - Parameter hidden: how many more there are.
public func keySeriesReport(of findings: [Finding], hidden: Int, style: TextStyle) -> String {
  let rows = findings.map(FindingRow.init)
  let cells = rows.map { [$0.metric, $0.value, $0.limit, $0.typical, $0.verdict, $0.endpoint, $0.profile] }
  let table = fittedTable(
    [["metric", "now", "limit", "typical", "verdict", "endpoint", "profile"]] + cells, to: style.width)
  let head = table.prefix(1).map { style.paint($0, .dim) }
  let body = zip(table.dropFirst(), rows).flatMap { line, row in
    [line]
      + (row.waiver.isEmpty
        ? [] : wrapped("└ \(row.waiver)", to: style.width - 2).map { style.paint("  " + $0, .dim) })
  }
  let more = hidden > 0 ? ["… and \(hidden) more: --all lists them"] : []
  return VisibleText.inert((head + body + more).map { $0 + "\n" }.joined())
}

/// Aligned cells no wider than a terminal, where endpoint and metric can give way.
private func fittedTable(_ rows: [[String]], to width: Int) -> [String] {
  var rows = rows
  for column in [5, 0] {
    let excess = (aligned(rows, right: [1, 2, 3]).map(columns).max() ?? 0) - width
    guard excess > 0 else { break }
    let room = max(16, (rows.map { columns(of: $0[column]) }.max() ?? 0) - excess)
    for index in rows.indices { rows[index][column] = shortened(rows[index][column], to: room) }
  }
  return aligned(rows, right: [1, 2, 3])
}
