internal import SLOModel

/// What happens when a threshold of the load script was crossed on a figure that has no limit; the raw values are the
/// words of `k6_thresholds`.
package enum ScriptThresholds: String, Sendable, Hashable, CaseIterable {
  /// The release is blocked.
  case block
  /// The report warns.
  case warn
  /// Nothing.
  case ignore
}

/// The section `load`: how much of the load that was due may be left out.
package struct LoadSettings: Sendable, Hashable {
  /// The share of due iterations that were dropped above which a report warns; 0.01 is 1 %.
  package var droppedWarning = 0.01
  /// The share above which a verdict is inconclusive; at least `droppedWarning`.
  package var droppedInconclusive = 0.1

  /// The settings of a file that says nothing.
  package init() {}
}

/// Settings of one file, or of several put together, each with the place it was written at.
struct BudgetSettings: Sendable {
  /// The settings of one profile.
  struct Profile: Sendable {
    var isOptional: Placed<Bool>?
    var minimumSamples: Placed<Int>?
    /// What has to be given with its results: profiles, kinds of evidence or their built-in policies, by name.
    var requires: Placed<[String]>?
  }

  /// The fewest samples a percentile or rate is judged by where a file says nothing.
  static let usualMinimumSamples = 20

  var owner: Placed<String>?
  var profiles: [String: Profile] = [:]
  var minimumSamples: Placed<Int>?
  var scriptThresholds: Placed<ScriptThresholds>?
  var load: Placed<LoadSettings>?
  var metrics: [String: Placed<DeclaredMetric>] = [:]
  var hosts: [String: Placed<String>] = [:]
  var queries: [String: Placed<[String]>] = [:]

  /// Adds what another file says.
  /// - Returns: what both say, and not alike; of these the first is kept.
  mutating func add(_ other: BudgetSettings) -> [BudgetProblem] {
    var problems: [BudgetProblem?] = []
    owner = owner ?? other.owner
    problems.append(BudgetSettings.add(other.minimumSamples, to: &minimumSamples, "'min_samples'"))
    problems.append(BudgetSettings.add(other.scriptThresholds, to: &scriptThresholds, "'k6_thresholds'"))
    problems.append(BudgetSettings.add(other.load, to: &load, "'load'"))
    for (name, profile) in other.profiles {
      problems.append(
        BudgetSettings.add(
          profile.isOptional, to: &profiles[name, default: Profile()].isOptional, "'optional' of '\(name)'"))
      problems.append(
        BudgetSettings.add(
          profile.minimumSamples, to: &profiles[name, default: Profile()].minimumSamples,
          "'min_samples' of '\(name)'"))
      problems.append(
        BudgetSettings.add(
          profile.requires, to: &profiles[name, default: Profile()].requires, "'requires' of '\(name)'"))
    }
    problems += BudgetSettings.add(other.metrics, to: &metrics) { "the metric '\($0)'" }
    problems += BudgetSettings.add(other.hosts, to: &hosts) { "the host '\($0)'" }
    problems += BudgetSettings.add(other.queries, to: &queries) { "'query' of the page '\($0)'" }
    return problems.compactMap { $0 }
  }

  private static func add<Value: Equatable>(
    _ other: Placed<Value>?, to setting: inout Placed<Value>?, _ what: @autoclosure () -> String
  ) -> BudgetProblem? {
    guard let other else { return nil }
    guard let first = setting else {
      setting = other
      return nil
    }
    if first.value == other.value { return nil }
    return BudgetProblem(
      "\(what()) is already set at \(first.place), and says something else", at: other.place,
      hint: "keep one of them")
  }

  private static func add<Value: Equatable>(
    _ others: [String: Placed<Value>], to settings: inout [String: Placed<Value>], _ what: (String) -> String
  ) -> [BudgetProblem?] {
    others.map { name, other in add(other, to: &settings[name], what(name)) }
  }
}
