package import SLOBudgets
package import SLOHistory
package import SLOModel
package import SLOStatistics

/// Everything known about one finding, for the developer whose pull request is red: what it is, what it was held
/// against, whether it is noise, and whether it is new.
package struct Explanation: Sendable {
  /// One commit the value was held against.
  package struct Reference: Sendable, Hashable {
    /// What part it has in the comparison.
    package enum Role: String, Sendable, Hashable {
      /// It is of the level the value was held against.
      case level
      /// It is of the level, and too far from it to say where it lies: a spike, or a second machine.
      case outsider
      /// It is of an older level and only lends its scatter.
      case older
      /// A check of it was blocked by a regression of the series that was not accepted: it is no reference.
      case blocked
    }

    /// The commit.
    package var commit: ReferenceCommit
    /// The median of its repetitions.
    package var value: Double
    /// How many repetitions it has.
    package var repetitions: Int
    /// What part it has.
    package var role: Role
  }

  /// The finding.
  package var finding: Finding
  /// Whether the verdict it is part of blocks the release, and which.
  package var code: Verdict.Code
  /// The service judged.
  package var service: String
  /// The service as commands have to name it; nil where they find it by themselves.
  package var namedService: String?
  /// The sizing of the runs judged.
  package var environment: Environment
  /// The commit judged.
  package var commit: Commit
  /// The branch whose runs are the reference.
  package var reference: String
  /// Every limit on the series, the one that decided among them.
  package var limits: [Limit]
  /// The line of the budget file that the deciding limit is on, as it is written; nil for a default limit.
  package var limitText: String?
  /// What the profile was held against as a whole, with the runs left out and why.
  package var comparison: ReferenceComparison?
  /// The commits the value was held against, oldest first.
  package var references: [Reference]
  /// Whether it is new, by the history and by the limit.
  package var novelty: Novelty
  /// What it would take to see a change of `RepetitionAdvice.target`.
  package var advice: RepetitionAdvice?
  /// How many series were judged together.
  package var compared: Int
  /// The policy of the test.
  package var policy: GatePolicy
  /// The waivers on the series, ended ones included.
  package var waivers: [Waiver]
  /// Which way the series is better; nil where it is not known.
  package var better: Direction?
  /// The commits that may have made it; nil where it is not new, or nothing is known of them.
  package var suspects: Suspects?
  /// Where the change comes from, as far as the related figures show; nil where it was not looked for.
  package var relatedChanges: RelatedChanges?

  /// The references that are no part of a regression that was not accepted, in rising order; nil where there are none.
  package var usual: SortedSample? { SLOGate.usual(references) }

  /// How many references are as bad as the value, or worse; nil where it is not known what is worse.
  package var asBad: Int? { SLOGate.asBad(references, as: finding.value, better: better) }

  /// The chance, at most, of such a finding in a check where nothing changed, all figures that were judged together
  /// taken into account; of one that only warns, of this figure alone. Nil where nothing was tested.
  package var odds: Double? { finding.odds(policy) }

  /// Whether the reference branch was like this before.
  package var isInherited: Bool { knownSince != nil }

  /// The commit of the reference branch since which it is like this; nil where it was not before.
  package var knownSince: ReferenceCommit? {
    if case .known(let since) = novelty { since } else { nil }
  }
}

/// Explains one finding of a verdict.
/// - Parameter series: the finding's series.
/// - Returns: nil where the verdict has no such finding.
package func explain(_ series: Series, in verdict: Verdict) -> Explanation? {
  let evaluation = verdict.evaluation
  guard let finding = verdict.findings.first(where: { $0.series == series }) else { return nil }
  let references = references(of: finding, in: evaluation)
  var explanation = Explanation(
    finding: finding, code: verdict.code, service: evaluation.service,
    namedService: evaluation.input.namedService,
    environment: evaluation.environment, commit: evaluation.commit, reference: evaluation.reference,
    limits: evaluation.limits(on: series),
    comparison: verdict.comparisons.first { $0.profile == series.profile }, references: references,
    novelty: novelty(of: finding, references), advice: repetitionAdvice(on: finding, in: evaluation),
    compared: verdict.compared, policy: evaluation.policy,
    waivers: evaluation.waivers(on: series),
    better: evaluation.candidates[series].flatMap { evaluation.direction(of: $0.measurement) })
  explanation.suspects = explanation.suspectedRange
  return explanation
}

/// The commits of the window that measured the series, and what part each has.
func references(of finding: Finding, in evaluation: Evaluation) -> [Explanation.Reference] {
  let values = evaluation.references(of: finding.series)
  let used = OpenReferences.values(behind: finding, in: evaluation)
  let places = Dictionary(used.enumerated().map { ($1.commit, $0) }) { first, _ in first }
  let oldest = used.first?.commit ?? 0
  let judgement = finding.regression?.judgement
  let outsiders = Set(judgement?.outsiders ?? [])
  return values.filter { $0.commit >= oldest }.compactMap { value in
    guard let commits = evaluation.windows[finding.series.profile]?.commits else { return nil }
    let place = places[value.commit]
    let shown = place.map { used[$0] } ?? value
    let role: Explanation.Reference.Role =
      switch place {
      case nil: .blocked
      case let place? where place < judgement?.levelStart ?? 0: .older
      case let place? where outsiders.contains(place): .outsider
      default: .level
      }
    return Explanation.Reference(
      commit: commits[value.commit], value: shown.median, repetitions: shown.repetitions.count, role: role)
  }
}
