package import SLOGate
import SLOModel
import SLOSupport

/// Findings a row each, in the order given: figure, value, limit, what is typical, the verdict, and where; below a
/// waived one who waived it and why.
/// - Parameter hidden: how many more there are.
package func keySeriesReport(of findings: [Finding], hidden: Int, style: TextStyle) -> String {
  let rows = findings.map(FindingRow.init)
  let places = unique(rows.map { "\($0.profile)  \($0.endpoint)" })
  let caption = places.count == 1 ? [style.paint(places[0], .bold)] : []
  let titles =
    ["metric", "now", "limit", "typical", "verdict"] + (places.count == 1 ? [] : ["endpoint", "profile"])
  let cells = rows.map { row in
    [row.metric, row.value, row.limit, row.typical, row.verdict]
      + (places.count == 1 ? [] : [row.endpoint, row.profile])
  }
  let table = fitted([titles] + cells, right: [1, 2, 3], to: style.width, giving: [5, 0])
  let head = caption + table.prefix(1).map { style.paint($0, .dim) }
  let body = zip(table.dropFirst(), rows).flatMap { line, row in
    [line]
      + (row.waiver.isEmpty
        ? [] : wrapped("└ \(row.waiver)", to: style.width - 2).map { style.paint("  " + $0, .dim) })
  }
  let more = hidden > 0 ? ["… and \(hidden) more: --all lists them"] : []
  return VisibleText.inert((head + body + more).map { $0 + "\n" }.joined())
}
