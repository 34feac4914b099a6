import SLOHistory
import SLOModel
import SLOStatistics

/// Holds the telling series of a check against the reference windows, as one family of tests.
struct RegressionJudgement {
  var findings: [Series: RegressionFinding] = [:]
  private(set) var comparisons: [ReferenceComparison] = []
  var commonFactors: [Verdict.CommonFactorFinding] = []
  /// The series that nothing keeps from being compared, in order.
  private(set) var comparable: [Series] = []
  private var references: [Series: OpenReferences] = [:]
  private var restarts: [Series: LevelRestart] = [:]
  let evaluation: Evaluation
  /// What a second run should have decided and could not, a sentence each.
  var undecided: [String] = []

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    for profile in evaluation.candidates.endpoints.keys.sorted() { compare(profile) }
    let series = evaluation.comparedSeries.keys.sorted()
    let hasPairs = { evaluation.plan.paired.count(of: $0) > 0 }
    judge(series.filter { !hasPairs($0.profile) })
    judgePairs(series.filter { hasPairs($0.profile) })
  }

  // MARK: What can be compared

  private mutating func compare(_ profile: String) {
    let window = evaluation.windows[profile]
    let pairs = evaluation.plan.paired.count(of: profile)
    let obstacle = pairs > 0 ? nil : obstacle(profile, window)
    comparisons.append(
      ReferenceComparison(
        profile: profile, environment: environment(of: profile), window: window, obstacle: obstacle,
        pairs: pairs))
  }

  /// Profiles none of whose series could be held against the history, one sentence each.
  var lackingHistory: [String] {
    let judged = Set(findings.filter { $0.value.judgement?.p != nil }.map(\.key.profile))
    return comparisons.filter { !judged.contains($0.profile) }.map { comparison in
      if comparison.pairs > 0 {
        return "\(comparison.profile): nothing could be compared with the base"
          + " (\(comparison.pairs) pair\(comparison.pairs == 1 ? "" : "s"), \(PairedTest.fewestPairs) are needed)"
      }
      let found = comparison.window?.commits.count ?? 0
      let needed = evaluation.policy.test.minimumReferences
      let unmeasured = findings.filter { $0.key.profile == comparison.profile }
        .compactMap(\.value.unmeasuredLevel).max { $0.at < $1.at }
      return "\(comparison.profile): nothing could be compared with the history"
        + " (\(unmeasured?.isUnmeasuredSentence ?? "\(found) comparable commits, \(needed) are needed"))"
    }
  }

  private func environment(of profile: String) -> Environment {
    evaluation.runs.first { $0.profile == profile }?.environment ?? evaluation.environment
  }

  private func obstacle(_ profile: String, _ window: ReferenceWindow?) -> String? {
    if !evaluation.environment.isKnown {
      return "the environment is unknown: name it with --environment NAME or --env KEY=VALUE"
    }
    let sizings = Set(evaluation.runs.filter { $0.profile == profile }.map(\.environment.fingerprint))
    if sizings.count > 1 { return "its results were measured under different conditions" }
    guard let window else { return "there is no history yet" }
    guard window.commits.isEmpty else { return nil }
    return window.skipped[.otherSizing] > 0 && window.skipped.total == window.skipped[.otherSizing]
      ? "no earlier run has the same sizing" : "no earlier run is comparable"
  }

  // MARK: The family

  private mutating func judge(_ series: [Series]) {
    let obstacles = Dictionary(uniqueKeysWithValues: comparisons.map { ($0.profile, $0.obstacle != nil) })
    comparable = series.filter { obstacles[$0.profile] == false }
    for blocked in series where obstacles[blocked.profile] != false {
      findings[blocked] = RegressionFinding(
        outcome: .incomparable, effect: .nothing, judgement: nil, seenBefore: [], references: 0)
    }
    for series in comparable {
      let open = OpenReferences(of: series, evaluation.references(of: series), in: evaluation)
      references[series] = open
      restarts[series] = restart(of: series, open)
    }
    let family = Family(comparable.compactMap { series in candidate(series).map { (series, $0) } })
    let result = RegressionTest(policy: evaluation.policy.test).judge(family.candidates)
    for (series, index) in family.places { findings[series] = finding(series, result.judgements[index]) }
    commonFactors = result.common.map { commonFactor($0, family) }
    tellLastingFactors()
    if !evaluation.isOfReference { tellInherited() }
  }

  /// Where the level of a series begins. A change of another branch stands on the level that the reference branch
  /// has, blocked there or not.
  private func restart(of series: Series, _ open: OpenReferences) -> LevelRestart? {
    open.isGround(for: evaluation)
      ? LevelRestart(index: open.normal.count, ground: .blocked)
      : LevelRestart(of: series, references: open.normal, in: evaluation)
  }

  /// References of different profiles are different runs, even at the same commit.
  private func candidate(_ series: Series) -> Candidate? {
    let values = values(of: series)
    let builder = CandidateBuilder(evaluation: evaluation)
    guard var candidate = builder.candidate(series, references: values) else { return nil }
    let first = runOffset(series.profile)
    candidate.runs = builder.isWitness(series) ? values.map { first + $0.commit } : nil
    candidate.levelStart = restarts[series]?.index
    candidate.isRetest = evaluation.isOfReference && references[series]?.lasting.isEmpty == false
    return candidate
  }

  /// What the series is held against, oldest first.
  private func values(of series: Series) -> [ReferenceValue] {
    references[series]?.values(for: evaluation) ?? []
  }

  /// Where the numbers of a profile's commits start: every window is shorter than the step between two.
  private func runOffset(_ profile: String) -> Int {
    (comparisons.firstIndex { $0.profile == profile } ?? 0) * 1_000_000
  }

  // MARK: What it means

  private func finding(_ series: Series, _ judgement: Judgement) -> RegressionFinding {
    let (outcome, effect) = meaning(of: judgement, isConfirmed: references[series]?.isConfirmed == true)
    let commits = evaluation.windows[series.profile]?.commits ?? []
    let values = values(of: series)
    let seen = judgement.seenBefore.compactMap { index in
      values.indices.contains(index) ? commits[values[index].commit].sha : nil
    }
    let waiver = [.blocks, .suspect].contains(effect) ? evaluation.waiver(ofRegression: series) : nil
    let isWorse = outcome == .slower && effect != .nothing && evaluation.isOfReference
    return RegressionFinding(
      outcome: outcome, effect: waiver == nil ? effect : .waived, judgement: judgement, seenBefore: seen,
      references: judgement.references, level: level(of: series, judgement, values, commits),
      unaccepted: isWorse ? unaccepted(series, isInherited: false) : nil, waiver: waiver)
  }

  /// The regression that the reference branch has and that is not accepted.
  private func unaccepted(_ series: Series, isInherited: Bool) -> UnacceptedRegression? {
    references[series].flatMap {
      UnacceptedRegression(
        $0, commits: evaluation.windows[series.profile]?.commits ?? [], isInherited: isInherited)
    }
  }

  /// Notes since when all of a run is worse, where a check was blocked for that: each series alone may not show it.
  private mutating func tellLastingFactors() {
    guard evaluation.isOfReference else { return }
    let moved = Set(commonFactors.filter { $0.effect != .nothing }.map(\.profile))
    for series in comparable where moved.contains(series.profile) && findings[series]?.unaccepted == nil {
      let known = unaccepted(series, isInherited: false)
      findings[series]?.unaccepted = known
    }
  }

  /// Tells of regressions that the reference branch has and the change judged did not make: it adds nothing to them.
  private mutating func tellInherited() {
    let members = comparable.compactMap { series -> (Series, Candidate)? in
      guard let open = references[series], open.isConfirmed,
        [.nothing, nil].contains(findings[series]?.effect)
      else { return nil }
      var candidate = CandidateBuilder(evaluation: evaluation).candidate(series, references: open.normal)
      candidate?.levelStart = LevelRestart(of: series, references: open.normal, in: evaluation)?.index
      candidate?.isRetest = true
      return candidate.map { (series, $0) }
    }
    let family = Family(members)
    let result = RegressionTest(policy: evaluation.policy.test).judge(family.candidates)
    for (series, index) in family.places {
      let judgement = result.judgements[index]
      guard judgement.outcome == .worse, judgement.warns, hasMoved(judgement) else { continue }
      findings[series] = RegressionFinding(
        outcome: .slower, effect: .warns, judgement: judgement, seenBefore: [],
        references: judgement.references, unaccepted: unaccepted(series, isInherited: true))
    }
  }

  /// The level the series was held against, where it is not that of the whole window.
  private func level(
    of series: Series, _ judgement: Judgement, _ values: [ReferenceValue], _ commits: [ReferenceCommit]
  ) -> ReferenceLevel? {
    let known = restarts[series]
    let start = max(known?.index ?? 0, judgement.outcome == .insufficient ? 0 : judgement.levelStart)
    guard start > 0, start <= values.count else { return nil }
    let restart = known.flatMap { $0.index == start ? $0 : nil }
    return ReferenceLevel(
      start: start, ground: restart?.ground ?? .likely, change: restart?.change, values, commits)
  }

  /// - Parameter isConfirmed: whether a check was blocked by the same regression before.
  func meaning(
    of judgement: Judgement, isConfirmed: Bool
  ) -> (RegressionFinding.Outcome, RegressionFinding.Effect) {
    switch judgement.outcome {
    case .insufficient: (.insufficient, .nothing)
    case .none: (.none, .nothing)
    // Only its siblings moved: said of them, or of all of them together.
    case _ where !hasMoved(judgement): (.none, .nothing)
    // A value that collapsed is more often a broken measurement than a miracle.
    case .better: (.faster, judgement.isSuspicious ? .warns : .improves)
    // Its own test fired; among many series some always do. Only what the family confirms is reported.
    case .worse where !judgement.warns: (.slower, .nothing)
    case .worse where !evaluation.policy.regressionBlocks: (.slower, .warns)
    case .worse where evaluation.policy.isTwoStep && !isConfirmed: (.slower, .suspect)
    case .worse: (.slower, judgement.blocks ? .blocks : .warns)
    }
  }

  /// Whether the value itself moved the way its outcome says, whatever was taken out before it was judged.
  func hasMoved(_ judgement: Judgement) -> Bool {
    guard let change = judgement.change else { return false }
    return abs(change.relative ?? 1) > evaluation.policy.test.relativeFloor / 2 && change.absolute != 0
  }

  private func commonFactor(_ common: CommonFactor, _ family: Family) -> Verdict.CommonFactorFinding {
    let members = family.places.filter { common.members.contains($0.index) }.map(\.series)
    let slower = members.compactMap { findings[$0] }.filter { $0.outcome == .slower && $0.effect != .nothing }
    // What moved the whole run is waived where every series is that it made worse.
    let isWaived = !slower.isEmpty && slower.allSatisfy { $0.effect == .waived }
    let isConfirmed = members.contains { references[$0]?.isConfirmed == true }
    let effect: RegressionFinding.Effect =
      if !common.judgement.blocks || isWaived { .nothing } else if !evaluation.policy.regressionBlocks {
        .warns
      } else { evaluation.policy.isTwoStep && !isConfirmed ? .suspect : .blocks }
    return Verdict.CommonFactorFinding(
      profile: members.first?.profile ?? "", factor: common, effect: effect)
  }
}
