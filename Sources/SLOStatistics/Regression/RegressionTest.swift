import SLOSupport

/// How a change against the history is judged. The defaults were calibrated by simulation
/// (`Benchmarks/Statistics`).
public struct RegressionPolicy: Sendable, Hashable {
  /// The share of false alarms one series' own test accepts.
  public var alpha = 0.01
  /// The p-value above which a series never warns, whatever its family says.
  public var warnAlpha = 0.02
  /// The relative change below which nothing is a finding.
  public var relativeFloor = 0.03
  /// How many references are looked back on.
  public var window = 30
  /// Fewer references than this are `insufficient`; never below 2.
  public var minimumReferences = 4
  /// The nominal chance of one false blocking alarm in a whole check (Holm), which holds where runs scatter as the test
  /// supposes. Real runs have spikes: what a check of a history really shows is measured, and stated with the verdict.
  public var familyErrorRate = 0.05
  /// The chance that a second run alone confirms any of what a first made suspect where nothing changed (Holm).
  public var confirmationErrorRate = 0.02
  /// The share of false ones among the warnings of a check (Benjamini–Hochberg).
  public var falseDiscoveryRate = 0.20

  /// The p-value up to which the own test of a series that was found worse before says that it still is: nothing is
  /// searched for, so the error rate of a family is that of one. Among several such series Holm's rule decides.
  public var retestAlpha: Double { max(alpha, familyErrorRate) }

  /// A change of exactly a floor is no finding, however its digits were rounded on the way.
  static let floorTolerance = 1 + 1e-9

  /// Creates the default policy.
  public init() {}

  /// The p-value up to which a series is reported among so many that are judged together, whatever the others say:
  /// its own test fires, and already the first step of Benjamini and Hochberg's rule, or of Holm's, confirms it.
  /// What the others say can only raise it.
  func alpha(among count: Int, isRetest: Bool = false) -> Double {
    let count = Double(max(1, count))
    return isRetest
      ? min(retestAlpha, familyErrorRate / count)
      : min(alpha, max(familyErrorRate / count, min(warnAlpha, falseDiscoveryRate / count)))
  }
}

/// Judges candidates against their references: one for itself, or all series of a check as a family.
///
/// ```swift
/// let judgement = RegressionTest().judge(candidate)
/// if judgement.outcome == .worse { print(judgement.change?.relative ?? 0, judgement.p ?? 1) }
/// ```
public struct RegressionTest: Sendable {
  /// How changes are judged.
  public var policy: RegressionPolicy

  /// Creates a test.
  public init(policy: RegressionPolicy = RegressionPolicy()) { self.policy = policy }

  /// Judges one series that stands alone: no correction for others.
  public func judge(_ candidate: Candidate) -> Judgement {
    let alone = judge([candidate])
    return alone.judgements.first ?? Judgement(insufficient: candidate)
  }

  /// Judges all series of a check.
  ///
  /// Fine series with the same runs share their usual scatter, and noise that moved all of them is
  /// taken out before they are judged. A finding blocks when Holm's rule over all judged series confirms its
  /// own test; it warns when Benjamini and Hochberg's does and its own p is no larger than `warnAlpha`.
  /// A series whose own test fires, but which neither rule confirms, is `worse` and no more: among hundreds of
  /// series some always are. Series that were found worse before are a
  /// family of their own.
  public func judge(_ family: [Candidate]) -> FamilyJudgement {
    var subjects = family.map { Subject($0, policy: policy) }
    let common = siblings(among: subjects).compactMap { settle($0, of: &subjects) }
    let burstiness = Burstiness(of: subjects.compactMap { $0.share?.rates.likelihoods })
    let judged = subjects.map { $0.judgement(burstiness: burstiness) }
    var judgements = judged.map(\.judgement)
    for isRetest in [false, true] {
      let members = family.indices.filter { family[$0].isRetest == isRetest }
      correct(&judgements, of: members)
      let count = members.count { judgements[$0].p != nil }
      let alpha = policy.alpha(among: count, isRetest: isRetest)
      for index in members {
        guard let sensitivity = judged[index].sensitivity else { continue }
        judgements[index].setLimits(sensitivity, alpha: alpha, among: count)
      }
    }
    return FamilyJudgement(judgements: judgements, common: common)
  }

  /// Fine series with the same runs, a group each, in the order they first occur.
  private func siblings(among subjects: [Subject]) -> [Siblings] {
    var groups: [Siblings] = []
    var places: [[Int]: Int] = [:]
    for (index, subject) in subjects.enumerated() {
      guard let test = subject.series, test.isFine, let runs = test.runs else { continue }
      let place = places[runs] ?? groups.count
      if place == groups.count { groups.append(Siblings(runs: runs)) }
      groups[place].members.append(index)
      places[runs] = place
    }
    return Siblings.joined(groups) { subjects[$0].isRetest }
  }

  /// Takes shared noise out of a group of siblings and gives them their expectation of each other.
  private func settle(_ group: Siblings, of subjects: inout [Subject]) -> CommonFactor? {
    let noise = SharedNoise(of: group.members.compactMap { subjects[$0].series })
    if let noise, noise.isReal {
      for index in group.all {
        guard let runs = subjects[index].series?.runs else { continue }
        subjects[index].series?.removeSharedNoise(group.noise(noise.removable, in: runs))
      }
    }
    let alone = ScalePrior(scale: ScalePrior.relative.scale, weight: 0)
    let levels =
      group.members.count < ScalePrior.minimumSiblings
      ? [] : group.members.compactMap { subjects[$0].series?.level(prior: alone) }
    let prior = ScalePrior(siblings: levels)
    for index in group.all { subjects[index].prior = prior }
    return noise.map {
      CommonFactor(
        members: group.members, factor: $0.factor, judgement: $0.judgement(policy: policy),
        wasTakenOut: $0.isReal)
    }
  }

  /// Corrects the judgements of one family for each other.
  func correct(_ judgements: inout [Judgement], of family: [Int]) {
    let judged = family.filter { judgements[$0].p != nil }
    let p = judged.map { judgements[$0].p ?? 1 }
    let findings = zip(judged, p).map { judgements[$0].outcome == .worse ? $1 : 1 }
    let holm = MultipleTesting.holm(findings, errorRate: policy.familyErrorRate)
    let adjusted = MultipleTesting.adjusted(p)
    for (place, index) in judged.enumerated() {
      let isDiscovery = p[place] <= policy.warnAlpha && adjusted[place] <= policy.falseDiscoveryRate
      judgements[index].q = adjusted[place]
      judgements[index].blocks = judgements[index].outcome == .worse && holm[place]
      judgements[index].warns = judgements[index].blocks || isDiscovery
    }
  }
}

/// Series with the same runs, and those that leave some of these runs out and are too few to show it by themselves.
private struct Siblings {
  let runs: [Int]
  var members: [Int] = []
  var followers: [Int] = []

  init(runs: [Int]) { self.runs = runs }

  var all: [Int] { members + followers }

  /// The noise of some of the runs, and of the candidate.
  func noise(_ noise: [Double], in some: [Int]) -> [Double] {
    guard some.count != runs.count else { return noise }
    let known = Dictionary(zip(runs, noise)) { first, _ in first }
    return some.map { known[$0] ?? 0 } + noise.suffix(1)
  }

  /// Small groups of retests follow the largest group that has all of their runs.
  static func joined(_ groups: [Siblings], isRetest: @escaping (Int) -> Bool) -> [Siblings] {
    guard let largest = groups.indices.max(by: { groups[$0].members.count < groups[$1].members.count }) else {
      return groups
    }
    var leader = groups[largest]
    let runs = Set(leader.runs)
    let isFollower = { (group: Siblings) in
      group.members.count < SharedNoise.minimumSeries && group.members.count < leader.members.count
        && group.members.allSatisfy(isRetest) && runs.isSuperset(of: group.runs)
    }
    let followers = groups.filter(isFollower)
    leader.followers = followers.flatMap(\.members)
    var rest = groups
    rest[largest] = leader
    return rest.filter { !isFollower($0) }
  }
}

/// A candidate with the test its kind asks for.
private struct Subject {
  private let candidate: Candidate
  /// The test of counted shares; nil for anything else.
  let share: ShareTest?
  /// The test of values; nil for counted shares and where too little is known.
  var series: SeriesTest?
  /// Whether the series was found worse before.
  var isRetest: Bool { candidate.isRetest }
  /// What its siblings say of its scatter.
  var prior: ScalePrior?

  init(_ candidate: Candidate, policy: RegressionPolicy) {
    self.candidate = candidate
    guard let window = Window(of: candidate, policy: policy) else {
      share = nil
      return
    }
    if case .share(let trials?) = candidate.kind {
      share = ShareTest(of: candidate, trials: trials, window: window, policy: policy)
    } else {
      share = nil
    }
    if share == nil { series = SeriesTest(of: candidate, window: window, policy: policy) }
  }

  func judgement(burstiness: Burstiness) -> (judgement: Judgement, sensitivity: Sensitivity?) {
    let judged =
      share?.judgement(burstiness: burstiness)
      ?? series.flatMap { $0.judgement(prior: prior ?? $0.usualPrior) }
    return (judged?.judgement ?? Judgement(insufficient: candidate), judged?.sensitivity)
  }
}

extension RegressionTest {
  /// Judges many series each of which stands alone, on all cores.
  /// - Returns: the judgement of each, in the order given.
  public func judge(each candidates: [Candidate]) -> [Judgement] {
    concurrentMap(candidates, workers: Cores.count) { judge($0) }
  }
}

/// Corrections for judging many series at once.
package enum MultipleTesting {
  /// Holm's step-down rule: which hypotheses are rejected so that the chance of one false rejection among all
  /// is at most `errorRate` (S. Holm, Scand. J. Statist. 6, 1979).
  package static func holm(_ p: [Double], errorRate: Double) -> [Bool] {
    var rejected = Array(repeating: false, count: p.count)
    for (rank, index) in rising(p).enumerated() {
      guard p[index] <= errorRate / Double(p.count - rank) else { break }
      rejected[index] = true
    }
    return rejected
  }

  /// Benjamini and Hochberg's adjusted p-values: the smallest false-discovery rate at which each hypothesis
  /// would be rejected (J. R. Statist. Soc. B 57, 1995).
  package static func adjusted(_ p: [Double]) -> [Double] {
    var adjusted = p
    var smallest = 1.0
    for (rank, index) in rising(p).enumerated().reversed() {
      smallest = min(smallest, p[index] * Double(p.count) / Double(rank + 1))
      adjusted[index] = smallest
    }
    return adjusted
  }

  private static func rising(_ p: [Double]) -> [Int] {
    p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
  }
}
