import SLOBudgets
package import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// Trends as a log: a line a commit, the newest last, with a column a series, and each change drawn between the two
/// commits it lies between. Series that are too many for the width follow in blocks of their own.
package func logReport(of trends: [Trend], notes: CommitNotes = CommitNotes(), style: TextStyle) -> String {
  var cohorts: [[Trend]] = []
  for trend in trends {
    let place = cohorts.firstIndex { $0[0].isMeasured(with: trend) }
    if let place { cohorts[place].append(trend) } else { cohorts.append([trend]) }
  }
  let logs = cohorts.map { CohortLog(of: $0, notes, style).lines.joined(separator: "\n") }
  return logs.joined(separator: "\n\n") + "\n"
}

extension Trend {
  /// Whether another series was measured in the same runs.
  fileprivate func isMeasured(with other: Trend) -> Bool {
    service == other.service && series.profile == other.series.profile && environment == other.environment
  }
}

/// The log of what was measured together.
private struct CohortLog {
  private let trends: [Trend]
  private let commits: [ReferenceCommit]
  private let columns: [LogColumn]
  private let remarks: [String]
  private let style: TextStyle

  /// The widths of SHA and day, and what both take.
  private static let names = [7, 10]
  private static let start = names.reduce(0, +) + 2
  /// What a subject needs to be worth showing, and what is kept free for it before another column is.
  private static let (leastRemark, usualRemark) = (12, 28)

  init(of trends: [Trend], _ notes: CommitNotes, _ style: TextStyle) {
    (self.trends, self.style, commits) = (trends, style, trends[0].commits)
    columns = trends.map { LogColumn($0, mostWidth: 16) }
    remarks = trends[0].commits.enumerated().map { place, commit in
      let isBlocked = trends.contains { trend in trend.points.contains { $0.place == place && $0.isBlocked } }
      let isAccepted = trends.contains { notes.isAccepted(commit, $0) }
      let marks = [isBlocked ? "✗ blocked" : nil, isAccepted ? "✓ accepted" : nil].compactMap(\.self)
      let subject = notes.descriptions[commit.sha].map { VisibleText.escaped($0.subject) }
      return (marks + [subject].compactMap(\.self)).joined(separator: " · ")
    }
  }

  var lines: [String] {
    let label = wrapped(VisibleText.escaped(trends[0].cohortLabel), to: style.width)
    let beyond = trends.contains { trend in trend.points.contains { trend.isBeyondLimit($0.value) } }
    let legend = [
      "\(counted(commits.count, "commit")), the newest last", beyond ? "✗ is beyond the limit of today" : nil,
    ]
    let head =
      label.map { style.paint($0, .bold) }
      + wrapped(legend.compactMap(\.self).joined(separator: " · "), to: style.width)
      .map { style.paint($0, .dim) }
    return head + blocks.flatMap { [""] + lines(of: $0) }
  }

  /// The columns that fit next to each other, with some room for subjects where there are any.
  private var blocks: [Range<Int>] {
    let remark = remarks.map { SLOReports.columns(of: $0) }.max() ?? 0
    let room = style.width - CohortLog.start - (remark == 0 ? 0 : 2 + min(remark, CohortLog.usualRemark))
    var blocks: [Range<Int>] = []
    var used = 0
    for (index, column) in columns.enumerated() {
      let width = column.width + 2
      if let last = blocks.last, used + width <= room {
        blocks[blocks.count - 1] = last.lowerBound..<index + 1
        used += width
      } else {
        blocks.append(index..<index + 1)
        used = width
      }
    }
    return blocks
  }

  private func lines(of block: Range<Int>) -> [String] {
    let shown = columns[block]
    let width = CohortLog.start + shown.reduce(0) { $0 + $1.width + 2 }
    let titles = [
      line("", "", shown.map { padded($0.endpoint, to: $0.width, right: true) }),
      line("commit", "day", shown.map { padded($0.metric, to: $0.width, right: true) }),
    ]
    let room = style.width - width - 2
    return titles.map { style.paint($0, .dim) }
      + commits.indices.flatMap { place in
        shown.flatMap { rules(of: $0, at: place, isAlone: shown.count == 1, width) }
          + [row(place, shown, room)]
      }
  }

  private func row(_ place: Int, _ shown: ArraySlice<LogColumn>, _ room: Int) -> String {
    let commit = commits[place]
    let name = shortened(VisibleText.escaped(commit.shortName), to: CohortLog.names[0])
    let values = shown.map { column in
      let cell = column.cells[place]
      let text = padded(cell?.text ?? "–", to: column.width, right: true)
      return cell?.isBeyond == true ? style.paint(text, .red) : text
    }
    let text = line(name, commit.time.date, values)
    guard room >= CohortLog.leastRemark, !remarks[place].isEmpty else { return trimmedEnd(text) }
    return text + "  " + beginning(of: remarks[place], to: room)
  }

  private func line(_ name: String, _ day: String, _ cells: [String]) -> String {
    let names = zip([name, day], CohortLog.names).map { padded($0, to: $1) }
    return (names + cells).joined(separator: "  ")
  }

  /// What is drawn above a commit at which the level of a series changed.
  private func rules(of column: LogColumn, at place: Int, isAlone: Bool, _ width: Int) -> [String] {
    let trend = column.trend
    return trend.changes.filter { trend.points[$0.index].place == place }.flatMap { change in
      let since = trend.points[change.index].commit
      let name = isAlone ? "" : "\(shortened(trend.endpointLabel, to: 40)) \(trend.metricLabel) "
      let remark = remark(on: change)
      let words =
        "\(name)\(changeText(change)) \(effect(isWorse: trend.isWorse(change), unit: trend.unit, change))"
        + " since \(since.shortName)" + (trend.suspects(of: change)?.others(than: since.sha, digits: 7) ?? "")
        + (remark.isEmpty ? "" : ", \(remark)")
      return wrapped(VisibleText.escaped(words), to: style.width - 10).map { text in
        let dashes = max(4, width - 6 - SLOReports.columns(of: text))
        let rule = "──── \(text) " + String(repeating: "─", count: dashes)
        return style.paint(rule, colour(isWorse: trend.isWorse(change)))
      }
    }
  }
}

/// The beginning of a sentence, where all of it is too wide: it says most of what a commit did.
func beginning(of text: String, to width: Int) -> String {
  guard columns(of: text) > width else { return text }
  var shown = text.prefix(width - 1)
  while columns(of: String(shown)) >= width { shown.removeLast() }
  return trimmedEnd(String(shown)) + "…"
}

/// One series: its titles, and its value at each place.
private struct LogColumn {
  let trend: Trend
  let endpoint: String
  let metric: String
  let cells: [Int: (text: String, isBeyond: Bool)]
  let width: Int

  init(_ trend: Trend, mostWidth: Int) {
    self.trend = trend
    endpoint = shortened(VisibleText.escaped(trend.endpointLabel), to: mostWidth)
    metric = shortened(VisibleText.escaped(trend.metricLabel), to: mostWidth)
    cells = trend.points.reduce(into: [:]) { cells, point in
      let isBeyond = trend.isBeyondLimit(point.value)
      let value =
        trend.limit.map { quantity(point.value, trend.unit, besideLimit: $0.bound) }
        ?? quantity(point.value, trend.unit)
      cells[point.place] = (isBeyond ? "✗ \(value)" : value, isBeyond)
    }
    width = ([endpoint, metric] + cells.values.map(\.text)).map { columns(of: $0) }.max() ?? 0
  }
}
