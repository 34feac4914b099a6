package import SLOBudgets
package import SLOHistory
package import SLOModel
import SLOReaders
import SLOStatistics

/// Limits that a history would bear: the present level, room for its scatter, and headroom.
package struct BudgetSuggestion: Sendable {
  /// A limit, and what it rests on.
  package struct Limit: Sendable {
    /// The series it is for.
    package var series: Series
    /// The unit of every value here.
    package var unit: MetricUnit
    /// Which way it is better: a bound from above where less is.
    package var better: Direction
    /// The bound suggested.
    package var bound: Double
    /// The median of the present level.
    package var typical: Double
    /// Its robust scatter: 1.4826 times the median absolute deviation.
    package var noise: Double
    /// Commits of the present level.
    package var level: Int
    /// Commits in all.
    package var commits: Int
    /// Of these, commits whose value would have broken it.
    package var alarms: Int
  }

  /// Robust standard deviations between the level and its limit: of normal noise one value in 740 is beyond.
  package static let deviations = 3.0
  /// Room beyond them, by default: 10 %.
  package static let usualHeadroom = 0.1

  /// The service.
  package var service: String
  /// The sizing that was measured, by profile.
  package var environments: [String: Environment]
  /// The newest commit.
  package var newest: ReferenceCommit?
  /// The headroom, as a share.
  package var headroom: Double
  /// The limits, by series.
  package var limits: [Limit]

  /// Suggests limits: for what the newest run of a profile still has, none looser than a policy that holds without being
  /// written, and none that says the same.
  /// - Parameters:
  ///   - cohorts: what was measured of one service; of several sizings of a profile the first counts.
  ///   - headroom: room beyond what the scatter takes, as a share of it: 0.1 is 10 %.
  package init(from cohorts: [CohortHistory], service: String, headroom: Double = usualHeadroom) {
    var seen: Set<String> = []
    let cohorts = cohorts.filter { $0.service == service && seen.insert($0.profile).inserted }
    self.service = service
    self.headroom = headroom
    environments = Dictionary(cohorts.map { ($0.profile, $0.environment) }) { first, _ in first }
    newest = cohorts.flatMap(\.commits).max { ($0.time, $0.sha) < ($1.time, $1.sha) }
    limits = cohorts.flatMap { cohort in cohort.present.compactMap { Limit($0, headroom) } }
      .sorted { $0.series < $1.series }
  }

  /// What of it the files in force do not say: they have no limit on the figure, or none that reaches it.
  package func missing(in budgets: Budgets) -> BudgetSuggestion {
    guard !budgets.files.isEmpty else { return self }
    var rest = self
    rest.limits = limits.filter { limit in
      !budgets.limits(profile: limit.series.profile, endpoint: limit.series.endpoint).contains {
        $0.metric == limit.series.metric && $0.statistic == limit.series.statistic
      }
    }
    return rest
  }

  /// The figures a budget should begin with: what users feel of a service, and of a page. A kind of evidence begins with
  /// its own alone.
  package static let figures: [MetricFigure] = EvidenceKind.all.flatMap(\.metrics.all).flatMap { metric in
    metric.suggested.map { MetricFigure(metric: metric.name, statistic: $0) }
  }
}

extension CohortHistory {
  /// The series of subjects that the newest run has: a limit on another would miss it in every check.
  fileprivate var present: [SeriesHistory] {
    let newest = series.compactMap(\.values.last?.commit).max()
    let subjects = Set(series.filter { $0.values.last?.commit == newest }.map(\.series.endpoint))
    return series.filter { subjects.contains($0.series.endpoint) }
  }
}

extension BudgetSuggestion.Limit {
  /// Nil where nothing can be said: no way is better, no bound that a value could break is left, or the bound holds
  /// without being written.
  fileprivate init?(_ history: SeriesHistory, _ headroom: Double) {
    let kind = history.series.kind
    let known = kind.metrics.all.contains {
      $0.name == history.series.metric && $0.suggested.contains(history.series.statistic)
    }
    guard
      history.series.endpoint != Series.wholeRun || kind.judging.hasWholeRun || kind.profiles.prefix == nil
    else { return nil }
    let values = history.values.map(\.median)
    guard known, let better = history.better, !values.isEmpty else { return nil }
    let change = ChangePointSearch().changePoints(in: values).last
    // What drifts has no level: its newest values are what it has come to.
    let start = change.map { $0.kind == .step ? $0.index : max($0.index, values.count - 5) } ?? 0
    let present = Array(values[start...])
    guard let sample = SortedSample(present) else { return nil }
    series = history.series
    (unit, self.better) = (history.unit, better)
    typical = sample.median
    noise = 1.4826 * sample.medianAbsoluteDeviation
    (level, commits) = (present.count, values.count)
    let samples = history.values[start...].flatMap(\.repetitions).compactMap(\.samples).max()
    guard
      var bound = BudgetSuggestion.Limit.bound(
        typical, noise, better, unit, headroom: headroom, samples: samples)
    else { return nil }
    // As the language reads a bound alone.
    let comparison = better == .higher ? .atLeast : Comparison.upper(of: kind)
    if let policy = BudgetSuggestion.Limit.policy(on: series),
      policy.comparison.isUpper == comparison.isUpper,
      policy.bound == bound || comparison.isUpper == (policy.bound < bound)
    {
      // The policy of the kind reaches every subject; the run as a whole may need it written.
      guard series.endpoint == Series.wholeRun else { return nil }
      bound = policy.bound
    }
    self.bound = bound
    alarms = values.count { [bound] in !comparison.holds($0, bound: bound) }
  }

  /// What the kind's built-in policy says of a figure beside budget files: of the run as a whole what it says of every
  /// subject, where it says nothing else.
  private static func policy(on series: Series) -> SLOBudgets.Limit? {
    guard series.kind.policy?.holdsBesideFiles == true else { return nil }
    return [series.endpoint, BudgetSubject.anyEndpoint].lazy.compactMap { subject in
      Budgets.builtIn.limits(profile: series.profile, endpoint: subject).first {
        $0.metric == series.metric && $0.statistic == series.statistic && $0.severity == .block
      }
    }.first
  }

  private static func bound(
    _ typical: Double, _ noise: Double, _ better: Direction, _ unit: MetricUnit, headroom: Double,
    samples: Int?
  ) -> Double? {
    let room = BudgetSuggestion.deviations * noise
    guard better == .lower else {
      let bound = rounded((typical - room) * (1 - headroom), up: false)
      return bound > 0 ? bound : nil
    }
    let most = max(typical + room, least(unit, samples)) * (1 + headroom)
    // Of things that are counted there is no half.
    if unit == .count { return most.rounded(.up) }
    // A share is written in percent, and is rounded as one.
    let bound = unit == .ratio ? rounded(most * 100, up: true) / 100 : rounded(most, up: true)
    return unit == .ratio && bound >= 1 ? nil : bound
  }

  /// Where nothing was ever seen, less than this could not have been. Of n requests without an error the true share
  /// may still be 3/n at 95 % confidence (Hanley & Lippman-Hand, "If nothing goes wrong, is everything all right?",
  /// JAMA 249, 1983).
  private static func least(_ unit: MetricUnit, _ samples: Int?) -> Double {
    switch unit {
    case .ratio: max(0.001, samples.map { 3 / Double(max(1, $0)) } ?? 0)
    case .milliseconds: 1
    case .bytes: 1_000
    case .count: 0
    case .perSecond, .score, .unitless: 0.01
    }
  }

  /// A number that a person would write: two digits, the second in halves; at most 5 % away.
  private static func rounded(_ number: Double, up: Bool) -> Double {
    guard number > 0, number.isFinite else { return 0 }
    var (scaled, places) = (number, 0)
    while scaled >= 100 { (scaled, places) = (scaled / 10, places + 1) }
    while scaled < 10 { (scaled, places) = (scaled * 10, places - 1) }
    // A hair's breadth of binary fractions is no reason for the next step.
    let steps = scaled * 2
    let whole = up ? (steps - 1e-9).rounded(.up) : (steps + 1e-9).rounded(.down)
    let power = (0..<abs(places)).reduce(1.0) { power, _ in power * 10 }
    return places >= 0 ? whole / 2 * power : whole / 2 / power
  }
}
