package import SLOBudgets
package import SLOHistory
import SLOModel
import SLOStatistics

/// The trends of all recorded series that were asked for, with the limits that hold for them today.
/// - Parameters:
///   - cohorts: what the history has.
///   - budgets: the limits.
/// - Returns: one for each series with a value, in the order of the cohorts.
package func trends(of cohorts: [CohortHistory], budgets: Budgets) -> [Trend] {
  trends(of: cohorts, budgets: budgets) { _, _ in true }
}

/// The trends of the telling ones among recorded series: those with a budget, and of the others those that a
/// check holds against their history.
package func tellingTrends(of cohorts: [CohortHistory], budgets: Budgets) -> [Trend] {
  trends(of: cohorts, budgets: budgets) { history, measured in
    budgets.limit(of: history.series, unit: history.unit) != nil
      || TrackedSeries.isTracked(history) { measured.contains($0) }
  }
}

/// - Parameter isWanted: which series count, given all those of their cohort.
private func trends(
  of cohorts: [CohortHistory], budgets: Budgets, where isWanted: (SeriesHistory, Set<Series>) -> Bool
) -> [Trend] {
  let wanted = cohorts.flatMap { cohort in
    let measured = Set(cohort.series.map(\.series))
    return cohort.series.filter { isWanted($0, measured) }.map { (cohort: cohort, history: $0) }
  }
  let changes = ChangePointSearch().changePoints(inEach: wanted.map { $0.history.values.map(\.median) })
  return zip(wanted, changes).compactMap { wanted, changes in
    let limit = budgets.limit(of: wanted.history.series, unit: wanted.history.unit)
    return Trend(of: wanted.history, in: wanted.cohort, changes: changes, limit: limit)
  }
}

extension Budgets {
  /// The limit that holds for a series: of several the one that blocks. Nil where there is none in its unit.
  func limit(of series: Series, unit: MetricUnit) -> Limit? {
    let all = limits(profile: series.profile, endpoint: series.endpoint).filter { limit in
      limit.metric == series.metric && limit.statistic.isSame(as: series.statistic)
        && (limit.unit ?? unit) == unit
    }
    return all.first { $0.severity == .block } ?? all.first
  }
}

extension Statistic {
  /// Whether it is the same figure: `med` and `p50` are.
  fileprivate func isSame(as other: Statistic) -> Bool {
    self == other || percentile != nil && percentile == other.percentile
  }
}
