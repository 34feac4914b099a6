package import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// Trends as a table: a row a series, or of one series a row a commit.
package func tableReport(of trends: [Trend], notes: CommitNotes = CommitNotes(), style: TextStyle) -> String {
  if let only = trends.first, trends.count == 1 { return CommitTable(of: only, notes, style).text }
  var labels: [String] = []
  for trend in trends where !labels.contains(trend.cohortLabel) { labels.append(trend.cohortLabel) }
  let sections = labels.map { label in
    let members = trends.filter { $0.cohortLabel == label }
    let head = wrapped(VisibleText.escaped(label), to: style.width).map { style.paint($0, .bold) }
    return (head + SeriesTable(of: members, style).lines).joined(separator: "\n")
  }
  return sections.joined(separator: "\n\n") + "\n"
}

/// The series of one sizing, a row each.
private struct SeriesTable {
  private let trends: [Trend]
  private let rows: [[String]]
  private let style: TextStyle

  init(of trends: [Trend], _ style: TextStyle) {
    self.trends = trends
    self.style = style
    rows = trends.map { SeriesTable.cells(of: $0).map(VisibleText.escaped) }
  }

  var lines: [String] { wide ?? narrow }

  private static let titles = ["endpoint", "metric", "first → latest", "typical", "limit", "last change"]

  private static func cells(of trend: Trend) -> [String] {
    let change = trend.changes.last.map { change in
      "\(changeText(change)) at \(trend.points[change.index].commit.shortName)"
        + (change.isProvisional ? "?" : "")
    }
    return [
      trend.endpointLabel, trend.metricLabel,
      "\(quantity(trend.points[0].value, trend.unit)) → \(trend.latestText)", trend.typicalText,
      trend.limitText ?? "–", change ?? "–",
    ]
  }

  /// A line a series; nil where the terminal is too narrow.
  private var wide: [String]? {
    let cells = [SeriesTable.titles] + rows
    var widths = SeriesTable.titles.indices.map { column in cells.map { columns(of: $0[column]) }.max() ?? 0 }
    let longest = trends.map(\.points.count).max() ?? 0
    let fixed = widths.dropFirst().reduce(0, +) + 2 * widths.count
    let spark = min(24, max(8, longest), style.width - fixed - min(widths[0], 16))
    guard spark >= 8 else { return nil }
    widths[0] = min(widths[0], style.width - fixed - spark)
    let head = line(SeriesTable.titles, padded("commits", to: spark), widths)
    let body = zip(trends, rows).map { trend, cells in
      paint(
        line(cells, padded(sparkline(trend.points.map(\.value), width: spark), to: spark), widths), trend,
        cells)
    }
    return [style.paint(head, .dim)] + body
  }

  private func line(_ cells: [String], _ spark: String, _ widths: [Int]) -> String {
    var parts = zip(cells, widths).enumerated().map { column, cell in
      padded(shortened(cell.0, to: cell.1), to: cell.1, right: column == 4)
    }
    parts.insert(spark, at: 2)
    return trimmedEnd(parts.joined(separator: "  "))
  }

  /// Two lines a series.
  private var narrow: [String] {
    zip(trends, rows).flatMap { trend, cells in
      let spark = sparkline(trend.points.map(\.value), width: 16)
      let name = shortened("\(cells[0]) \(cells[1])", to: style.width - 2 - columns(of: spark))
      let more = [
        cells[2], "typical \(cells[3])", trend.limit.map { _ in "limit \(cells[4])" },
        trend.changes.isEmpty ? nil : "changed \(cells[5])",
      ]
      let text = more.compactMap { $0 }.joined(separator: " · ")
      return ["\(padded(name, to: style.width - 2 - columns(of: spark)))  \(spark)"]
        + wrapped(text, to: style.width - 2).map { paint("  " + $0, trend, cells) }
    }
  }

  /// Colours the last change, and the limit where the latest value breaks it.
  private func paint(_ line: String, _ trend: Trend, _ cells: [String]) -> String {
    guard style.isColoured else { return line }
    var line = line
    if let change = trend.changes.last, line.hasSuffix(cells[5]) {
      line =
        String(line.dropLast(cells[5].count)) + style.paint(cells[5], colour(isWorse: trend.isWorse(change)))
    }
    if trend.isBeyondLimit(trend.latest.value), let limit = line.ranges(of: cells[4]).last {
      line.replaceSubrange(limit, with: style.paint(cells[4], .red))
    }
    return line
  }
}

/// Values as a row of blocks, one a value or, where they are more than the width, one a stretch of values.
///
/// The blocks span at least a tenth of the typical value, so that a series that keeps its level looks level.
func sparkline(_ values: [Double], width: Int) -> String {
  let stretches = bins(values, count: min(width, values.count))
  // Quarters keep the largest numbers there are from adding up to infinity.
  let quarters = stretches.map { $0 / 4 }
  guard let low = quarters.min(), let high = quarters.max(), let typical = SortedSample(quarters)?.median
  else { return "" }
  let span = max(high - low, abs(typical) / 10)
  let bottom = (low + high - span) / 2
  return quarters.reduce(into: "") { line, value in
    let height = span > 0 && span.isFinite ? (value - bottom) / span : 0
    line.append(blocks[min(blocks.count - 1, max(0, Int(saturating: height * Double(blocks.count))))])
  }
}

private let blocks: [Character] = ["▁", "▂", "▃", "▅", "▇"]

/// The medians of equally long stretches.
private func bins(_ values: [Double], count: Int) -> [Double] {
  (0..<count).compactMap { bin in
    let (start, end) = (bin * values.count / count, (bin + 1) * values.count / count)
    return SortedSample(values[start..<end])?.median
  }
}
