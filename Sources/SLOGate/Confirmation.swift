import SLOModel
import SLOReaders
public import SLOStatistics

/// What a second run showed of what a first one made suspect.
public struct ConfirmationFinding: Sendable {
  /// Whether the second run alone is worse too, beyond chance among all suspects: it blocks.
  public var isConfirmed: Bool
  /// The second run, held against the same references.
  public var judgement: Judgement
}

/// The second step of a check. A single run's spike cannot be told from a regression by its value; what lasts is there
/// again in a run of another job.
///
/// The suspects alone are judged, each by the second run alone against the same references. `TwoStepRule` decides what
/// blocks. What the second run still shows by its own test warns; the rest is cleared.
extension RegressionJudgement {
  /// The same judgement, with what was suspect decided by a second measurement.
  /// - Parameter second: the second measurement; nil: there was none, and suspects stay suspect.
  func confirmed(by second: Evaluation?) -> RegressionJudgement {
    guard let second else { return self }
    var decided = self
    let other = RegressionJudgement(second)
    let factors = commonFactors.indices.filter { commonFactors[$0].isSuspect }
    let series = comparable.filter { findings[$0]?.effect == .suspect }
    let places =
      factors.map { RegressionAlarms.Place.all(profile: commonFactors[$0].profile) }
      + series.map { RegressionAlarms.Place.series($0) }
    let shown = other.shown
    let confirmed = TwoStepRule(evaluation.policy.test).confirmed(
      Set(places), by: shown.filter { hasMoved($0.value) })
    let decisions = places.map { place in
      shown[place].map { ConfirmationFinding(isConfirmed: confirmed.contains(place), judgement: $0) }
    }
    for (index, decision) in zip(factors, decisions) {
      guard let decision else { continue }
      decided.commonFactors[index].confirmation = decision
      decided.commonFactors[index].effect = effect(of: decision)
    }
    for (series, decision) in zip(series, decisions.dropFirst(factors.count)) {
      guard let decision else { continue }
      decided.findings[series]?.confirmation = decision
      decided.findings[series]?.effect = effect(of: decision)
    }
    decided.undecided = undecided(decisions.count { $0 == nil }, of: decisions.count, other)
    return decided
  }

  /// What was tested, and how.
  private var shown: [RegressionAlarms.Place: Judgement] {
    var shown: [RegressionAlarms.Place: Judgement] = [:]
    for (series, finding) in findings where finding.judgement?.p != nil {
      shown[.series(series)] = finding.judgement
    }
    for common in commonFactors where common.factor.judgement.p != nil {
      shown[.all(profile: common.profile)] = common.factor.judgement
    }
    return shown
  }

  private func effect(of decision: ConfirmationFinding) -> RegressionFinding.Effect {
    if decision.isConfirmed { return .blocks }
    let isDoubtful = decision.judgement.p ?? 1 <= evaluation.policy.test.warnAlpha
    return isDoubtful && hasMoved(decision.judgement) ? .warns : .nothing
  }

  /// Why some suspects are still suspect.
  private func undecided(_ count: Int, of all: Int, _ second: RegressionJudgement) -> [String] {
    guard count > 0 else { return [] }
    let obstacle = second.comparisons.lazy.compactMap { comparison in
      comparison.obstacle.map { "; \(comparison.profile): \($0)" }
    }.first
    return [
      "the second run decides \(all - count) of \(all) suspects: it has no comparable value of the others"
        + (obstacle ?? "")
    ]
  }

  /// What the first run made suspect and the second did not confirm.
  var cleared: [String] {
    let series = findings.filter { $0.value.confirmation?.isConfirmed == false }.keys.sorted()
    guard !series.isEmpty else { return [] }
    let named = series.prefix(3).map { series in
      let (first, second) = (findings[series]?.judgement, findings[series]?.confirmation?.judgement)
      let changes = [first, second].map { $0?.change?.relative.map(signedPercent) ?? "?" }
      let endpoint = series.endpoint == Series.wholeRun ? "whole run" : series.endpoint
      let metric = MetricCatalogue.label(of: series.metric, series.statistic)
      return "\(endpoint) \(metric) (\(changes.joined(separator: ", then ")))"
    }
    let more = series.count > 3 ? " and \(series.count - 3) more" : ""
    return [
      "suspect in the first run and not confirmed by the second: \(named.joined(separator: ", "))\(more)"
    ]
  }
}
