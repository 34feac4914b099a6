import SLOBudgets
import SLOGate
import SLOModel
import SLOStatistics

/// The findings worth a line: what broke or moved, gravest first; the rest is counted.
struct FindingTable {
  /// Rows beyond this are counted, not shown: a log of thousands hides the first.
  private static let mostRows = 40

  private let rows: [Row]
  private let hidden: Int
  private let rest: String
  private let style: TextStyle

  init(_ verdict: Verdict, _ style: TextStyle) {
    let stories = verdict.stories(Finding.Outcome.byGravity)
    let shown = stories.flatMap { story in
      story.findings.map { Row($0) } + story.consequences.map { Row($0, after: story.name) }
    }
    rows = Array(shown.prefix(FindingTable.mostRows))
    hidden = shown.count - rows.count
    rest = FindingTable.rest(verdict.quietCounts, unbudgeted: verdict.unbudgeted)
    self.style = style
  }

  var lines: [String] {
    let table = rows.isEmpty ? [] : wide ?? narrow
    let more = hidden > 0 ? ["  … and \(hidden) more like these (--format json lists all)"] : []
    return table + more + wrapped(rest, to: style.width - 2).map { "  " + $0 }
  }

  private static func rest(_ counts: [String], unbudgeted: [String]) -> String {
    let text = counts.joined(separator: " · ")
    guard !unbudgeted.isEmpty else { return text }
    let names = unbudgeted.prefix(5).map(VisibleText.escaped).joined(separator: ", ")
    return text + " · \(counted(unbudgeted.count, "endpoint")) measured without a budget: \(names)"
      + (unbudgeted.count > 5 ? ", …" : "")
  }

  /// A finding, and what it follows from.
  private struct Row {
    let words: FindingRow
    let detail: String

    init(_ finding: Finding, after cause: String? = nil) {
      words = FindingRow(finding)
      let follows = cause.map { "follows from \($0)" }
      detail = [follows ?? "", words.detail].filter { !$0.isEmpty }.joined(separator: " · ")
    }
  }

  // MARK: Layouts

  private static let titles = ["profile", "endpoint", "metric", "now", "limit", "typical (noise)", "verdict"]

  /// One line a finding, and a second where there is more to say; nil where the terminal is too narrow.
  private var wide: [String]? {
    let cells = [FindingTable.titles] + rows.map(\.words.cells)
    var widths = FindingTable.titles.indices.map { column in cells.map { columns(of: $0[column]) }.max() ?? 0
    }
    let gaps = 2 * (widths.count - 1)
    let excess = widths.reduce(0, +) + gaps - style.width
    if excess > 0 { widths[1] = max(16, widths[1] - excess) }
    guard widths.reduce(0, +) + gaps <= style.width else { return nil }
    let head = style.paint(FindingTable.line(FindingTable.titles, widths), .dim)
    return [head]
      + rows.flatMap { row in
        [colour(FindingTable.line(row.words.cells, widths), row.words)] + detail(of: row)
      }
  }

  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    zip(cells, widths).enumerated().map { column, cell in
      let isLast = column == widths.count - 1
      let text = shortened(cell.0, to: cell.1)
      return isLast ? text : padded(text, to: cell.1, right: column == 3 || column == 4)
    }
    .joined(separator: "  ")
  }

  /// Colours only the last cell, so that the figures stay readable on any background.
  private func colour(_ line: String, _ row: FindingRow) -> String {
    let verdict = row.verdict
    guard style.isColoured, line.hasSuffix(verdict) else { return line }
    return String(line.dropLast(verdict.count)) + style.paint(verdict, row.colour)
  }

  private func detail(of row: Row) -> [String] {
    guard !row.detail.isEmpty else { return [] }
    return wrapped(row.detail, to: style.width - 11).enumerated().map { index, line in
      style.paint((index == 0 ? "         └ " : "           ") + line, .dim)
    }
  }

  /// A few lines a finding, for terminals the table does not fit on.
  private var narrow: [String] {
    rows.flatMap { row in
      let words = row.words
      let body =
        [
          "\(words.profile) \(words.endpoint) \(words.metric)",
          "\(words.value), limit \(words.limit), typical \(words.typical)",
          row.detail,
        ]
      return [style.paint(words.verdict, words.colour)]
        + body.filter { !$0.isEmpty }.flatMap { wrapped($0, to: style.width - 2) }.map { "  " + $0 }
    }
  }
}
