import SLOGate
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// One series in words: the cells of its row. All of it is escaped, and no stranger's name stands first: it could
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

  private static func spread(_ difference: Difference, _ unit: Unit) -> String? {
    let sides = [difference.spreadBefore, difference.spreadAfter].map { range in
      range.map { "\(quantity($0.lowerBound, unit)) to \(quantity($0.upperBound, unit))" } ?? "–"
    }
    return sides.allSatisfy { $0 == "–" } ? nil : sides.joined(separator: " → ")
  }
}

/// How a change is told: in proportion, of shares and scores and from zero in their own unit.
enum ChangeText {
  static func change(_ change: Judgement.Change, _ unit: Unit) -> String {
    guard !isAbsolute(unit), let relative = change.relative else { return absolute(change.absolute, unit) }
    return signedPercent(relative)
  }

  static func interval(_ interval: Difference.Interval, _ unit: Unit) -> String {
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

  private static func isAbsolute(_ unit: Unit) -> Bool { unit == .ratio || unit == .score }

  private static func absolute(_ change: Double, _ unit: Unit) -> String {
    let size = unit == .ratio ? significant(abs(change) * 100) + " pts" : quantity(abs(change), unit)
    return (change < 0 ? "-" : "+") + size
  }
}
