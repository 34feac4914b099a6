internal import SLOModel
internal import SLOReaders

/// What a change of the budgets asks of releases.
package enum ChangeEffect: String, Sendable, CaseIterable {
  /// Something passes that did not.
  case loosened
  /// Something does not pass that did.
  case tightened
  /// Neither can be said.
  case changed
}

/// A limit that differs between two states of the budgets, with everything it differs for.
package struct LimitChange: Sendable {
  /// The limit as it was; nil where there was none.
  package var before: Limit?
  /// The limit as it is; nil where there is none.
  package var after: Limit?
  /// The endpoints and profiles for which it is effective, sorted.
  package var reach: [BudgetSubject]
  /// The one that is there, the new one before the old.
  package var limit: Limit

  init?(before: Limit?, after: Limit?, reach: [BudgetSubject]) {
    guard let limit = after ?? before else { return nil }
    (self.before, self.after, self.reach, self.limit) = (before, after, reach, limit)
  }

  /// What it means for releases. Anything that is looser decides; a bound that turned round is only changed.
  package var effect: ChangeEffect {
    guard let before else { return .tightened }
    guard let after else { return .loosened }
    guard before.comparison.isUpper == after.comparison.isUpper,
      (before.unit ?? after.unit) == (after.unit ?? before.unit)
    else { return .changed }
    let steps = [
      after.slack(beside: before), before.severity == after.severity ? 0 : after.severity == .warn ? 1 : -1,
      before.isOptional == after.isOptional ? 0 : after.isOptional ? 1 : -1,
    ]
    return steps.contains(1) ? .loosened : steps.contains(-1) ? .tightened : .changed
  }

  /// How far the bound moved, as a share of the old one: 0.25 is a quarter more. Nil where it did not, or from 0.
  package var share: Double? {
    guard let before, let after, before.bound != 0, before.bound != after.bound else { return nil }
    return after.bound / before.bound - 1
  }
}

extension Limit {
  /// 1 where it lets more through than another of the same side, -1 where less, 0 where the same.
  fileprivate func slack(beside other: Limit) -> Int {
    if bound != other.bound { return (bound > other.bound) == comparison.isUpper ? 1 : -1 }
    if comparison == other.comparison { return 0 }
    return comparison == .atMost || comparison == .atLeast ? 1 : -1
  }

  /// Whether it says the same as another, wherever and however either is written.
  func isSame(as other: Limit) -> Bool {
    var moved = other
    (moved.place, moved.entry, moved.formula) = (place, entry, formula)
    return self == moved
  }
}

/// A bound on a change that differs between two states of the budgets, with everything it differs for.
package struct RelativeLimitChange: Sendable {
  /// The bound as it was; nil where there was none.
  package var before: RelativeLimit?
  /// The bound as it is; nil where there is none.
  package var after: RelativeLimit?
  /// The endpoints and profiles for which it is effective, sorted.
  package var reach: [BudgetSubject]
  /// The one that is there, the new one before the old.
  package var limit: RelativeLimit

  init?(before: RelativeLimit?, after: RelativeLimit?, reach: [BudgetSubject]) {
    guard let limit = after ?? before else { return nil }
    (self.before, self.after, self.reach, self.limit) = (before, after, reach, limit)
  }

  /// What it means for releases.
  package var effect: ChangeEffect {
    guard let before else { return .tightened }
    guard let after else { return .loosened }
    let steps = [
      after.bound == before.bound ? 0 : after.bound > before.bound ? 1 : -1,
      before.severity == after.severity ? 0 : after.severity == .warn ? 1 : -1,
      before.isOptional == after.isOptional ? 0 : after.isOptional ? 1 : -1,
    ]
    return steps.contains(1) ? .loosened : steps.contains(-1) ? .tightened : .changed
  }
}

/// A rule that differs between two states of the budgets.
package struct RuleChange: Sendable {
  /// The rule as it was; nil where there was none.
  package var before: Rule?
  /// The rule as it is; nil where there is none.
  package var after: Rule?

  /// What it means for releases.
  package var effect: ChangeEffect {
    guard let before else { return .tightened }
    guard let after else { return .loosened }
    let bound =
      before.bound == after.bound ? 0 : (after.bound > before.bound) == after.comparison.isUpper ? 1 : -1
    let strictness =
      before.comparison == after.comparison ? 0 : [.atMost, .atLeast].contains(after.comparison) ? 1 : -1
    let steps = [
      bound == 0 ? strictness : bound,
      before.severity == after.severity ? 0 : after.severity == .warn ? 1 : -1,
      before.isOptional == after.isOptional ? 0 : after.isOptional ? 1 : -1,
    ]
    return steps.contains(1) ? .loosened : steps.contains(-1) ? .tightened : .changed
  }
}

/// A waiver that differs between two states of the budgets.
package struct WaiverChange: Sendable {
  /// The waiver as it was; nil where there was none.
  package var before: Waiver?
  /// The waiver as it is; nil where there is none.
  package var after: Waiver?

  /// What it means for releases: more time lets more through, and so does a bound further out. Of a custom metric
  /// it is not known where that is, and a bound that moved is only changed.
  package var effect: ChangeEffect {
    guard let before else { return .loosened }
    guard let after else { return .tightened }
    let steps = [after.end == before.end ? 0 : after.end > before.end ? 1 : -1, slack(before, after)]
    return steps.contains(1) ? .loosened : steps.contains(-1) ? .tightened : .changed
  }

  private func slack(_ before: Waiver, _ after: Waiver) -> Int {
    guard before.bound != after.bound,
      let better = MetricCatalogue.traits(of: after.metric)?.better(of: after.statistic)
    else { return 0 }
    return (after.bound > before.bound) == (better == .lower) ? 1 : -1
  }
}

/// A named sizing that differs between two states of the budgets.
package struct EnvironmentChange: Sendable {
  /// One fact of it; nil where it was or is not given.
  package struct Field: Sendable, Hashable {
    /// Its key.
    package var name: String
    /// The value as it was.
    package var before: String?
    /// The value as it is.
    package var after: String?
  }

  /// The environment's name.
  package var name: String
  /// What it means for releases: a sizing that is new changes nothing of what is compared; one with another fact, or
  /// that is gone, is compared with nothing measured before.
  package var effect: ChangeEffect
  /// The facts that differ, by name.
  package var fields: [Field]
  /// Where it is written now; nil where it is not.
  package var place: Place?
}
