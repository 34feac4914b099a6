import SLOGate
import SLOModel
import SLOStatistics
import SLOSupport

/// The distributions that moved, by the size of their largest shift; all of them on request.
func shifts(of cohort: CohortComparison, _ style: TextStyle, showsAll: Bool) -> [String] {
  let telling = Set(cohort.series.filter(\.isTelling).map { [$0.series.endpoint, $0.series.metric] })
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
