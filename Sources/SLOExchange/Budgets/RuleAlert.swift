import SLOBudgets
import SLOModel
import SLOReaders

/// Rules of the budgets as alerts: a figure with a number, or with a multiple of another of the same endpoint.
enum RuleAlert {
  /// The name of their group.
  static let group = "rules of the budgets"

  /// The alert for a rule of a service.
  static func alert(service: String?) -> (Rule) -> AlertRule {
    { rule in alert(rule, service) }
  }

  private static func alert(_ rule: Rule, _ service: String?) -> AlertRule {
    var left = PromQL(rule.left, profile: rule.left.profile, service: service)
    let example = example(rule.left, profile: nil)
    let sides: (keeps: Double, breaks: Double)
    let bound: String
    var other: AlertRule.Feed?
    switch rule.right {
    case .number(let number, let unit):
      left.unit = left.unit ?? unit
      bound = plain(left.published(number))
      sides = SLOExchange.sides(rule.comparison, left.published(number))
    case .multiple(let factor, of: let figure):
      var right = PromQL(figure, profile: figure.profile ?? rule.left.profile, service: service)
      if left.unit?.base != right.unit?.base { (left.unit, right.unit) = (nil, nil) }
      let apart =
        ["metric", "statistic"]
        + (figure.profile ?? rule.left.profile == rule.left.profile ? [] : ["profile"])
      // The labels are those of the left side.
      bound = "ignoring (\(apart.joined(separator: ", "))) group_left \(plain(factor)) * \(right.text)"
      sides = SLOExchange.sides(rule.comparison, factor)
      let one = self.example(figure, profile: example.profile)
      other = AlertRule.Feed(
        series: one.published(right.unit?.base ?? .none, service: service), values: [1, 1])
    }
    let feed = AlertRule.Feed(
      series: example.published(left.unit?.base ?? .none, service: service),
      values: [sides.keeps, sides.breaks])
    return AlertRule(
      name: rule.severity == .block ? "SlogateRuleBroken" : "SlogateRuleWarning",
      expression: "\(left.text) \(rule.comparison.opposite) \(bound)",
      severity: rule.severity == .block ? "critical" : "warning",
      labels: (rule.owner.map { [("owner", label($0))] } ?? []) + [("rule", label(rule.text))],
      annotations: { words in
        [
          ("summary", "\(words.profile), \(words.endpoint): " + words.literal("not " + label(rule.text))),
          ("description", "Measured \(words.value)" + (left.unitName.isEmpty ? "." : " \(left.unitName).")),
        ] + origin(rule.owner, rule.place, words)
      },
      feeds: [feed] + (other.map { [$0] } ?? []), firing: example.labels(service: service),
      value: sides.breaks)
  }

  private static func example(_ figure: Rule.Figure, profile: String?) -> Series {
    let usual = figure.kind.profiles.usual.first ?? Series.wholeRun
    return Series(
      profile: figure.profile ?? profile ?? usual, endpoint: "search", metric: figure.metric,
      statistic: figure.statistic)
  }
}
