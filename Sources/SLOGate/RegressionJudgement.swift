import SLOHistory
import SLOModel
import SLOStatistics

/// Holds the telling series of a check against the reference windows, as one family of tests.
struct RegressionJudgement {
  private(set) var findings: [Series: RegressionFinding] = [:]
  private(set) var comparisons: [ReferenceComparison] = []
  private(set) var commonFactors: [Verdict.CommonFactorFinding] = []
  private let question: Question

  init(_ question: Question) {
    self.question = question
    for profile in question.candidates.endpoints.keys.sorted() { compare(profile) }
    judge(question.comparedSeries.keys.sorted())
  }

  // MARK: What can be compared

  private mutating func compare(_ profile: String) {
    let window = question.windows[profile]
    let obstacle = obstacle(profile, window)
    comparisons.append(
      ReferenceComparison(
        profile: profile, environment: environment(of: profile), window: window, obstacle: obstacle))
  }

  /// Profiles none of whose series could be held against the history, one sentence each.
  var lackingHistory: [String] {
    let judged = Set(findings.filter { $0.value.judgement?.p != nil }.map(\.key.profile))
    return comparisons.filter { !judged.contains($0.profile) }.map { comparison in
      let found = comparison.window?.commits.count ?? 0
      let needed = question.policy.test.minimumReferences
      return "\(comparison.profile): nothing could be compared with the history"
        + " (\(found) comparable commits, \(needed) are needed)"
    }
  }

  private func environment(of profile: String) -> Environment {
    question.runs.first { $0.profile == profile }?.environment ?? question.environment
  }

  private func obstacle(_ profile: String, _ window: ReferenceWindow?) -> String? {
    if !question.environment.isKnown {
      return "the environment is unknown: name it with --environment NAME or --env KEY=VALUE"
    }
    let sizings = Set(question.runs.filter { $0.profile == profile }.map(\.environment.fingerprint))
    if sizings.count > 1 { return "its results were measured under different conditions" }
    guard let window else { return "there is no history yet" }
    guard window.commits.isEmpty else { return nil }
    return window.skipped[.otherSizing] > 0 && window.skipped.total == window.skipped[.otherSizing]
      ? "no earlier run has the same sizing" : "no earlier run is comparable"
  }

  // MARK: The family

  private mutating func judge(_ series: [Series]) {
    let obstacles = Dictionary(uniqueKeysWithValues: comparisons.map { ($0.profile, $0.obstacle != nil) })
    let comparable = series.filter { obstacles[$0.profile] == false }
    for blocked in series where obstacles[blocked.profile] != false {
      findings[blocked] = RegressionFinding(
        outcome: .incomparable, effect: .nothing, judgement: nil, seenBefore: [], references: 0)
    }
    let family = Family(comparable.compactMap { series in candidate(series).map { (series, $0) } })
    let result = RegressionTest(policy: question.policy.test).judge(family.candidates)
    for (series, index) in family.places { findings[series] = finding(series, result.judgements[index]) }
    commonFactors = result.common.map { commonFactor($0, family) }
  }

  /// References of different profiles are different runs, even at the same commit.
  private func candidate(_ series: Series) -> Candidate? {
    guard let observed = question.candidates[series],
      let better = question.direction(of: observed.measurement)
    else { return nil }
    let references = question.windows[series.profile]?.values[series] ?? []
    let first = runOffset(series.profile)
    return Candidate(
      references: references.map(\.median), values: observed.repetitions,
      kind: kind(of: observed, references), better: better == .lower ? .lower : .higher,
      absoluteFloor: question.policy.floor(of: series, unit: observed.measurement.unit),
      referenceRepetitions: repetitions(of: references, unlike: observed.repetitions.count),
      runs: isWitness(series) ? references.map { first + $0.commit } : nil)
  }

  /// Whether a series may testify to what moved all of a run: one figure an endpoint, its median where there is
  /// one. Its p95 says the same again, and the run as a whole is made of its endpoints.
  private func isWitness(_ series: Series) -> Bool {
    if series.profile.hasPrefix("lighthouse-") || series.statistic == .median { return isPart(series) }
    var median = series
    median.statistic = .median
    return isPart(series) && series.statistic == .p95 && question.candidates[median] == nil
  }

  private func isPart(_ series: Series) -> Bool {
    series.endpoint != Series.wholeRun || question.candidates.endpoints[series.profile]?.count == 1
  }

  /// The repetitions behind each reference, which matter only where their number differs from the candidate's.
  private func repetitions(of references: [ReferenceValue], unlike count: Int) -> [[Double]]? {
    guard references.contains(where: { $0.repetitions.count != count }) else { return nil }
    return references.map { $0.repetitions.map(\.value) }
  }

  /// Where the numbers of a profile's commits start: every window is shorter than the step between two.
  private func runOffset(_ profile: String) -> Int {
    (comparisons.firstIndex { $0.profile == profile } ?? 0) * 1_000_000
  }

  private func kind(of observed: Candidates.Observed, _ references: [ReferenceValue]) -> Candidate.Kind {
    switch observed.measurement.unit {
    case .ratio:
      let trials = references.map(trialsBehind)
      guard let now = observed.knownTrials, !trials.contains(nil) else { return .share(nil) }
      return .share(Candidate.Trials(references: trials.compactMap { $0 }, candidate: now))
    case .score: return .bounded
    default: return .positive
    }
  }

  /// The trials behind the median of a commit's repetitions: those of one of them.
  private func trialsBehind(_ value: ReferenceValue) -> Int? {
    if value.repetitions.count == 1 { return value.repetitions[0].samples }
    let known = value.repetitions.compactMap(\.samples)
    guard known.count == value.repetitions.count else { return nil }
    return SortedSample(known.map(Double.init)).map { Int($0.median) }
  }

  // MARK: What it means

  private func finding(_ series: Series, _ judgement: Judgement) -> RegressionFinding {
    let (outcome, effect) = meaning(of: judgement)
    let commits = question.windows[series.profile]?.commits ?? []
    let values = question.windows[series.profile]?.values[series] ?? []
    let seen = judgement.seenBefore.compactMap { index in
      values.indices.contains(index) ? commits[values[index].commit].sha : nil
    }
    return RegressionFinding(
      outcome: outcome, effect: effect, judgement: judgement, seenBefore: seen,
      references: judgement.references)
  }

  private func meaning(of judgement: Judgement) -> (RegressionFinding.Outcome, RegressionFinding.Effect) {
    switch judgement.outcome {
    case .insufficient: (.insufficient, .nothing)
    case .none: (.none, .nothing)
    // Only its siblings moved: said of them, or of all of them together.
    case _ where !hasMoved(judgement): (.none, .nothing)
    // A value that collapsed is more often a broken measurement than a miracle.
    case .better: (.faster, judgement.isSuspicious ? .warns : .improves)
    case .worse where judgement.blocks: (.slower, question.policy.regressionBlocks ? .blocks : .warns)
    // Its own test fired; among many series some always do. Only what the family confirms is told.
    case .worse: (.slower, judgement.warns ? .warns : .nothing)
    }
  }

  /// Whether the value itself moved the way its outcome says, whatever was taken out before it was judged.
  private func hasMoved(_ judgement: Judgement) -> Bool {
    guard let change = judgement.change else { return false }
    return abs(change.relative ?? 1) > question.policy.test.relativeFloor / 2 && change.absolute != 0
  }

  private func commonFactor(_ common: CommonFactor, _ family: Family) -> Verdict.CommonFactorFinding {
    let member = family.places.first { common.members.contains($0.index) }
    return Verdict.CommonFactorFinding(
      profile: member?.series.profile ?? "", factor: common,
      blocks: common.judgement.blocks && question.policy.regressionBlocks,
      warns: common.judgement.blocks && !question.policy.regressionBlocks)
  }
}

extension ReferenceValue {
  /// One number a commit: the median of its repetitions.
  var median: Double {
    repetitions.count == 1 ? repetitions[0].value : SortedSample(repetitions.map(\.value))?.median ?? .nan
  }
}

/// The series of a check that are tested, each figure once.
///
/// The same requests often stand in a summary under several names (an endpoint, its group, a custom trend).
/// Tested thrice they would cost the others power, and pass for a host that slowed everything.
private struct Family {
  private(set) var candidates: [Candidate] = []
  private(set) var places: [(series: Series, index: Int)] = []

  init(_ members: [(Series, Candidate)]) {
    var known: [Double: [Int]] = [:]
    for (series, candidate) in members {
      let alike = known[candidate.values.first ?? 0] ?? []
      let index = alike.first { isSameQuestion(candidates[$0], candidate) } ?? candidates.count
      if index == candidates.count {
        candidates.append(candidate)
        known[candidate.values.first ?? 0, default: []].append(index)
      }
      // Of twins, one may have come without its unit, and so without a floor.
      candidates[index].absoluteFloor = max(candidates[index].absoluteFloor, candidate.absoluteFloor)
      places.append((series, index))
    }
  }

  /// What makes two series one question. Zero failures and zero successes are the same figures and two.
  private func isSameQuestion(_ left: Candidate, _ right: Candidate) -> Bool {
    left.values == right.values && left.references == right.references && left.runs == right.runs
      && left.better == right.better
  }
}
