import SLOBudgets
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics

/// Holds values against the limits on their change: against the median of the comparable commits, from the first
/// on, or of the run that was given to compare with. No test is made: the limit is exact.
struct RelativeJudgement {
  private(set) var findings: [Series: RelativeFinding] = [:]
  private let evaluation: Evaluation

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    for (profile, endpoints) in evaluation.candidates.endpoints {
      for endpoint in endpoints { judge(endpoint, profile) }
      for target in evaluation.budgets.targets(profile: profile) { miss(target, in: endpoints, profile) }
    }
  }

  private mutating func judge(_ endpoint: String, _ profile: String) {
    for limit in evaluation.budget.relativeLimits(for: endpoint, profile) {
      let series = limit.series(endpoint, profile)
      guard let finding = finding(series, limit) else { continue }
      // Of two severities the more severe outcome decides.
      let known = findings[series]?.outcome.ofLimit?.rank ?? -1
      if finding.outcome.ofLimit?.rank ?? 0 > known { findings[series] = finding }
    }
  }

  /// Notes what an entry asks for and no endpoint has.
  private mutating func miss(_ target: Target, in endpoints: Set<String>, _ profile: String) {
    guard !evaluation.budget.isMet(target, in: endpoints, profile) else { return }
    let subject = EvidenceKind.of(profile: profile).subject
    let endpoint = target.pattern == Series.wholeRun ? "(any \(subject.singular))" : target.pattern
    for limit in target.relativeLimits where !limit.isOptional {
      findings[limit.series(endpoint, profile)] = RelativeFinding(
        outcome: .missing, limit: limit,
        remedy: "No result of profile \(profile) has \(subject.withArticle) that matches '\(target.pattern)'."
      )
    }
  }

  private func finding(_ series: Series, _ limit: RelativeLimit) -> RelativeFinding? {
    guard let observed = evaluation.candidates[series] else {
      let isNotToBlame =
        limit.isDefault && !evaluation.budget.isExpected(series)
        || evaluation.budget.isOfOtherForm(series, limit.entry)
      return limit.isOptional || isNotToBlame
        ? nil
        : RelativeFinding(
          outcome: .missing, limit: limit, remedy: evaluation.budget.remedy(forMissing: series))
    }
    if let few = evaluation.budget.shortage(of: series) {
      return limit.isOptional
        ? nil
        : RelativeFinding(
          outcome: .missing, limit: limit, remedy: few.remedy(series.statistic), neededSamples: few.needed)
    }
    guard let reference = reference(for: series, unit: observed.measurement.unit) else {
      return RelativeFinding(outcome: .unreferenced, limit: limit)
    }
    return judged(observed.value, series, limit, reference)
  }

  private func judged(
    _ value: Double, _ series: Series, _ limit: RelativeLimit, _ reference: Reference
  ) -> RelativeFinding {
    let change = value - reference.value
    var finding = RelativeFinding(
      outcome: .ok, limit: limit, reference: reference.value, commits: reference.commits,
      change: reference.value == 0 ? nil : change / abs(reference.value),
      bound: limit.bound(against: reference.value))
    guard !limit.holds(value, against: reference.value) else { return finding }
    if limit.severity == .block {
      finding.waiver = evaluation.budgets.waiver(
        for: limit.limit(against: reference.value), profile: series.profile, endpoint: series.endpoint,
        endpointTag: evaluation.candidates.endpointTags[series.profile]?[series.endpoint], value: value,
        now: evaluation.now)
    }
    finding.outcome = limit.severity == .warn ? .warn : finding.waiver == nil ? .over : .waived
    return finding
  }

  // MARK: What it is held against

  private struct Reference {
    var value: Double
    var commits: Int?
  }

  private func reference(for series: Series, unit: MetricUnit) -> Reference? {
    if evaluation.against.contains(where: { $0.profile == series.profile }) {
      guard let given = evaluation.candidatesAgainst[series], given.measurement.unit == unit else {
        return nil
      }
      return Reference(value: given.value)
    }
    let values = comparable(series)
    return SortedSample(values).map { Reference(value: $0.median, commits: values.count) }
  }

  /// One value a comparable commit; of a level that somebody accepted, those that are at it. A commit that a regression
  /// blocked is none, but for a change of another branch, which answers for what it adds.
  private func comparable(_ series: Series) -> [Double] {
    let open = OpenReferences(of: series, evaluation.references(of: series), in: evaluation)
    let references = evaluation.isOfReference || open.lasting.isEmpty ? open.normal : open.lasting
    let restart = LevelRestart(of: series, references: references, in: evaluation)
    if case .accepted = restart?.ground { return references.dropFirst(restart?.index ?? 0).map(\.median) }
    return references.map(\.median)
  }
}

extension RelativeLimit {
  fileprivate func series(_ endpoint: String, _ profile: String) -> Series {
    Series(profile: profile, endpoint: endpoint, metric: metric, statistic: statistic)
  }

  /// The bound of the value that follows from a reference.
  fileprivate func bound(against reference: Double) -> Double {
    let share = change == .increase ? bound : -bound
    return reference + abs(reference) * share
  }

  /// The limit on the value that follows from a reference.
  fileprivate func limit(against reference: Double) -> Limit {
    Limit(
      metric: metric, statistic: statistic, comparison: change == .increase ? .atMost : .atLeast,
      bound: bound(against: reference), unit: nil, severity: severity, isOptional: isOptional, place: place,
      owner: owner, entry: entry)
  }
}

/// What a person should know of limits on a change that had nothing to be held against, by profile.
/// - Parameter given: whether those are meant that a run was given for.
func unreferenced(_ findings: [Finding], given: Bool, _ evaluation: Evaluation) -> [String] {
  let open = findings.filter {
    $0.relative?.outcome == .unreferenced && evaluation.isGivenReference($0) == given
  }
  return Dictionary(grouping: open, by: \.series.profile).sorted { $0.key < $1.key }.map { profile, open in
    let names = open.map { finding in
      let series = finding.series
      let place = series.endpoint == Series.wholeRun ? "" : " of \(series.endpoint)"
      return "\(series.metric).\(series.statistic)\(place)"
    }
    let reason =
      given
      ? "the results of --against have no such figure"
      : !evaluation.environment.isKnown
        ? "the environment is unknown (--environment NAME or --env KEY=VALUE)"
        : "no comparable commit was measured yet; a run to compare with can be given with --against FILE"
    return
      "\(profile): \(open.count) limit\(open.count == 1 ? "" : "s") on a change not judged (\(listed(names))):"
      + " \(reason)"
  }
}

extension Evaluation {
  /// Whether a run was given that the changes of a finding's profile are held against.
  func isGivenReference(_ finding: Finding) -> Bool {
    against.contains { $0.profile == finding.series.profile }
  }
}
