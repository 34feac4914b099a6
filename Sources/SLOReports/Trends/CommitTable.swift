import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// One series, a row a commit, the newest last.
struct CommitTable {
  private let trend: Trend
  private let notes: CommitNotes
  private let style: TextStyle

  init(of trend: Trend, _ notes: CommitNotes, _ style: TextStyle) {
    self.trend = trend
    self.notes = notes
    self.style = style
  }

  var text: String { (head + [""] + table).joined(separator: "\n") + "\n" }

  private var head: [String] {
    let name = VisibleText.escaped("\(trend.endpointLabel) \(trend.metricLabel)")
    let context = wrapped(VisibleText.escaped(trend.cohortLabel), to: style.width).map {
      style.paint($0, .dim)
    }
    let spark = sparkline(trend.points.map(\.value), width: min(40, style.width - 2))
    return [style.paint(shortened(name, to: style.width), .bold)] + context
      + wrapped(VisibleText.escaped(trend.summary), to: style.width) + (spark.count > 1 ? [spark] : [])
  }

  private static let titles = ["commit", "measured", "value", "range", "of its level", ""]

  private var table: [String] {
    let rows = trend.points.indices.map { cells(at: $0).map(VisibleText.escaped) }
    let (fitted, notes) = fitted([CommitTable.titles] + rows)
    let lines = described(fitted)
    return [style.paint(lines[0], .dim)]
      + trend.points.indices.flatMap { index in
        ([lines[index + 1]]
          + (notes[index + 1].isEmpty
            ? []
            : wrapped(notes[index + 1], to: style.width - 2)
              .map { "  " + $0 }))
          .map { paint($0, index) }
      }
  }

  /// Rows no wider than the terminal. Columns are left out whole, for half a number is another one: the range, then
  /// the day. Where that is not enough, what there is to note stands below its row.
  private func fitted(_ rows: [[String]]) -> (lines: [String], notes: [String]) {
    var (rows, right) = (rows, [2, 4] as Set)
    func isWide(_ rows: [[String]]) -> Bool {
      aligned(rows, right: right).contains { columns(of: $0) > style.width }
    }
    for column in [3, 1] where isWide(rows) {
      for index in rows.indices { rows[index].remove(at: column) }
      right = Set(right.filter { $0 != column }.map { $0 > column ? $0 - 1 : $0 })
    }
    let none = rows.map { _ in "" }
    guard isWide(rows) else { return (aligned(rows, right: right), none) }
    let notes = rows.map { $0[$0.count - 1] }
    rows = rows.map { $0.dropLast() }
    return (aligned(rows, right: right), notes)
  }

  /// The lines with what each commit did, where there is room for it next to all of them.
  private func described(_ lines: [String]) -> [String] {
    let width = lines.map { columns(of: $0) }.max() ?? 0
    let room = style.width - width - 2
    guard room >= 16 else { return lines }
    let subjects = trend.points.map { notes.descriptions[$0.commit.sha]?.subject ?? "" }
    return zip(lines, [""] + subjects).map { line, subject in
      trimmedEnd(padded(line, to: width) + "  " + beginning(of: VisibleText.escaped(subject), to: room))
    }
  }

  private func cells(at index: Int) -> [String] {
    let (point, level) = (trend.points[index], trend.level(at: index))
    let range =
      point.repetitions > 1
      ? "\(quantity(point.lowest, trend.unit)) to \(quantity(point.highest, trend.unit))"
        + " (\(point.repetitions))" : ""
    return [
      String(point.commit.sha.prefix(10)), point.commit.time.date,
      trend.limit.map { quantity(point.value, trend.unit, besideLimit: $0.bound) }
        ?? quantity(point.value, trend.unit),
      range, departure(of: point.value, from: level.height(at: index)), notes(at: index),
    ]
  }

  private func departure(of value: Double, from typical: Double) -> String {
    guard typical != 0 else { return "" }
    let share = fixed((value - typical) / abs(typical) * 100, 1)
    return share == "0.0" ? "" : (share.hasPrefix("-") ? "" : "+") + share + " %"
  }

  private func notes(at index: Int) -> String {
    let change = trend.changes.first { $0.index == index }.map { change in
      let mark = change.after > change.before ? "▲" : "▼"
      let remark = remark(on: change)
      return
        "\(mark) \(changeText(change)) \(effect(isWorse: trend.isWorse(change), unit: trend.unit, change))"
        + (remark.isEmpty ? "" : ", \(remark)")
        + (trend.suspects(of: change)?.others(than: trend.points[index].commit.sha) ?? "")
    }
    let breach = trend.isBeyondLimit(trend.points[index].value) ? "✗ limit" : nil
    return [change, breach].compactMap { $0 }.joined(separator: " · ")
  }

  private func paint(_ line: String, _ index: Int) -> String {
    if let change = trend.changes.first(where: { $0.index == index }) {
      return style.paint(line, colour(isWorse: trend.isWorse(change)))
    }
    return trend.isBeyondLimit(trend.points[index].value) ? style.paint(line, .red) : line
  }
}
