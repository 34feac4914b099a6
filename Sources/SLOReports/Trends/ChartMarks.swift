import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// What stands below a chart: each change with its commit, and the commits at both ends.
struct ChartMarks {
  private let trend: Trend
  private let columns: Int
  private let style: TextStyle

  init(of trend: Trend, columns: Int, _ style: TextStyle) {
    self.trend = trend
    self.columns = columns
    self.style = style
  }

  /// A label with where it stands.
  private struct Label {
    var start: Int
    var text: String
    var colour: TextStyle.Colour
    var end: Int { start + SLOReports.columns(of: text) }
  }

  /// The lines, each behind some blanks.
  func lines(indent: Int) -> [String] {
    let blanks = String(repeating: " ", count: indent)
    return (changes + [ends]).filter { !$0.isEmpty }.map { blanks + line(of: $0) }
  }

  /// The changes on as few lines as it takes for no two to touch.
  private var changes: [[Label]] {
    var lines: [[Label]] = []
    for change in trend.changes.reversed() {
      let label = label(of: change)
      let line = lines.firstIndex { line in line.allSatisfy { $0.start >= label.end + 2 } } ?? lines.count
      if line == lines.count { lines.append([]) }
      lines[line].insert(label, at: 0)
    }
    return lines
  }

  /// The mark stands below the change, its words where there is room: to the right of it, else to the left; on a narrow
  /// terminal as far right as they fit.
  private func label(of change: ChangePoint) -> Label {
    let at = chartPosition(of: change.index, among: trend.points.count, width: columns * 2) / 2
    let mark = change.after > change.before ? "▲" : "▼"
    let commit = VisibleText.escaped(trend.points[change.index].commit.shortName)
    let remark = remark(on: change)
    let words = "\(commit) \(changeText(change))" + (remark.isEmpty ? "" : " (\(remark))")
    let width = SLOReports.columns(of: words) + 2
    let fits = at + width <= columns
    let isLeft = !fits && at >= width - 1
    return Label(
      start: isLeft ? at - width + 1 : fits ? at : max(0, columns - width),
      text: isLeft ? "\(words) \(mark)" : "\(mark) \(words)", colour: colour(isWorse: trend.isWorse(change)))
  }

  /// The first and the last commit, with their days.
  private var ends: [Label] {
    let first = end(trend.points[0])
    guard trend.points.count > 1 else { return [first] }
    var last = end(trend.latest)
    last.start = columns - SLOReports.columns(of: last.text)
    return last.start < first.end + 2 ? [first] : [first, last]
  }

  private func end(_ point: Trend.Point) -> Label {
    Label(
      start: 0, text: VisibleText.escaped("\(point.commit.shortName) \(point.commit.time.date)"), colour: .dim
    )
  }

  private func line(of labels: [Label]) -> String {
    var (text, filled) = ("", 0)
    for label in labels {
      text +=
        String(repeating: " ", count: max(0, label.start - filled)) + style.paint(label.text, label.colour)
      filled = label.end
    }
    return text
  }
}
