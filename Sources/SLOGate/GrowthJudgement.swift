import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics

/// Limits on how far a value keeps rising, where a run has too few snapshots to tell: the level it had at each commit
/// of the history, and now, are taken as the snapshots.
///
/// Commits have no even distance in time, so their order alone counts: the rise is that over all of them.
struct GrowthJudgement {
  /// The outcome of each limit.
  private(set) var findings: [Series: BudgetFinding] = [:]
  /// How far each value rose, in its unit; 0 where nothing shows that it did.
  private(set) var rises: [Series: Double] = [:]
  /// The levels behind each, as a text.
  private(set) var details: [Series: String] = [:]
  /// The figures that a young history does not tell yet: their limits are no gap.
  private(set) var young: Set<Series> = []
  /// Limits that nothing could be held against, a sentence each.
  private(set) var notices: [String] = []

  private let evaluation: Evaluation

  /// The share of checks of a level without a trend that find a rise. Every commit asks again, so it is smaller than
  /// within a run.
  private static let falseAlarms = 0.01
  /// The fewest levels of which a rise is told from chance at that share: 5! = 120 orders.
  private static let fewest = 5

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    for (growth, limits) in evaluation.budget.growthLimits.sorted(by: { $0.key < $1.key }) {
      judge(growth, limits)
    }
  }

  private mutating func judge(_ growth: Series, _ limits: [Limit]) {
    guard let level = evaluation.candidates.level(behind: growth), let now = evaluation.candidates[level]
    else { return }
    let values = evaluation.references(of: level).map(\.median) + [now.value]
    guard let rise = GrowthJudgement.rise(of: values) else {
      notices.append(GrowthJudgement.tooFew(growth, values.count))
      if evaluation.policy.historyIsYoung { young.insert(growth) }
      return
    }
    rises[growth] = rise
    findings[growth] = evaluation.budget.finding(growth, limits, value: rise)
    guard rise > 0 else { return }
    let levels = values.suffix(8).map { quantity($0, now.measurement.unit) }.joined(separator: ", ")
    details[growth] = "\(level.metric) of the last \(counted(values.count, "commit")): \(levels)"
  }

  private static func rise(of values: [Double]) -> Double? {
    let isConstant = values.count > 1 && values.allSatisfy { $0 == values[0] }
    guard isConstant || values.count >= fewest else { return nil }
    return MonotonicTrend.sustainedRise(of: values, level: falseAlarms)
  }

  private static func tooFew(_ growth: Series, _ count: Int) -> String {
    let place = growth.endpoint == Series.wholeRun ? "" : " of \(growth.endpoint)"
    return
      "\(growth.profile): whether \(growth.metric)\(place) keeps rising is not judged: it takes four snapshots of a run,"
      + " or a snapshot of each of five commits, of which there"
      + " \(count == 1 ? "is" : "are") \(count)"
  }
}

extension Candidates {
  /// The figure that says at which level a value is whose rise the run itself does not show; nil where the run shows it,
  /// or has no level.
  func level(behind growth: Series) -> Series? {
    guard self[growth] == nil else { return nil }
    return [Statistic.value, .count].lazy.map { statistic in
      var level = growth
      level.statistic = statistic
      return level
    }.first { self[$0] != nil }
  }

  /// The levels that limits on growth ask the history for.
  func levels(under budget: BudgetJudgement) -> [Series] {
    budget.growthLimits.keys.compactMap(level)
  }
}
