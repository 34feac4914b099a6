import SLOBudgets
import SLOModel
import SLOReaders

/// Holds what was measured against the rules: each for every endpoint that has all of its figures.
struct RuleJudgement {
  let candidates: Candidates
  /// The profiles the check is about; empty: every one.
  var profiles: Set<String> = []

  /// The rules that the check is not about.
  func leftOut(of rules: [Rule]) -> [Rule] { rules.filter { !isMeant($0) } }

  /// The findings, in the order of the rules; within one, by profile and endpoint.
  func findings(_ rules: [Rule]) -> [RuleFinding] {
    rules.filter(isMeant).flatMap { rule in profiles(of: rule).flatMap { findings(rule, $0) } }
  }

  /// A rule on a profile that the check is not about is none of its own.
  private func isMeant(_ rule: Rule) -> Bool {
    rule.figures.compactMap(\.profile).allSatisfy { GatePolicy.isAbout($0, only: profiles) }
  }

  /// The profiles a rule speaks of: its own, else the measured ones that can have the figure.
  private func profiles(of rule: Rule) -> [String] {
    if let profile = rule.left.profile { return [profile] }
    return candidates.endpoints.keys.filter { EvidenceKind.of(profile: $0) == rule.left.kind }.sorted()
  }

  private func findings(_ rule: Rule, _ profile: String) -> [RuleFinding] {
    let endpoints = candidates.endpoints[profile, default: []].sorted {
      Series(profile: profile, endpoint: $0, metric: "", statistic: .value)
        < Series(profile: profile, endpoint: $1, metric: "", statistic: .value)
    }
    let found = endpoints.compactMap { finding(rule, profile, $0) }
    if !found.isEmpty || rule.isOptional { return found }
    return [missing(rule, profile)]
  }

  /// A rule for one endpoint; nil where a figure of it is missing there.
  private func finding(_ rule: Rule, _ profile: String, _ endpoint: String) -> RuleFinding? {
    guard let left = observed(rule.left, profile, endpoint) else { return nil }
    var finding = RuleFinding(
      rule: rule, profile: profile, endpoint: endpoint, outcome: .ok, unit: left.measurement.unit,
      value: left.value)
    let bound: Double
    switch rule.right {
    case .number(let number, _): bound = number
    case .multiple(let factor, of: let figure):
      let other = figure.profile ?? profile
      guard let right = observed(figure, other, endpoint), right.measurement.unit == finding.unit else {
        return nil
      }
      finding.other = (other, right.value)
      bound = factor * right.value
    }
    finding.bound = bound
    if !rule.comparison.holds(left.value, bound: bound) {
      finding.outcome = rule.severity == .block ? .over : .warn
    }
    return finding
  }

  private func observed(_ figure: Rule.Figure, _ profile: String, _ endpoint: String) -> Candidates.Observed?
  {
    candidates[
      Series(profile: profile, endpoint: endpoint, metric: figure.metric, statistic: figure.statistic)]
  }

  /// Nothing has all figures: a relation that could not be evaluated is no relation that holds.
  private func missing(_ rule: Rule, _ profile: String) -> RuleFinding {
    let absent = rule.figures.filter { figure in
      let profile = figure.profile ?? profile
      return !candidates.endpoints[profile, default: []].contains { observed(figure, profile, $0) != nil }
    }
    let words = absent.map { figure in
      let profile = figure.profile ?? profile
      return candidates.endpoints[profile] == nil
        ? "no result of profile \(profile) was given"
        : "no result of profile \(profile) has \(figure.metric).\(figure.statistic)"
    }
    let reason = words.isEmpty ? "no endpoint has both figures in one unit" : words.joined(separator: ", ")
    return RuleFinding(
      rule: rule, profile: profile, endpoint: Series.wholeRun, outcome: .missing, unit: .unitless,
      remedy:
        "The rule '\(rule.text)' could not be judged: \(reason). Give it, or write { rule: …, optional: true }."
    )
  }
}
