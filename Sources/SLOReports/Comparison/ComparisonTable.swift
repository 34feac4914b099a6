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
    let telling = moved.filter(\.isTracked)
    let hasTelling = cohort.series.contains(where: \.isTracked)
    let main = hasTelling ? telling : moved
    let others = moved.filter { hasTelling && !$0.isTracked }
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
    isJudged ? [.worse, .better, .changed].contains(outcome) : isTracked
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

/// One series in words: the cells of its row. All of it is escaped, and no untrusted name comes first: it could
/// be a command to a build server.
struct ComparisonRow {
  let cells: [String]
  let colour: TextStyle.Colour

  init(_ finding: ComparedFinding, isJudged: Bool) {
    let difference = finding.difference
    cells = [
      ComparisonRow.mark(of: finding.outcome), label(ofEndpoint: finding.series.endpoint),
      MetricCatalogue.label(of: finding.series.metric, finding.series.statistic),
      difference.before.map { quantity($0, finding.unit) } ?? "–",
      difference.after.map { quantity($0, finding.unit) } ?? "–",
      difference.change.map { ChangeText.change($0, finding.unit) } ?? "–",
      (isJudged
        ? difference.interval.map { ChangeText.interval($0, finding.unit) }
        : ComparisonRow.spread(difference, finding.unit)) ?? "–",
      ComparisonRow.verdict(on: finding),
    ]
    .map(VisibleText.escaped)
    colour =
      switch finding.outcome {
      case .worse: .red
      case .better: .green
      case .changed, .unjudged: .yellow
      case .same: .dim
      }
  }

  private static func mark(of outcome: ComparedFinding.Outcome) -> String {
    switch outcome {
    case .worse: "✗"
    case .better: "✓"
    case .changed: "~"
    case .same: "="
    case .unjudged: "?"
    }
  }

  private static func verdict(on finding: ComparedFinding) -> String {
    let q = finding.difference.q.map { " q" + probability($0) } ?? ""
    return switch finding.outcome {
    case .worse: "worse" + q
    case .better: "better" + q
    case .changed: "changed" + q
    case .same: "same" + q
    case .unjudged: "too little history"
    }
  }

  private static func spread(_ difference: Difference, _ unit: MetricUnit) -> String? {
    let sides = [difference.spreadBefore, difference.spreadAfter].map { range in
      range.map { "\(quantity($0.lowerBound, unit)) to \(quantity($0.upperBound, unit))" } ?? "–"
    }
    return sides.allSatisfy { $0 == "–" } ? nil : sides.joined(separator: " → ")
  }
}

/// How a change is written: in proportion, of shares and scores and from zero in their own unit.
enum ChangeText {
  static func change(_ change: Judgement.Change, _ unit: MetricUnit) -> String {
    guard !isAbsolute(unit), let relative = change.relative else { return absolute(change.absolute, unit) }
    return signedPercent(relative)
  }

  static func interval(_ interval: Difference.Interval, _ unit: MetricUnit) -> String {
    guard !isAbsolute(unit), let relative = interval.relative else {
      return range(interval.absolute) { absolute($0, unit) }
    }
    return range(relative, signedPercent)
  }

  /// Both ends, the unit once.
  private static func range(_ range: ClosedRange<Double>, _ text: (Double) -> String) -> String {
    let (low, high) = (text(range.lowerBound), text(range.upperBound))
    let unit = low.drop { $0 != " " }
    return (high.hasSuffix(unit) ? String(low.dropLast(unit.count)) : low) + " to " + high
  }

  private static func isAbsolute(_ unit: MetricUnit) -> Bool { unit == .ratio || unit == .score }

  private static func absolute(_ change: Double, _ unit: MetricUnit) -> String {
    let size = unit == .ratio ? significant(abs(change) * 100) + " pts" : quantity(abs(change), unit)
    return (change < 0 ? "-" : "+") + size
  }
}

/// The distributions that moved, by the size of their largest shift; all of them on request.
func shifts(of cohort: CohortComparison, _ style: TextStyle, showsAll: Bool) -> [String] {
  let telling = Set(cohort.series.filter(\.isTracked).map { [$0.series.endpoint, $0.series.metric] })
  let shown =
    showsAll
    ? cohort.distributions
    : cohort.distributions.filter { $0.isMoved && telling.contains([$0.endpoint, $0.metric]) }
      .sorted { $0.size > $1.size }
  guard !shown.isEmpty else { return [] }
  let most = showsAll ? shown.count : 10
  let rows = shown.prefix(most).map { shift in
    ([shift.mark, label(ofEndpoint: shift.endpoint), shift.metric] + shift.shifts.map(text)).map(
      VisibleText.escaped)
  }
  let names = DistributionShift.quantiles.map { "p\(significant($0 * 100))" }
  let table = fitted(
    [["", "samples of", "metric"] + names] + rows, right: Set(3..<names.count + 3), to: style.width)
  let isWide = table.allSatisfy { columns(of: $0) <= style.width }
  let lines =
    isWide
    ? table.enumerated().map { $0 == 0 ? style.paint($1, .dim) : $1 }
    : rows.flatMap { row in
      wrapped(row.prefix(3).joined(separator: " "), to: style.width)
        + wrapped(
          zip(names, row.dropFirst(3)).map { "\($0) \($1)" }.joined(separator: ", "), to: style.width - 2
        )
        .map { "  " + $0 }
    }
  let more = shown.count > most ? ["  … and \(shown.count - most) more (--all shows them)"] : []
  return [""] + lines + more
    + wrapped("all samples of all runs of a side together, to within 2 %; not tested", to: style.width - 2)
    .map { style.paint("  " + $0, .dim) }
}

private func text(of shift: QuantileShift) -> String {
  shift.relative.map(signedPercent) ?? (shift.before == shift.after ? "+0 %" : "–")
}

extension DistributionShift {
  /// Whether any quantile moved by more than the sketches may be wrong.
  fileprivate var isMoved: Bool {
    shifts.contains { $0.relativeBounds.map { !$0.contains(0) } ?? ($0.before != $0.after) }
  }

  /// Which way it moved most.
  fileprivate var mark: String {
    let largest = shifts.compactMap(\.relative).max { abs($0) < abs($1) } ?? 0
    return !isMoved ? "=" : largest < 0 ? "-" : "+"
  }

  /// The largest shift.
  fileprivate var size: Double { shifts.compactMap(\.relative).map(abs).max() ?? 0 }
}
