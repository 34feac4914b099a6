public import SLOBudgets
public import SLOHistory
public import SLOModel
public import SLOStatistics

/// Everything known about one finding, for the developer whose pull request is red: what it is, what it was held
/// against, whether it is noise, and whether it is new.
public struct Explanation: Sendable {
  /// One commit the value was held against.
  public struct Reference: Sendable, Hashable {
    /// What part it has in the comparison.
    public enum Role: String, Sendable, Hashable {
      /// It is of the level the value was held against.
      case level
      /// It is of the level, and too far from it to say where it lies: a spike, or a second machine.
      case outsider
      /// It is of an older level and only lends its scatter.
      case older
    }

    /// The commit.
    public var commit: ReferenceCommit
    /// The median of its repetitions.
    public var value: Double
    /// How many repetitions it has.
    public var repetitions: Int
    /// What part it has.
    public var role: Role
  }

  /// Whether the finding came with the commit judged.
  public enum Novelty: Sendable, Hashable {
    /// The value is unlike every reference.
    case new
    /// The references have been like it since a commit of the reference branch.
    case known(since: ReferenceCommit)
    /// Earlier commits, which changed nothing, showed such a value.
    case seenBefore([String])
    /// The value is like its references.
    case unchanged
    /// Too little is known to say.
    case unknown
  }

  /// The finding.
  public var finding: Finding
  /// Whether the verdict it is part of blocks the release, and which.
  public var code: Verdict.Code
  /// The service judged.
  public var service: String
  /// The sizing of the runs judged.
  public var environment: Environment
  /// The commit judged.
  public var commit: Commit
  /// The branch whose runs are the reference.
  public var reference: String
  /// Every limit on the series, the one that decided among them.
  public var limits: [Limit]
  /// The line of the budget file that the deciding limit stands on, as it is written; nil for a default limit.
  public var limitText: String?
  /// What the profile was held against as a whole, with the runs left out and why.
  public var comparison: ReferenceComparison?
  /// The commits the value was held against, oldest first.
  public var references: [Reference]
  /// Whether it is new, of the history and of the limit.
  public var novelty: Novelty
  /// What it would take to see a change of `RepetitionAdvice.target`.
  public var advice: RepetitionAdvice?
  /// How many series were judged together.
  public var compared: Int
  /// The policy of the test.
  public var policy: GatePolicy
  /// The waivers on the series, ended ones included.
  public var waivers: [Waiver]

  /// Whether the reference branch was like this before.
  public var isInherited: Bool {
    if case .known = novelty { true } else { false }
  }
}

/// Explains one finding of a verdict.
/// - Parameters:
///   - series: the finding's series.
///   - verdict: the answer to `question`.
/// - Returns: nil where the verdict has no such finding.
public func explain(_ series: Series, in verdict: Verdict, of question: Question) -> Explanation? {
  guard let finding = verdict.findings.first(where: { $0.series == series }) else { return nil }
  let tag = question.candidates.endpointTags[series.profile]?[series.endpoint]
  let limits = question.budgets.limits(profile: series.profile, endpoint: series.endpoint, endpointTag: tag)
    .filter { $0.metric == series.metric && $0.statistic == series.statistic }
  let references = references(of: finding, in: question)
  return Explanation(
    finding: finding, code: verdict.code, service: question.service, environment: question.environment,
    commit: question.commit, reference: question.reference,
    limits: limits,
    comparison: verdict.comparisons.first { $0.profile == series.profile }, references: references,
    novelty: novelty(of: finding, references), advice: repetitionAdvice(on: finding, in: question),
    compared: verdict.compared, policy: question.policy,
    waivers: question.budgets.waivers.filter { waiver in
      waiver.metric == series.metric && waiver.statistic == series.statistic
        && (waiver.profile ?? series.profile) == series.profile
        && EndpointPattern(waiver.endpoint).matches(series.endpoint)
    })
}

private func references(of finding: Finding, in question: Question) -> [Explanation.Reference] {
  guard let window = question.windows[finding.series.profile], let values = window.values[finding.series]
  else { return [] }
  let judgement = finding.regression?.judgement
  let outsiders = Set(judgement?.outsiders ?? [])
  return values.enumerated().map { index, value in
    let isOlder = index < judgement?.levelStart ?? 0
    return Explanation.Reference(
      commit: window.commits[value.commit], value: value.median, repetitions: value.repetitions.count,
      role: isOlder ? .older : outsiders.contains(index) ? .outsider : .level)
  }
}

/// A value beyond its limit is known where the references have been beyond it too; else the history's own test
/// tells.
private func novelty(of finding: Finding, _ references: [Explanation.Reference]) -> Explanation.Novelty {
  let limit = finding.budget.flatMap { [.over, .warn, .waived].contains($0.outcome) ? $0.limit : nil }
  if let limit, let streak = references.suffix(while: { !limit.holds($0.value) }).first {
    return .known(since: streak.commit)
  }
  guard let regression = finding.regression, regression.judgement?.p != nil else { return .unknown }
  if !regression.seenBefore.isEmpty { return .seenBefore(regression.seenBefore) }
  if regression.outcome == .slower || limit != nil { return .new }
  return regression.level?.since.map { .known(since: $0) } ?? .unchanged
}

extension Array {
  /// The longest end of the array all of whose elements have a property.
  fileprivate func suffix(while holds: (Element) -> Bool) -> ArraySlice<Element> {
    let start = lastIndex { !holds($0) }.map { $0 + 1 } ?? startIndex
    return self[start...]
  }
}
