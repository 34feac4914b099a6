/// How one series differs between two commits.
package struct Difference: Sendable, Hashable {
  /// Where the true change lies.
  package struct Interval: Sendable, Hashable {
    /// In the unit of the values.
    package var absolute: ClosedRange<Double>
    /// In proportion to the value before; nil where that is zero.
    package var relative: ClosedRange<Double>?
  }

  /// The median of the repetitions before; nil without one.
  package var before: Double?
  /// The median of the repetitions after; nil without one.
  package var after: Double?
  /// From before to after; nil where one is missing.
  package var change: Judgement.Change?
  /// Where the true change lies with a probability of `DifferenceTest.confidence`; nil where the history is too
  /// short to show how much runs differ.
  package var interval: Interval?
  /// The chance of a change this large, either way, if nothing changed; nil where `interval` is.
  package var p: Double?
  /// `p` adjusted for the number of series compared (Benjamini–Hochberg).
  package var q: Double?
  /// Whether `q` is at most `DifferenceTest.falseDiscoveryRate`.
  package var isSignificant = false
  /// How many commits of the history show how much runs differ.
  package var commits: Int
  /// The smallest and the largest repetition before; nil for fewer than `DifferenceTest.fewestForSpread`. It is the
  /// spread within one session and says nothing of how much runs of another day would differ.
  package var spreadBefore: ClosedRange<Double>?
  /// The same after.
  package var spreadAfter: ClosedRange<Double>?

  /// What can be said without any history.
  init(of series: ComparedSeries) {
    before = series.before.median
    after = series.after.median
    if let before, let after { change = Judgement.Change(after - before, from: before) }
    commits = series.historyMedians.count
    spreadBefore = Difference.spread(of: series.before)
    spreadAfter = Difference.spread(of: series.after)
  }

  private static func spread(of repetitions: ComparedSeries.Repetitions) -> ClosedRange<Double>? {
    guard let sample = SortedSample(repetitions.finite),
      sample.values.count >= DifferenceTest.fewestForSpread
    else { return nil }
    return sample.values[0]...sample.values[sample.values.count - 1]
  }
}

/// Compares the series of two commits by how much runs of other commits differ.
///
/// Repetitions of one commit share a host, a day and a build: their spread is not the noise between commits, and a
/// test that takes them for independent runs alarms falsely in 5 to 10 % of cases at a nominal 1 %. So the
/// error of a change comes from the history: each side's median varies by what runs vary from commit to commit and
/// by what is left of the variation within its repetitions.
package enum DifferenceTest {
  /// The confidence of the intervals.
  package static let confidence = 0.95
  /// The share of false ones among the significant changes (Benjamini–Hochberg).
  package static let falseDiscoveryRate = 0.05
  /// The fewest commits of a history that show how much runs differ.
  package static let fewestCommits = 4
  /// The fewest repetitions whose spread is shown.
  package static let fewestForSpread = 3

  /// Compares one series that stands alone.
  package static func compare(_ series: ComparedSeries) -> Difference {
    compare([series]).first ?? Difference(of: series)
  }

  /// Compares all series of two commits: one difference a series, in their order, corrected for the others of its
  /// family.
  package static func compare(_ family: [ComparedSeries]) -> [Difference] {
    let tests = family.map(ValueDifference.init)
    let priors = priors(of: zip(family, tests).map { ($0.siblings, $1) })
    var differences = family.indices.map { index in
      var difference = Difference(of: family[index])
      if let share = ShareDifference(of: family[index]) {
        difference.take(share.finding)
      } else if let test = tests[index] {
        difference.take(test.finding(prior: family[index].siblings.flatMap { priors[$0] } ?? test.usualPrior))
      }
      return difference
    }
    let judged = differences.indices.filter { differences[$0].p != nil }
    for members in Dictionary(grouping: judged, by: { family[$0].family }).values {
      let adjusted = MultipleTesting.adjusted(members.map { differences[$0].p ?? 1 })
      for (index, q) in zip(members, adjusted) {
        differences[index].q = q
        differences[index].isSignificant = q <= falseDiscoveryRate
      }
    }
    return differences
  }

  /// What the siblings of each group show of each other's scatter.
  private static func priors(of members: [(group: Int?, test: ValueDifference?)]) -> [Int: ScalePrior] {
    let alone = ScalePrior(scale: ScalePrior.relative.scale, weight: 0)
    var levels: [Int: [Level]] = [:]
    for (group, test) in members {
      if let group, let test, test.isFine { levels[group, default: []].append(test.level(prior: alone)) }
    }
    return levels.filter { $0.value.count >= ScalePrior.minimumSiblings }.mapValues(
      ScalePrior.init(siblings:))
  }
}

/// What a test says of a change.
struct DifferenceFinding {
  var interval: Difference.Interval
  var p: Double
}

extension Difference {
  fileprivate mutating func take(_ finding: DifferenceFinding?) {
    guard let finding, finding.p.isFinite else { return }
    interval = finding.interval
    p = finding.p
  }
}
