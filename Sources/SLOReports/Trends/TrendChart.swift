import SLOBudgets
package import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// Trends as line charts for a terminal, one below the other.
package func chartReport(of trends: [Trend], style: TextStyle) -> String {
  var heading = ""
  let charts = trends.map { trend in
    let isNew = trend.cohortLabel != heading
    heading = trend.cohortLabel
    let head = wrapped(VisibleText.escaped(heading), to: style.width).map { style.paint($0, .dim) }
    return ((isNew ? head : []) + TrendChart(of: trend, style).lines).joined(separator: "\n")
  }
  return charts.joined(separator: "\n\n") + "\n"
}

/// One series as a line of braille over its commits, with its limit, its noise and its changes.
private struct TrendChart {
  private static let rows = 10

  private let trend: Trend
  private let style: TextStyle
  private let scale: ChartScale
  private let labels: [Int: String]
  private let gutter: Int
  private let columns: Int

  init(of trend: Trend, _ style: TextStyle) {
    self.trend = trend
    self.style = style
    let scale = ChartScale(of: trend, ticks: 4)
    var labels = Dictionary(
      scale.ticks.map { (TrendChart.row(of: $0, scale), quantity($0, trend.unit)) }
    ) { first, _ in first }
    // The limit's own label goes before a tick's next to it.
    if scale.showsLimit, let limit = trend.limit {
      let row = TrendChart.row(of: limit.bound, scale)
      for near in row - 1...row + 1 { labels[near] = nil }
      labels[row] = "limit " + quantity(ofLimit: limit.bound, trend.unit)
    }
    self.scale = scale
    self.labels = labels
    gutter = labels.values.map { SLOReports.columns(of: $0) }.max() ?? 0
    columns = max(16, style.width - gutter - 3)
  }

  var lines: [String] {
    title + plot + [axis] + ChartMarks(of: trend, columns: columns, style).lines(indent: gutter + 2)
  }

  private var title: [String] {
    let name = shortened(VisibleText.escaped("\(trend.endpointLabel) \(trend.metricLabel)"), to: style.width)
    return [style.paint(name, .bold)]
      + wrapped(VisibleText.escaped(trend.summary + scale.omission), to: style.width)
  }

  // MARK: The plot

  private var plot: [String] {
    let canvas = canvas
    let changes = Set(trend.changes.map { column(of: $0.index) })
    let limit = scale.showsLimit ? trend.limit.map { TrendChart.row(of: $0.bound, scale) } : nil
    return (0..<TrendChart.rows).map { row in
      let label = padded(labels[row] ?? "", to: gutter, right: true)
      let cells = (0..<columns).map { column -> (Character, TextStyle.Colour?) in
        if let dots = canvas[column, row] { return (dots, isBeyond(row, limit) ? .red : .cyan) }
        if row == limit { return ("╌", .yellow) }
        if changes.contains(column) { return ("┊", .dim) }
        return isInBand(column, row) ? ("░", .dim) : (" ", nil)
      }
      let edge = labels[row] == nil ? "│" : "┤"
      return style.paint(label, row == limit ? .yellow : .dim) + style.paint(" " + edge, .dim) + paint(cells)
    }
  }

  private var canvas: BrailleCanvas {
    var canvas = BrailleCanvas(columns: columns, rows: TrendChart.rows)
    let dots = trend.points.indices.map { index in
      (
        x: x(of: index),
        y: Int(
          saturating: ((1 - scale.height(of: trend.points[index].value)) * Double(canvas.height - 1))
            .rounded())
      )
    }
    for (start, end) in zip(dots, dots.dropFirst()) { canvas.line(from: start, to: end) }
    if dots.count == 1 { canvas.line(from: (dots[0].x - 1, dots[0].y), to: (dots[0].x + 1, dots[0].y)) }
    return canvas
  }

  private func x(of index: Int) -> Int {
    chartPosition(of: index, among: trend.points.count, width: columns * 2)
  }

  private func column(of index: Int) -> Int { x(of: index) / 2 }

  private static func row(of value: Double, _ scale: ChartScale) -> Int {
    min(rows - 1, Int(saturating: ((1 - scale.height(of: value)) * Double(rows * 4 - 1)).rounded()) / 4)
  }

  /// Whether a row lies beyond the limit's.
  private func isBeyond(_ row: Int, _ limit: Int?) -> Bool {
    guard let limit, let upper = trend.limit?.comparison.isUpper else {
      return trend.limit != nil && trend.points.allSatisfy { trend.isBeyondLimit($0.value) }
    }
    return upper ? row < limit : row > limit
  }

  /// Whether a cell lies within the noise of its level.
  private func isInBand(_ column: Int, _ row: Int) -> Bool {
    guard let level = trend.levels.last(where: { self.column(of: $0.points.lowerBound) <= column }),
      level.points.count > 2, level.noise > 0
    else { return false }
    let height = level.height(
      at: level.points.last { self.column(of: $0) <= column } ?? level.points.lowerBound)
    let rows =
      TrendChart.row(of: height + level.noise, scale)...TrendChart.row(of: height - level.noise, scale)
    return rows.contains(row)
  }

  /// The cells as a text, each stretch of one colour painted once.
  private func paint(_ cells: [(Character, TextStyle.Colour?)]) -> String {
    var text = ""
    var rest = cells[...]
    while let first = rest.first {
      let stretch = rest.prefix { $0.1 == first.1 }
      let characters = String(stretch.map(\.0))
      text += first.1.map { style.paint(characters, $0) } ?? characters
      rest = rest.dropFirst(stretch.count)
    }
    return trimmedEnd(text)
  }

  private var axis: String {
    let marks = Set(trend.changes.map { column(of: $0.index) })
    let line = String((0..<columns).map { marks.contains($0) ? "┴" : "─" })
    return style.paint(String(repeating: " ", count: gutter) + " └" + line, .dim)
  }
}

/// Where a point stands on a horizontal axis of a width, all of them equally far from each other; a single one in
/// the middle.
func chartPosition(of index: Int, among count: Int, width: Int) -> Int {
  count > 1 ? index * (width - 1) / (count - 1) : width / 2
}
