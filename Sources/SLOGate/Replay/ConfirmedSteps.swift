import SLOHistory
import SLOModel
import SLOStatistics

/// Where a history confirms that series changed their level.
struct ConfirmedSteps {
  /// How many measured commits next to a change point still belong to it: the search places nine of ten within one.
  private static let reach = 1

  /// The commits of each series.
  private var commits: [Series: Set<String>] = [:]
  /// How many series each profile has.
  private var sizes: [String: Int] = [:]

  /// Searches every series.
  init(in cohorts: [CohortHistory]) {
    let search = ChangePointSearch()
    for cohort in cohorts {
      for history in cohort.series {
        sizes[cohort.profile, default: 0] += 1
        for point in search.changePoints(in: history.values.map(\.median)) {
          let near =
            max(
              0, point.index - ConfirmedSteps.reach)...min(
              history.values.count - 1, point.index + ConfirmedSteps.reach)
          commits[history.series, default: []].formUnion(
            near.map { cohort.commits[history.values[$0].commit].sha })
        }
      }
    }
  }

  /// Whether a series changed at a commit.
  func explain(_ series: Series, at sha: String) -> Bool { commits[series]?.contains(sha) == true }

  /// Whether half of the series of a profile or more changed at a commit.
  func explain(all profile: String, at sha: String) -> Bool {
    let changed = commits.count { $0.key.profile == profile && $0.value.contains(sha) }
    return changed > 0 && 2 * changed >= sizes[profile, default: 0]
  }
}
