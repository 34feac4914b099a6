import SLOHistory
import SLOModel
import SLOStatistics

extension Replays {
  /// How many measured commits next to a change point still belong to it: the search places nine of ten within one.
  private static let reach = 1

  /// The commits at which each series changed its level.
  static func steps(in cohorts: [CohortHistory]) -> [Series: Set<String>] {
    let search = ChangePointSearch()
    var steps: [Series: Set<String>] = [:]
    for cohort in cohorts {
      for history in cohort.series {
        for point in search.changePoints(in: history.values.map(\.median)) {
          let near = max(0, point.index - reach)...min(history.values.count - 1, point.index + reach)
          steps[history.series, default: []].formUnion(
            near.map { cohort.commits[history.values[$0].commit].sha })
        }
      }
    }
    return steps
  }
}
