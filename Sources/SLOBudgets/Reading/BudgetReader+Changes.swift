internal import SLOModel

/// Limits on changes: `max_increase: 5%`, `max_increase: { block: 10%, warn: 5% }`.
extension BudgetReader {
  mutating func changes(
    _ pair: YAMLNode.Pair, _ change: RelativeLimit.Change, key: MetricKey, owner: Owner
  ) -> [RelativeLimit] {
    checkDirection(of: pair.key, change, key)
    guard case .mapping = pair.value.content else {
      return self.change(pair.value, at: pair.key.place, change, .block, key, owner).map { [$0] } ?? []
    }
    let fields = self.fields(of: pair.value, in: "'\(change.rawValue)'", known: BudgetKeys.levels)
    let limits = [Severity.block, .warn].compactMap { severity in
      fields[severity.rawValue].flatMap {
        self.change($0.value, at: $0.key.place, change, severity, key, owner)
      }
    }
    if fields.pairs.isEmpty {
      report(
        "'\(change.rawValue)' has neither 'block' nor 'warn'", at: pair.value.place,
        hint: "write { block: 10%, warn: 5% }")
    }
    if limits.count == 2, limits[1].bound > limits[0].bound {
      report(
        "'warn' of '\(change.rawValue)' is looser than 'block': it would never warn", at: limits[1].place,
        hint: "is one the other's?")
    }
    return limits
  }

  private mutating func change(
    _ node: YAMLNode, at place: Place, _ change: RelativeLimit.Change, _ severity: Severity, _ key: MetricKey,
    _ owner: Owner
  ) -> RelativeLimit? {
    guard
      let share = quantity(
        node, of: change.rawValue, as: [.percent, .plain], example: "a share of the earlier value such as 5%")
    else { return nil }
    if case .scalar(let text, _) = node.content, share >= 1, !text.hasSuffix("%") {
      report(
        "'\(change.rawValue)' is a share of the earlier value, found \(text)", at: node.place,
        hint: "write \(text)%")
      return nil
    }
    if change == .decrease, share >= 1 {
      report("nothing decreases by more than 100 %", at: node.place, hint: "write a share such as 5%")
      return nil
    }
    return RelativeLimit(
      metric: name(of: key, owner: owner), statistic: key.statistic, change: change, bound: share,
      severity: severity, place: place, owner: owner.owner ?? self.owner, entry: owner.entry)
  }

  /// A bound on an improvement is a mistake: no one wants to be blocked by one.
  private mutating func checkDirection(
    of word: Placed<String>, _ change: RelativeLimit.Change, _ key: MetricKey
  ) {
    let improving: Direction = change == .increase ? .higher : .lower
    guard key.better == improving else { return }
    let other: RelativeLimit.Change = change == .increase ? .decrease : .increase
    report(
      "'\(word.value)' of '\(key.text)' would limit an improvement: "
        + (improving == .higher ? "more is better" : "less is better"), at: word.place,
      hint: "write \(other.rawValue)")
  }
}
