internal import SLOModel

/// What differs between two states of the budgets, in effect and not in text: a change of a default is a change for
/// every endpoint it reaches, and files that were only put in order differ in nothing.
package struct BudgetDiff: Sendable {
  /// The limits, what is looser first, then by where they are written.
  package var limits: [LimitChange]
  /// The bounds on changes, likewise.
  package var changes: [RelativeLimitChange]
  /// The rules.
  package var rules: [RuleChange]
  /// The waivers.
  package var waivers: [WaiverChange]
  /// The named sizings, by name.
  package var environments: [EnvironmentChange]

  /// Compares two states.
  /// - Parameter known: endpoints that results have, besides those the files name.
  package init(from before: Budgets, to after: Budgets, known: Set<BudgetSubject> = []) {
    let subjects = BudgetDiff.subjects(before, after, known)
    limits = BudgetDiff.limits(before, after, subjects)
    changes = BudgetDiff.changes(before, after, subjects)
    rules = pairs(before.rules, after.rules, by: [{ $0.relation + [$0.severity.rawValue] }, { $0.relation }])
      .filter { before, after in before.map { after?.isSame(as: $0) != true } ?? true }
      .map { RuleChange(before: $0, after: $1) }
    waivers = pairs(before.waivers, after.waivers, by: [{ $0.subject }])
      .filter { before, after in before.map { after?.isSame(as: $0) != true } ?? true }
      .map { WaiverChange(before: $0, after: $1) }
    environments = BudgetDiff.environments(before, after)
  }

  // MARK: Limits

  /// One change of the files and all it is effective for.
  private struct Edit<Item: Hashable>: Hashable {
    var before: Item?
    var after: Item?
  }

  /// What either state names, and what results have.
  private static func subjects(
    _ before: Budgets, _ after: Budgets, _ known: Set<BudgetSubject>
  ) -> [BudgetSubject] {
    let profiles = before.profiles.union(after.profiles).union(known.map(\.profile))
    return before.subjects(profiles: profiles).union(after.subjects(profiles: profiles)).union(known).sorted()
  }

  private static func limits(
    _ before: Budgets, _ after: Budgets, _ subjects: [BudgetSubject]
  ) -> [LimitChange] {
    var reach: [Edit<Limit>: [BudgetSubject]] = [:]
    for subject in subjects {
      let (old, new) = (before.effective(for: subject), after.effective(for: subject))
      for (old, new) in pairs(old, new, by: [{ $0.severityKey }, { $0.figureKey }]) {
        if let old, new?.isSame(as: old) == true { continue }
        reach[Edit(before: old, after: new), default: []].append(subject)
      }
    }
    return reach.compactMap { LimitChange(before: $0.key.before, after: $0.key.after, reach: $0.value) }
      .sorted { $0.effect == $1.effect ? $0.order < $1.order : $0.effect.rank < $1.effect.rank }
  }

  private static func changes(
    _ before: Budgets, _ after: Budgets, _ subjects: [BudgetSubject]
  ) -> [RelativeLimitChange] {
    var reach: [Edit<RelativeLimit>: [BudgetSubject]] = [:]
    for subject in subjects {
      let (old, new) = (before.effectiveChanges(for: subject), after.effectiveChanges(for: subject))
      for (old, new) in pairs(old, new, by: [{ $0.severityKey }, { $0.figureKey }]) {
        if let old, new?.isSame(as: old) == true { continue }
        reach[Edit(before: old, after: new), default: []].append(subject)
      }
    }
    return reach.compactMap {
      RelativeLimitChange(before: $0.key.before, after: $0.key.after, reach: $0.value)
    }
    .sorted { $0.effect == $1.effect ? $0.order < $1.order : $0.effect.rank < $1.effect.rank }
  }

  // MARK: Environments

  private static func environments(_ before: Budgets, _ after: Budgets) -> [EnvironmentChange] {
    let (described, willBe) = (before.describedEnvironments, after.describedEnvironments)
    return Set(described.keys).union(willBe.keys).sorted().compactMap { name in
      let (old, new) = (described[name] ?? [:], willBe[name] ?? [:])
      let fields = Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }
      guard !fields.isEmpty else { return nil }
      // A sizing goes on under another name: the name plays no part in what is compared.
      let isKept = old.isEmpty || new.isEmpty && willBe.values.contains(old)
      return EnvironmentChange(
        name: name, effect: isKept ? .changed : .loosened,
        fields: fields.map { EnvironmentChange.Field(name: $0, before: old[$0], after: new[$0]) },
        place: after.environmentPlaces[name])
    }
  }
}

/// Pairs what is on both sides, by the first key under which it does; what has no partner stands alone. What is
/// new comes in its order, then what is gone.
private func pairs<Item>(
  _ before: [Item], _ after: [Item], by keys: [(Item) -> [String]]
) -> [(before: Item?, after: Item?)] {
  var partners = [Int?](repeating: nil, count: after.count)
  var open = Array(before.indices)
  for key in keys {
    for index in after.indices where partners[index] == nil {
      guard let place = open.firstIndex(where: { key(before[$0]) == key(after[index]) }) else { continue }
      partners[index] = open.remove(at: place)
    }
  }
  return zip(partners, after).map { ($0.map { before[$0] }, $1) } + open.map { (before[$0], nil) }
}

extension Budgets {
  fileprivate func effective(for subject: BudgetSubject) -> [Limit] {
    limits(profile: subject.profile, endpoint: subject.endpoint, endpointTag: subject.endpointTag)
  }
}

extension Budgets {
  fileprivate func effectiveChanges(for subject: BudgetSubject) -> [RelativeLimit] {
    relativeLimits(profile: subject.profile, endpoint: subject.endpoint, endpointTag: subject.endpointTag)
  }
}

extension RelativeLimit {
  fileprivate var figureKey: [String] { [metric, statistic.rawValue, change.rawValue] }

  fileprivate var severityKey: [String] { figureKey + [severity.rawValue] }

  /// Whether it says the same as another, wherever either is written.
  fileprivate func isSame(as other: RelativeLimit) -> Bool {
    var moved = other
    (moved.place, moved.entry) = (place, entry)
    return self == moved
  }
}

extension RelativeLimitChange {
  /// By place, and where nothing distinguishes them by what they reach.
  fileprivate var order: (Place, String, String, Int) {
    (limit.place, limit.metric, limit.statistic.rawValue, before.map(\.place.line) ?? 0)
  }
}

extension Limit {
  fileprivate var figureKey: [String] { [metric, statistic.rawValue] }

  fileprivate var severityKey: [String] { figureKey + [severity.rawValue] }
}

extension ChangeEffect {
  /// What a reviewer has to see first.
  fileprivate var rank: Int {
    switch self {
    case .loosened: 0
    case .changed: 1
    case .tightened: 2
    }
  }
}

extension LimitChange {
  /// By place, and where nothing distinguishes them by what they reach.
  fileprivate var order: (Place, String, String, Int) {
    (limit.place, limit.metric, limit.statistic.rawValue, before.map(\.place.line) ?? 0)
  }
}

extension Rule {
  /// Whether it says the same as another, wherever and however either is written.
  fileprivate func isSame(as other: Rule) -> Bool {
    var moved = other
    (moved.place, moved.text) = (place, text)
    return self == moved
  }
}

extension Waiver {
  /// What it waives.
  fileprivate var subject: [String] { [endpoint, metric, statistic.rawValue, profile ?? ""] }

  /// Whether it says the same as another, wherever either is written.
  fileprivate func isSame(as other: Waiver) -> Bool {
    var moved = other
    moved.place = place
    return self == moved
  }
}
