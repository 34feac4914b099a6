package import SLOBudgets
package import SLOModel

/// Proof that a gate can block, and how often it blocks for nothing, on a team's own history.
package struct SelfTest: Sendable {
  /// The smallest slowdown of one endpoint that the gate catches.
  package struct CaughtSlowdown: Sendable {
    /// What caught it.
    package enum Rule: Sendable, Hashable {
      /// A limit of a budget.
      case budget(Limit)
      /// The test against the history.
      case regression
      /// The test of what moved all of a run together.
      case commonFactor
    }

    /// The profile.
    package var profile: String
    /// The endpoint, or `Series.wholeRun`.
    package var endpoint: String
    /// The smallest slowdown caught, as a share: 0.2 is +20 %. Nil where not even the largest tried is.
    package var slowdown: Double?
    /// What caught it.
    package var rule: Rule?
    /// Whether it is blocked as it is, without any slowdown, and so proves nothing.
    package var isBlockedAlready: Bool
    /// The blocking limit on its times that the least slowdown would break; nil where none reaches it.
    package var nearest: NearestLimit?
    /// Whether any of its times was held against the history.
    package var isCompared = false
  }

  /// A limit and how far a value is from it.
  package struct NearestLimit: Sendable, Hashable {
    /// The limit.
    package var limit: Limit
    /// How many times the value the limit is: 33 is a value at 3 % of its limit.
    package var times: Double
  }

  /// How one rule fared on commits as they were.
  package struct RuleHealth: Sendable {
    /// The profile.
    package var profile: String
    /// The limit.
    package var limit: Limit
    /// How many values were held against it.
    package var evaluated: Int
    /// How many broke it.
    package var fired: Int
    /// How near the nearest value that kept it came: 0.9 is nine tenths of the limit, or of an upper bound's
    /// mirror where more is better. Nil where none kept it.
    package var nearest: Double?

    /// Whether it never did anything, over enough values to say so.
    package var isNeverFired: Bool { evaluated >= SelfTest.enough && fired == 0 }
    /// Whether it breaks every time, over enough values to say so.
    package var isAlwaysFired: Bool { evaluated >= SelfTest.enough && fired == evaluated }
  }

  /// Fewer values than this say nothing of a rule.
  package static let enough = 5

  /// The service tested.
  package var service: String
  /// The sizing of its runs, without the conditions of single readings.
  package var environment: Environment
  /// The branch whose runs were replayed.
  package var reference: String
  /// The commits replayed, oldest first.
  package var commits: [Commit]
  /// Of these, the ones that had no history to be held against.
  package var uncompared: [Commit]
  /// The commit whose runs were slowed down.
  package var slowed: Commit?
  /// What was caught, by profile and endpoint.
  package var catches: [CaughtSlowdown]
  /// Every limit's record, in the order of the budget files.
  package var rules: [RuleHealth]
  /// The record of the tests against the history.
  package var falseAlarms: FalseAlarms

  /// Whether a slowdown of some endpoint is caught at all.
  package var canBlock: Bool { catches.contains { $0.slowdown != nil || $0.isBlockedAlready } }

  /// Endpoints that are never caught, or only when slowed down by more than wanted.
  package func blindSpots(beyond wanted: Double?) -> [CaughtSlowdown] {
    catches.filter { !$0.isBlockedAlready && $0.slowdown.map { $0 > wanted ?? .infinity } ?? true }
  }
}

/// Tests a gate on replayed checks: the newest with slowdowns, all of them as they were.
package func selfTest(_ replays: Replays) -> SelfTest {
  let verdicts = replays.checks.map { $0.verdict() }
  let newest = replays.checks.last
  return SelfTest(
    service: newest?.service ?? "", environment: newest?.environment ?? .unknown,
    reference: newest?.reference ?? "", commits: replays.checks.map(\.commit),
    uncompared: verdicts.filter { $0.compared == 0 }.map(\.commit), slowed: newest?.commit,
    catches: newest.map { Slowdowns(of: $0).catches } ?? [], rules: ruleHealth(verdicts),
    falseAlarms: FalseAlarms(verdicts.map(RegressionAlarms.init), replays.steps))
}

private func ruleHealth(_ verdicts: [Verdict]) -> [SelfTest.RuleHealth] {
  var places: [RuleKey: Int] = [:]
  var rules: [SelfTest.RuleHealth] = []
  for finding in verdicts.flatMap(\.findings) {
    guard let budget = finding.budget, let value = finding.value, budget.outcome != .missing else { continue }
    let key = RuleKey(profile: finding.series.profile, limit: budget.limit)
    let place = places[key] ?? rules.count
    if place == rules.count {
      places[key] = place
      rules.append(
        SelfTest.RuleHealth(
          profile: finding.series.profile, limit: budget.limit, evaluated: 0, fired: 0, nearest: nil))
    }
    rules[place].evaluated += 1
    if budget.limit.holds(value) {
      rules[place].nearest = max(rules[place].nearest ?? 0, nearness(of: value, to: budget.limit))
    } else {
      rules[place].fired += 1
    }
  }
  return rules.sorted { ($0.limit.place, $0.profile) < ($1.limit.place, $1.profile) }
}

private struct RuleKey: Hashable {
  var profile: String
  var limit: Limit
}

private func nearness(of value: Double, to limit: Limit) -> Double {
  guard value != 0, limit.bound != 0 else { return value == limit.bound ? 1 : 0 }
  return limit.comparison.isUpper ? value / limit.bound : limit.bound / value
}
