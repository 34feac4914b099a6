package import SLOBudgets
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// What a history says of the budgets it was held against: limits nothing comes near, limits that are always broken,
/// entries and figures that are not measured, waivers that are not needed.
package struct BudgetHealth {
  /// A limit this many times the worst value is said to be slack.
  static let slack = 3.0
  /// Room of a share or score that matters, whatever its ratio: 5 points.
  static let leastShare = 0.05

  /// The findings, in the order of the files.
  package let findings: [LintFinding]

  /// - Parameter replays: past checks, put with the budgets in question.
  package init(_ replays: Replays) {
    guard let budgets = replays.checks.last?.budgets, let now = replays.checks.last?.now else {
      findings = []
      return
    }
    let test = Backtest(replays)
    let unmeasured = BudgetHealth.unmeasured(budgets, replays.checks, test)
    let idle = budgets.unusedWaivers(at: now, used: test.usedWaivers).map { waiver in
      LintFinding(
        .waiverUnused,
        "the waiver of \(waiver.title) was needed by none of \(test.checks.count) stored checks",
        at: waiver.place, hint: "take it out, or leave it to end on \(waiver.until)")
    }
    let unresolved = BudgetHealth.unresolved(replays.checks)
    findings = (test.limits.compactMap(BudgetHealth.finding) + unmeasured + idle + unresolved)
      .sorted { $0.problem.place < $1.problem.place }
  }

  // MARK: Limits

  private static func finding(_ record: Backtest.LimitRecord) -> LintFinding? {
    let values = record.values.filter { $0.value.count >= SelfTest.enough }
    guard !values.isEmpty else { return nil }
    return alwaysBroken(record, values) ?? slack(record, values)
  }

  /// The typical value of a series breaks the limit: it says nothing that is not known.
  private static func alwaysBroken(
    _ record: Backtest.LimitRecord, _ values: [Series: [Double]]
  ) -> LintFinding? {
    let limit = record.limit
    let red = values.filter { values in
      SortedSample(values.value).map { !limit.holds($0.median) } ?? false
    }
    guard let first = red.min(by: { $0.key < $1.key }), let typical = SortedSample(first.value)?.median else {
      return nil
    }
    let broken = first.value.count { !limit.holds($0) }
    let endpoint = first.key.endpoint == Series.wholeRun ? "the whole run" : first.key.endpoint
    let noun = first.key.kind.subject
    let more =
      red.count > 1
      ? ", and \(counted(red.count - 1, "more " + noun.singular, plural: "more " + noun.plural))" : ""
    return LintFinding(
      .limitAlwaysBroken,
      "\(name(of: record)) is always broken: \(endpoint) is typically at"
        + " \(amount(typical, record)) (\(broken) of \(first.value.count) checks\(more))",
      at: limit.place, hint: "fix it, waive it for a while, or set a limit that means something")
  }

  /// Nothing ever came near.
  private static func slack(_ record: Backtest.LimitRecord, _ values: [Series: [Double]]) -> LintFinding? {
    let limit = record.limit
    let all = values.values.joined()
    guard let nearest = limit.comparison.isUpper ? all.max() : all.min(), limit.holds(nearest) else {
      return nil
    }
    let isShare = record.unit == .ratio || record.unit == .score
    let (bound, value) =
      isShare && !limit.comparison.isUpper ? (1 - limit.bound, 1 - nearest) : (limit.bound, nearest)
    let ratio = limit.comparison.isUpper || isShare ? bound / value : value / bound
    guard ratio > slack, ratio.isFinite, !isShare || bound - value > leastShare else { return nil }
    return LintFinding(
      .limitSlack,
      "\(name(of: record)) is never reached: the nearest of \(all.count) values is \(amount(nearest, record))",
      at: limit.place, hint: "'slogate budgets suggest' shows what the history would bear")
  }

  private static func name(of record: Backtest.LimitRecord) -> String {
    let limit = record.limit
    return "\(record.profile) \(limit.metric).\(limit.statistic) \(limit.comparison.rawValue)"
      + " \(amount(limit.bound, record))"
  }

  /// A value with its unit, with four digits or so.
  private static func amount(_ value: Double, _ record: Backtest.LimitRecord) -> String {
    var scale = 1.0
    while abs(value) * scale < 1_000, scale < 1e6 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    let text =
      rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(saturating: rounded))" : "\(rounded)"
    return switch record.unit {
    case .milliseconds, .bytes: "\(text) \(record.unit.rawValue)"
    case .perSecond: text + "/s"
    case .ratio, .score, .count, .unitless: text
    }
  }

  // MARK: What is not measured

  private static func unmeasured(
    _ budgets: Budgets, _ checks: [Evaluation], _ test: Backtest
  ) -> [LintFinding] {
    let measured = Set(checks.flatMap { $0.runs.map(\.profile) })
    return budgets.profiles.sorted().flatMap { profile in
      let targets = budgets.targets(profile: profile)
      let general = budgets.limits(profile: profile, endpoint: Series.wholeRun)
      guard measured.contains(profile) else {
        let first = (general.map(\.place) + targets.map(\.place)).min()
        return first.map { place in
          [
            LintFinding(
              .profileUnmeasured, "no stored check has the profile '\(profile)' its limits are for",
              at: place,
              hint: budgets.suggestion(forProfile: profile, among: measured).map { "did you mean '\($0)'?" })
          ]
        } ?? []
      }
      let held = Set(test.limits.filter { $0.profile == profile }.map(\.limit))
      return endpoints(targets, profile, checks)
        + figures(targets, general, profile, checks, held: held)
    }
  }

  private static func endpoints(_ targets: [Target], _ profile: String, _ checks: [Evaluation])
    -> [LintFinding]
  {
    targets.filter { !isMet($0, profile, checks) }.map { target in
      LintFinding(
        .endpointUnmeasured,
        "no stored check of \(profile) has \(EvidenceKind.of(profile: profile).subject.withArticle) that matches '\(target.pattern)'",
        at: target.place,
        hint: "measure it, correct its name, or take the entry out")
    }
  }

  private static func figures(
    _ targets: [Target], _ general: [Limit], _ profile: String, _ checks: [Evaluation], held: Set<Limit>
  ) -> [LintFinding] {
    let own = targets.filter { isMet($0, profile, checks) }.flatMap(\.limits)
    // Of pages nothing is measured as a whole; what a default is for shows at the pages.
    return (own + general).filter { !$0.isOptional && !held.contains($0) && !isHidden($0, by: held) }.map {
      LintFinding(
        .metricUnmeasured,
        "no stored check of \(profile) has \($0.metric).\($0.statistic)"
          + ($0.entry.map { " of '\($0)'" } ?? ""),
        at: $0.place, hint: "measure it, mark it `optional: true`, or take it out")
    }
  }

  private static func isMet(_ target: Target, _ profile: String, _ checks: [Evaluation]) -> Bool {
    checks.contains { evaluation in
      evaluation.budget.isMet(target, in: evaluation.candidates.endpoints[profile] ?? [], profile)
    }
  }

  /// Whether a glob's limit is only never effective because more specific ones are.
  private static func isHidden(_ limit: Limit, by held: Set<Limit>) -> Bool {
    held.contains { $0.metric == limit.metric && $0.statistic == limit.statistic && $0.entry != limit.entry }
      && limit.entry?.contains("*") == true
  }
}
