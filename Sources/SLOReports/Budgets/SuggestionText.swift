import SLOBudgets
public import SLOGate
import SLOHistory
import SLOModel

/// Suggested limits as a budget file that slogate reads, each with what it rests on in a comment.
public func budgetFile(of suggestion: BudgetSuggestion) -> String {
  let (pages, loads) = suggestion.limits.parted { $0.series.profile.hasPrefix("lighthouse-") }
  let (general, endpoints) = loads.parted { $0.series.endpoint == Series.wholeRun }
  var lines = head(of: suggestion) + ["version: 1", "service: \(yaml(suggestion.service))"]
  if !general.isEmpty { lines += ["", "defaults:"] + profiles(general, indent: "  ") }
  if !endpoints.isEmpty {
    lines += ["", "endpoints:"] + entries(endpoints) { profiles($0, under: general, indent: "    ") }
  }
  if !pages.isEmpty { lines += ["", "pages:"] + entries(pages) { formFactors($0) } }
  return lines.joined(separator: "\n") + "\n"
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
  ].flatMap { wrapped(VisibleText.escaped($0), to: 98) }.map { "# " + $0 }
}

// MARK: Levels of the file

private func entries(
  _ limits: [BudgetSuggestion.Limit], _ body: ([BudgetSuggestion.Limit]) -> [String]
) -> [String] {
  grouped(limits, by: \.series.endpoint).flatMap { endpoint, limits in
    let key = yaml(endpoint)
    // YAML asks for the question mark before keys of more than 1,024 characters.
    return (key.utf8.count > 1_000 ? ["  ? \(key)", "  :"] : ["  \(key):"]) + body(limits)
  }
}

/// - Parameter defaults: the limits that reach endpoints too. One on a figure that an endpoint was never measured
///   by would make every check inconclusive, and is made optional for it.
private func profiles(
  _ limits: [BudgetSuggestion.Limit], under defaults: [BudgetSuggestion.Limit] = [], indent: String
) -> [String] {
  grouped(limits, by: \.series.profile).flatMap { profile, limits in
    let absent = defaults.filter { general in
      general.series.profile == profile && limits.contains { $0.series.metric == general.series.metric }
        && !limits.contains {
          $0.series.metric == general.series.metric && $0.series.statistic == general.series.statistic
        }
    }
    return ["\(indent)\(yaml(profile)):"] + rows(limits, indent: indent + "  ")
      + absent.map {
        "\(indent)  \(key(of: $0)): { block: \(bound(of: $0)), optional: true }  # not measured of it"
      }
  }
}

/// What a page's entry calls the profiles of Lighthouse.
private func formFactors(_ limits: [BudgetSuggestion.Limit]) -> [String] {
  grouped(limits, by: \.series.profile).flatMap { profile, limits in
    ["    \(yaml(String(profile.dropFirst("lighthouse-".count)))):"] + rows(limits, indent: "      ")
  }
}

private func rows(_ limits: [BudgetSuggestion.Limit], indent: String) -> [String] {
  aligned(limits.map { [indent + key(of: $0) + ": " + bound(of: $0), "# " + comment(on: $0)] })
}

private func grouped(
  _ limits: [BudgetSuggestion.Limit], by key: (BudgetSuggestion.Limit) -> String
) -> [(String, [BudgetSuggestion.Limit])] {
  Dictionary(grouping: limits, by: key).sorted { $0.key < $1.key }
}

extension [BudgetSuggestion.Limit] {
  fileprivate func parted(_ isFirst: (Element) -> Bool) -> (Self, Self) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}

// MARK: One limit

private func key(of limit: BudgetSuggestion.Limit) -> String {
  MetricLabel.text(limit.series.metric, limit.series.statistic)
}

/// The bound in the language of budgets, where what is better upwards says so.
private func bound(of limit: BudgetSuggestion.Limit) -> String {
  let number =
    switch limit.unit {
    case .milliseconds: digits(limit.bound) + "ms"
    case .bytes: digits(limit.bound) + "B"
    case .ratio: digits(limit.bound * 100) + "%"
    case .perSecond: digits(limit.bound) + "/s"
    case .count, .score, .unitless: digits(limit.bound)
    }
  return limit.better == .lower ? number : "\">= \(number)\""
}

/// A number as short as it is, without the noise of binary fractions.
private func digits(_ number: Double) -> String { significant(number, extra: 3) }

private func comment(on limit: BudgetSuggestion.Limit) -> String {
  let level = quantity(limit.typical, limit.unit, noise: limit.noise)
  let since = limit.level < limit.commits ? " since \(counted(limit.level, "commit"))" : ""
  let few = limit.level < 5 ? ", too few to rely on" : ""
  let share = Double(limit.alarms) / Double(max(1, limit.commits))
  return "now \(level)\(since)\(few); blocks \(limit.alarms) of \(limit.commits) (\(percent(share)))"
}

/// A text as a double-quoted scalar of YAML, or as it is where nothing in it means anything.
private func yaml(_ text: String) -> String {
  let isPlain =
    text.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || "-_.".utf8.contains($0)
    } && text.utf8.first.map { (97...122).contains($0) || (65...90).contains($0) } == true
  if isPlain, !["null", "true", "false", "yes", "no", "on", "off"].contains(text.lowercased()) {
    return text
  }
  let escaped = text.unicodeScalars.reduce(into: "") { $0 += yamlEscaped($1) }
  // Two of these together begin a command to a build server.
  return "\"" + escaped.replacing("##", with: "#\\x23") + "\""
}

private func yamlEscaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\"": return "\\\""
  case "\\": return "\\\\"
  default:
    let character = String(scalar)
    guard scalar != "#", VisibleText.escaped(character) != character else { return character }
    let hex = String(scalar.value, radix: 16)
    return "\\U" + String(repeating: "0", count: 8 - hex.count) + hex
  }
}
