import SLOBudgets
package import SLOGate
import SLOHistory
package import SLOModel
import SLOReaders
import SLOSupport

/// Suggested limits as a budget file that slogate reads, each with what it rests on in a comment.
package func budgetFile(of suggestion: BudgetSuggestion) -> String {
  budgetText(of: suggestion, head: head(of: suggestion)).text
}

/// The first budget file of a repository: the limits that a first measurement holds, and of the usual profiles that it
/// lacks those that hold without a budget file.
/// - Parameters:
///   - head: comments at its head, a line each.
///   - environment: the sizing that is measured, with its name.
package func firstBudgetFile(
  of suggestion: BudgetSuggestion, head: [String], owner: String, environment: Environment
) -> String {
  var file = budgetText(of: suggestion, head: head)
  file.owner = owner
  let measured = Set(file.defaults.map(\.name) + file.endpoints.flatMap(\.groups).map(\.name))
  file.defaults += Budgets.builtIn.profiles.sorted().filter { !measured.contains($0) }.map(builtIn)
  file.environments = [
    BudgetText.Environment(environment)
  ]
  return file.text
}

/// The limits that hold without a budget file, where a profile was not measured yet.
private func builtIn(_ profile: String) -> BudgetText.Group {
  let limits = Budgets.builtIn.limits(profile: profile, endpoint: Series.wholeRun)
  return BudgetText.Group(
    profile,
    limits.map { limit in
      BudgetText.Line(
        budgetKey(of: limit.metric, limit.statistic, in: .load), block: BoundText.text(of: limit, in: .load),
        comment: "not measured yet")
    })
}

private func budgetText(of suggestion: BudgetSuggestion, head: [String]) -> BudgetText {
  let (sectioned, loads) = suggestion.limits.parted { $0.series.kind.profiles.prefix != nil }
  let (general, endpoints) = loads.parted { $0.series.endpoint == Series.wholeRun }
  let (runs, subjects) = sectioned.parted { $0.series.endpoint == Series.wholeRun }
  var file = BudgetText(head: head, service: suggestion.service)
  file.defaults = profiles(general)
  file.run = profiles(runs)
  file.endpoints = grouped(endpoints, by: \.series.endpoint).map { endpoint, limits in
    BudgetText.Entry(endpoint, groups: profiles(limits, under: general))
  }
  file.sections = Dictionary(grouping: subjects, by: \.series.kind.section).mapValues { limits in
    grouped(limits, by: \.series.endpoint).map(entry)
  }
  return file
}

private func head(of suggestion: BudgetSuggestion) -> [String] {
  let commits = suggestion.limits.map(\.commits).max() ?? 0
  let newest = suggestion.newest.map { ", the newest \($0.sha.prefix(10))" } ?? ""
  let branch = suggestion.newest?.branch.map { " on \($0)" } ?? ""
  let sizings = suggestion.environments.sorted { $0.key < $1.key }.map { profile, environment in
    let facts = environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "\(profile) at \(facts.isEmpty ? "an unknown sizing" : facts.joined(separator: " "))"
  }
  return [
    "Suggested by slogate from \(counted(commits, "commit"))\(branch)\(newest).",
    "Measured: \(sizings.joined(separator: "; ")).",
    "Each limit is the median of the present level, \(significant(BudgetSuggestion.deviations)) robust standard"
      + " deviations and \(percent(suggestion.headroom)) headroom, rounded. Behind it: the present level, and how many"
      + " of all recorded commits it would have blocked.",
  ].flatMap { wrapped(VisibleText.escaped($0), to: 98) }
}

// MARK: Levels of the file

/// - Parameter defaults: the limits that reach endpoints too. One on a figure that an endpoint was never measured
///   by would make every check inconclusive, and is made optional for it.
private func profiles(
  _ limits: [BudgetSuggestion.Limit], under defaults: [BudgetSuggestion.Limit] = []
) -> [BudgetText.Group] {
  grouped(limits, by: \.series.profile).map { profile, limits in
    let absent = defaults.filter { general in
      general.series.profile == profile && limits.contains { $0.series.metric == general.series.metric }
        && !limits.contains {
          $0.series.metric == general.series.metric && $0.series.statistic == general.series.statistic
        }
    }
    return BudgetText.Group(
      profile,
      limits.map { line($0, comment: comment(on: $0)) }
        + absent.map { line($0, isOptional: true, comment: "not measured of it, or of too few samples") })
  }
}

/// A subject in the section of its kind. Only a closed kind tells its profiles apart there; elsewhere a limit is for each
/// of them, and is the loosest that any needs.
private func entry(of subject: String, _ limits: [BudgetSuggestion.Limit]) -> BudgetText.Entry {
  guard limits.first?.series.kind.profiles.isClosed == false else {
    let groups = grouped(limits, by: \.series.profile).map { profile, limits in
      BudgetText.Group(
        EvidenceKind.of(profile: profile).profiles.shortName(of: profile),
        limits.map { line($0, comment: comment(on: $0)) })
    }
    return BudgetText.Entry(subject, groups: groups)
  }
  let lines = grouped(limits, by: { "\($0.series.metric).\($0.series.statistic)" }).compactMap { _, limits in
    limits.max { $0.better == .higher ? $0.bound > $1.bound : $0.bound < $1.bound }
      .map { line($0, comment: comment(on: $0)) }
  }
  return BudgetText.Entry(subject, lines: lines, groups: [])
}

private func grouped(
  _ limits: [BudgetSuggestion.Limit], by key: (BudgetSuggestion.Limit) -> String
) -> [(String, [BudgetSuggestion.Limit])] {
  Dictionary(grouping: limits, by: key).sorted { $0.key < $1.key }
}

extension [BudgetSuggestion.Limit] {
  fileprivate func parted(by isFirst: (Element) -> Bool) -> (Self, Self) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}

// MARK: One limit

/// The natural bound of its metric, or the operator that says it is one from below.
private func line(
  _ limit: BudgetSuggestion.Limit, isOptional: Bool = false, comment: String
) -> BudgetText.Line {
  let (metric, statistic, kind) = (limit.series.metric, limit.series.statistic, limit.series.kind)
  let comparison = limit.better == .higher ? .atLeast : Comparison.upper(of: kind)
  // Without the noise of binary fractions.
  let bound =
    limit.unit == .ratio
    ? (Double(significant(limit.bound * 100, extra: 3)).map { $0 / 100 } ?? limit.bound)
    : (Double(significant(limit.bound, extra: 3)) ?? limit.bound)
  return BudgetText.Line(
    budgetKey(of: metric, statistic, in: kind),
    block: BoundText.text(comparison, bound, limit.unit, of: metric, statistic, in: kind),
    isOptional: isOptional, comment: comment)
}

private func comment(on limit: BudgetSuggestion.Limit) -> String {
  guard limit.commits > 1 else { return "measured \(quantity(limit.typical, limit.unit))" }
  let level = quantity(limit.typical, limit.unit, noise: limit.noise)
  let since = limit.level < limit.commits ? " since \(counted(limit.level, "commit"))" : ""
  let few = limit.level < 5 ? ", too few to rely on" : ""
  let share = Double(limit.alarms) / Double(max(1, limit.commits))
  return "now \(level)\(since)\(few); blocks \(limit.alarms) of \(limit.commits) (\(percent(share)))"
}
