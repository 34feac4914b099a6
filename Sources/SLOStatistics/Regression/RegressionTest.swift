/// Judges candidates against their references: one for itself, or all series of a check as a family.
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
  /// Fine series with the same runs tell each other their usual scatter, and noise that moved all of them is
  /// taken out before they are judged. A finding blocks when Holm's rule over all judged series confirms its
  /// own test; it warns when Benjamini and Hochberg's does and its own p is no larger than `warnAlpha`.
  /// A series whose own test fires, but which neither rule confirms, is `worse` and no more: among hundreds of
  /// series some always are.
  public func judge(_ family: [Candidate]) -> FamilyJudgement {
    var subjects = family.map { Subject($0, policy: policy) }
    let common = siblings(among: subjects).compactMap { settle($0, of: &subjects) }
    let judged = subjects.map { $0.judgement() }
    var judgements = judged.map(\.judgement)
    correct(&judgements)
    let count = judgements.count { $0.p != nil }
    for (index, sensitivity) in judged.map(\.sensitivity).enumerated() {
      if let sensitivity { judgements[index].setLimits(sensitivity, among: count, policy: policy) }
    }
    return FamilyJudgement(judgements: judgements, common: common)
  }

  /// The indices of fine series with the same runs, a group each, in the order they first occur.
  private func siblings(among subjects: [Subject]) -> [[Int]] {
    var groups: [[Int]] = []
    var places: [[Int]: Int] = [:]
    for (index, subject) in subjects.enumerated() {
      guard let test = subject.series, test.isFine, let runs = test.runs else { continue }
      let place = places[runs] ?? groups.count
      if place == groups.count { groups.append([]) }
      groups[place].append(index)
      places[runs] = place
    }
    return groups
  }

  /// Takes shared noise out of a group of siblings and gives them their expectation of each other.
  private func settle(_ group: [Int], of subjects: inout [Subject]) -> CommonFactor? {
    let noise = SharedNoise(of: group.compactMap { subjects[$0].series })
    if let noise, noise.isReal {
      for index in group { subjects[index].series?.removeSharedNoise(noise.removable) }
    }
    let alone = ScalePrior(scale: ScalePrior.relative.scale, weight: 0)
    let levels =
      group.count < ScalePrior.minimumSiblings
      ? [] : group.compactMap { subjects[$0].series?.level(prior: alone) }
    let prior = ScalePrior(siblings: levels)
    for index in group { subjects[index].prior = prior }
    return noise.map {
      CommonFactor(
        members: group, factor: $0.factor, judgement: $0.judgement(policy: policy), wasTakenOut: $0.isReal)
    }
  }

  private func correct(_ judgements: inout [Judgement]) {
    let judged = judgements.indices.filter { judgements[$0].p != nil }
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

/// A candidate with the test its kind asks for.
private struct Subject {
  private let candidate: Candidate
  private let share: ShareTest?
  /// The test of values; nil for counted shares and where too little is known.
  var series: SeriesTest?
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

  func judgement() -> (judgement: Judgement, sensitivity: Sensitivity?) {
    let judged = share?.judgement() ?? series.flatMap { $0.judgement(prior: prior ?? $0.usualPrior) }
    return (judged?.judgement ?? Judgement(insufficient: candidate), judged?.sensitivity)
  }
}
