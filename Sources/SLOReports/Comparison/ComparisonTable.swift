import SLOGate
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// The series worth a line: what moved, by the size of the change; the rest is counted.
struct ComparisonTable {
  /// Rows beyond this are counted, not shown, unless all are asked for.
  private static let mostRows = 40

  private let rows: [ComparisonRow]
  private let rest: [String]
  private let isJudged: Bool
  private let hasSpread: Bool
  private let style: TextStyle

  init(_ cohort: CohortComparison, _ style: TextStyle, showsAll: Bool) {
    let isJudged = cohort.series.contains { $0.difference.p != nil }
    let moved = cohort.series.filter { $0.isWorthALine(isJudged: isJudged) }.sorted { $0.size > $1.size }
    let telling = moved.filter(\.isTelling)
    let hasTelling = cohort.series.contains(where: \.isTelling)
    let main = hasTelling ? telling : moved
    let others = moved.filter { hasTelling && !$0.isTelling }
    let still = cohort.series.filter { !$0.isWorthALine(isJudged: isJudged) }
    let shown = showsAll ? (main + others + still)[...] : main.prefix(ComparisonTable.mostRows)
    hasSpread = shown.contains { $0.difference.spreadBefore != nil || $0.difference.spreadAfter != nil }
    rows = shown.map { ComparisonRow($0, isJudged: isJudged) }
    rest =
      showsAll
      ? [moved.isEmpty && isJudged ? "no series changed significantly" : ""]
      : ComparisonTable.rest(
        hidden: main.count - shown.count, others: others, still: still.count, isJudged: isJudged)
    self.isJudged = isJudged
    self.style = style
  }

  /// What has no line, counted.
  private static func rest(
    hidden: Int, others: [ComparedFinding], still: Int, isJudged: Bool
  ) -> [String] {
    let names = others.prefix(3).map { "\(label(ofEndpoint: $0.series.endpoint)) \($0.label)" }
    let more = others.count > names.count ? ", …" : ""
    let lines = [
      hidden > 0 ? "… and \(hidden) more like these" : "",
      others.isEmpty
        ? ""
        : "\(counted(others.count, "other series", plural: "other series")) changed as well:"
          + " \(names.joined(separator: ", "))\(more)",
      still == 0
        ? ""
        : counted(still, "series", plural: "series")
          + (isJudged ? " without a significant change" : " of less importance"),
    ]
    let told = lines.filter { !$0.isEmpty }
    return told.isEmpty ? [] : told.dropLast() + [(told.last ?? "") + " (--all shows them)"]
  }

  var lines: [String] {
    let table = rows.isEmpty ? [] : wide ?? narrow
    let rest = rest.map(VisibleText.escaped).flatMap { wrapped($0, to: style.width - 2) }
    return table + rest.filter { !$0.isEmpty }.map { "  " + $0 } + legend
  }

  /// What the figures are, said once.
  private var legend: [String] {
    guard !rows.isEmpty else { return [] }
    let text =
      isJudged
      ? "95 % intervals from the noise between commits; significant: q at most"
        + " \(percent(DifferenceTest.falseDiscoveryRate)) (Benjamini-Hochberg)"
      : hasSpread
        ? "within one session: smallest and largest repetition; says nothing of run-to-run noise"
        : ""
    return wrapped(text, to: style.width - 2).filter { !$0.isEmpty }.map { style.paint("  " + $0, .dim) }
  }

  // MARK: Layouts

  private var titles: [String] {
    [
      "", "endpoint", "metric", "A", "B", "change", isJudged ? "95 % interval" : "within one session",
      "verdict",
    ]
  }

  /// One line a series; nil where the terminal is too narrow.
  private var wide: [String]? {
    let shown = isJudged ? 8 : hasSpread ? 7 : 6
    let cells = ([titles] + rows.map(\.cells)).map { Array($0.prefix(shown)) }
    let lines = fitted(cells, right: [3, 4, 5, 6], to: style.width)
    guard lines.allSatisfy({ columns(of: $0) <= style.width }) else { return nil }
    return lines.enumerated().map { index, line in
      index == 0 ? style.paint(line, .dim) : colour(line, rows[index - 1])
    }
  }

  /// Colours only the last cell, so that the figures stay readable on any background.
  private func colour(_ line: String, _ row: ComparisonRow) -> String {
    guard style.isColoured, isJudged, let verdict = row.cells.last, line.hasSuffix(verdict) else {
      return line
    }
    return String(line.dropLast(verdict.count)) + style.paint(verdict, row.colour)
  }

  /// A few lines a series, for terminals the table does not fit on.
  private var narrow: [String] {
    rows.flatMap { row in
      let cells = row.cells
      let range = isJudged ? ", 95 % \(cells[6])" : hasSpread ? ", within one session \(cells[6])" : ""
      let figures = "\(cells[3]) → \(cells[4]), \(cells[5])\(range)"
      let name = "\(cells[0]) \(cells[1]) \(cells[2])"
      let verdict = isJudged ? cells[7] : ""
      let isOneLine = columns(of: name) + 2 + columns(of: verdict) <= style.width
      let head =
        isOneLine
        ? [trimmedEnd(name + "  " + style.paint(verdict, row.colour))]
        : wrapped(name, to: style.width) + ["  " + style.paint(verdict, row.colour)]
      return head + wrapped(figures, to: style.width - 2).map { "  " + $0 }
    }
  }
}

extension ComparedFinding {
  /// The short name of its figure.
  fileprivate var label: String { MetricCatalogue.label(of: series.metric, series.statistic) }

  /// Whether it moved; where nothing could be judged, whether people look at it first.
  fileprivate func isWorthALine(isJudged: Bool) -> Bool {
    isJudged ? [.worse, .better, .changed].contains(outcome) : isTelling
  }

  /// How large the change is, up or down alike; what came from nothing is larger than any.
  fileprivate var size: Double {
    guard let change = difference.change, change.absolute != 0 else { return 0 }
    guard let relative = change.relative, let before = difference.before, let after = difference.after else {
      return .infinity
    }
    let (low, high) = (min(abs(before), abs(after)), max(abs(before), abs(after)))
    return low > 0 && before * after > 0 ? high / low : abs(relative) + 1
  }
}
