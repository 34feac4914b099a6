package import SLOBudgets
package import SLOModel

/// A setting that differs between two states of the budgets, both as they are in effect.
package struct SettingChange: Sendable {
  /// Its key as the language spells it: `regression.window`.
  package var name: String
  /// Its value as it was, as the language writes it.
  package var before: String
  /// Its value as it is.
  package var after: String
  /// What it means for releases.
  package var effect: ChangeEffect
  /// Where it was written; nil for a default.
  package var placeBefore: Place?
  /// Where it is written; nil for a default.
  package var placeAfter: Place?
}

/// A change of the budgets as a reviewer needs to see it: what is tightened and what is loosened, and what that would
/// have meant for stored checks.
package struct BudgetReview: Sendable {
  /// What the change would have meant for one limit or rule.
  package struct Impact: Sendable, Hashable {
    /// Stored checks that would have been blocked by it and were not.
    package var blocked = 0
    /// Stored checks that were blocked by it and would not have been.
    package var released = 0
  }

  /// What the change would have meant for stored checks.
  package struct Replay: Sendable {
    /// The checks, oldest first.
    package var checks: [Commit]
    /// Those that no limit or rule blocked and one now would.
    package var blocked: [Commit]
    /// Those that a limit or rule blocked and none now would.
    package var released: [Commit]
    /// By limit, in the order of `BudgetDiff.limits`.
    package var limits: [Impact]
    /// By rule, in the order of `BudgetDiff.rules`.
    package var rules: [Impact]
  }

  /// What differs in effect.
  package var diff: BudgetDiff
  /// Settings that differ.
  package var settings: [SettingChange]
  /// What it would have meant; nil without a history.
  package var replay: Replay?

  /// How many changes there are of an effect: of limits, rules, waivers, settings and sizings together.
  package func count(_ effect: ChangeEffect) -> Int {
    diff.limits.count { $0.effect == effect } + diff.changes.count { $0.effect == effect }
      + diff.rules.count { $0.effect == effect } + diff.waivers.count { $0.effect == effect }
      + settings.count { $0.effect == effect } + diff.environments.count { $0.effect == effect }
  }

  /// Whether nothing differs in effect.
  package var isEmpty: Bool { ChangeEffect.allCases.allSatisfy { count($0) == 0 } }

  /// Compares two states.
  /// - Parameters:
  ///   - known: endpoints that results have.
  ///   - replays: the same past checks put with the old and the new state; nil without a history.
  package init(
    from before: Budgets, to after: Budgets, known: Set<BudgetSubject> = [],
    replays: (before: Replays, after: Replays)? = nil
  ) {
    let measured = (replays?.after.checks ?? []).reduce(into: known) { $0.formUnion($1.plan.subjects) }
    diff = BudgetDiff(from: before, to: after, known: measured)
    settings = SettingChange.all(from: before, to: after)
    replay = replays.map { [diff] in Replay(of: diff, from: Backtest($0.before), to: Backtest($0.after)) }
  }
}

extension BudgetReview.Replay {
  fileprivate init(of diff: BudgetDiff, from before: Backtest, to after: Backtest) {
    checks = after.checks.map(\.commit)
    limits = diff.limits.map { _ in BudgetReview.Impact() }
    rules = diff.rules.map { _ in BudgetReview.Impact() }
    (blocked, released) = ([], [])
    for (old, new) in zip(before.checks, after.checks) {
      if new.isBlocked, !old.isBlocked { blocked.append(new.commit) }
      if old.isBlocked, !new.isBlocked { released.append(new.commit) }
      let (was, will) = (Set(old.broken.map(\.series)), Set(new.broken.map(\.series)))
      for (index, change) in diff.limits.enumerated() {
        if will.subtracting(was).contains(where: change.concerns) { limits[index].blocked += 1 }
        if was.subtracting(will).contains(where: change.concerns) { limits[index].released += 1 }
      }
      for (index, change) in diff.rules.enumerated() {
        let was = old.rules.contains { $0.rule == change.before }
        let will = new.rules.contains { $0.rule == change.after }
        if will, !was { rules[index].blocked += 1 }
        if was, !will { rules[index].released += 1 }
      }
    }
  }
}

extension LimitChange {
  /// Whether a series is one the limit is effective for.
  fileprivate func concerns(_ series: Series) -> Bool {
    series.metric == limit.metric && series.statistic == limit.statistic
      && reach.contains { $0.profile == series.profile && $0.endpoint == series.endpoint }
  }
}
