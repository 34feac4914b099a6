package import SLOModel
import SLOHistory
import SLOStatistics

/// A figure related to the one explained: what earlier commits had, what it is now, and whether it moved.
package struct Neighbour: Sendable, Hashable {
  /// Whether a figure moved from what earlier commits had.
  package enum Movement: String, Sendable, Hashable {
    /// It became worse.
    case worse
    /// It became better.
    case better
    /// It moved, and which way is better is not known.
    case moved
    /// It is like the earlier commits.
    case none
    /// There is too little to know.
    case unknown
  }

  /// What it is a figure of.
  package var series: Series
  /// The unit of its values.
  package var unit: MetricUnit
  /// The value now: the median of the repetitions.
  package var value: Double
  /// The median of the earlier commits; nil without any.
  package var typical: Double?
  /// How many earlier commits that is.
  package var commits: Int
  /// Whether it moved.
  package var movement: Movement

  /// The change from what is typical, in its unit; nil where nothing is.
  package var difference: Double? { typical.map { value - $0 } }

  /// The change as a share of what is typical; nil where nothing is, or that is zero.
  package var change: Double? { typical.flatMap { $0 == 0 ? nil : (value - $0) / abs($0) } }

  /// Whether it moved, either way.
  package var hasMoved: Bool { movement != .none && movement != .unknown }

  /// Commits from which on a figure without a test of its own is said to have moved.
  static let fewestCommits = 4

  /// - Parameter commits: the SHAs of the commits that the finding explained was held against: a figure without a
  ///   test of its own is compared with these, where it was measured there.
  /// - Returns: nil where nothing was measured.
  init?(_ finding: Finding, at commits: Set<String> = [], in evaluation: Evaluation) {
    guard let value = finding.value else { return nil }
    let earlier = Neighbour.references(of: finding, at: commits, in: evaluation).map(\.median)
    (series, unit, self.value) = (finding.series, finding.unit, value)
    (typical, self.commits) = (SortedSample(earlier)?.median, earlier.count)
    movement =
      Neighbour.tested(finding, in: evaluation) ?? Neighbour.untested(finding, value, earlier, in: evaluation)
  }

  private static func references(
    of finding: Finding, at commits: Set<String>, in evaluation: Evaluation
  ) -> [ReferenceValue] {
    let own = level(of: finding, in: evaluation)
    guard finding.regression?.judgement?.p == nil, let window = evaluation.windows[finding.series.profile]
    else {
      return own
    }
    let shared = own.filter { commits.contains(window.commits[$0.commit].sha) }
    return shared.isEmpty ? own : shared
  }

  /// What a finding was held against: of its references those at its level.
  static func level(of finding: Finding, in evaluation: Evaluation) -> [ReferenceValue] {
    let used = OpenReferences.values(behind: finding, in: evaluation)
    guard let judgement = finding.regression?.judgement, judgement.outcome != .insufficient else {
      return used
    }
    return Array(used.dropFirst(judgement.levelStart))
  }

  /// What the figure's own test says; nil where there was none, or it moved as all of the run did.
  private static func tested(_ finding: Finding, in evaluation: Evaluation) -> Movement? {
    guard let regression = finding.regression, let judgement = regression.judgement, judgement.p != nil else {
      return nil
    }
    switch regression.outcome {
    case .slower: return .worse
    case .faster: return .better
    default:
      let floor = evaluation.policy.test.relativeFloor
      guard abs(judgement.commonFactor - 1) > floor, abs(judgement.change?.relative ?? 0) > floor else {
        return Movement.none
      }
      return judgement.commonFactor > 1 ? .worse : .better
    }
  }

  /// A figure without a test has moved where it is further from the earlier values than these are from each other.
  private static func untested(
    _ finding: Finding, _ value: Double, _ earlier: [Double], in evaluation: Evaluation
  ) -> Movement {
    guard earlier.count >= fewestCommits, let sample = SortedSample(earlier), let low = sample.values.first,
      let high = sample.values.last
    else { return .unknown }
    let floor = max(
      high - low, evaluation.policy.floor(of: finding.series, unit: finding.unit),
      evaluation.policy.test.relativeFloor * abs(sample.median))
    guard value > high + floor || value < low - floor else { return .none }
    guard
      let better = evaluation.candidates[finding.series].flatMap({ evaluation.direction(of: $0.measurement) })
    else { return .moved }
    return (value > high) == (better == .lower) ? .worse : .better
  }
}
