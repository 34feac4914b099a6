internal import SLOModel

/// The section `rules`: `spike.p95 <= 3 * baseline.p95`, `{ rule: vus_max >= 500, severity: warn }`.
extension BudgetReader {
  mutating func rules(_ node: YAMLNode) -> [Rule] {
    guard case .sequence(let nodes) = node.content else {
      report(
        "'rules' must be a list, found \(node.kind)", at: node.place,
        hint: "begin each rule with a dash: - spike.p95 <= 3 * baseline.p95")
      return []
    }
    var seen = FirstPlaces<[String]>()
    return nodes.compactMap { node in
      guard let rule = rule(node) else { return nil }
      guard let first = seen.note(rule.relation + [rule.severity.rawValue], at: rule.place) else {
        return rule
      }
      report(
        "'\(rule.text)' compares the same figures as the rule on line \(first.line)", at: rule.place,
        hint: "keep one of them")
      return nil
    }
  }

  private mutating func rule(_ node: YAMLNode) -> Rule? {
    if case .scalar = node.content { return rule(node, at: node.place) }
    let fields = self.fields(of: node, in: "a rule", known: BudgetKeys.rule)
    guard case .mapping = node.content else { return nil }
    guard let text = fields["rule"] else {
      report("the rule has no 'rule'", at: node.place, hint: "write { rule: vus_max >= 500, severity: warn }")
      return nil
    }
    var rule = self.rule(text.value, at: node.place)
    if let severity = fields["severity"].flatMap({ self.severity($0.value) }) { rule?.severity = severity }
    if let flag = fields["optional"].flatMap({ self.flag($0.value, of: "optional") }) {
      rule?.isOptional = flag
    }
    if let owner = fields["owner"].flatMap({ self.text($0.value, of: "owner") }) { rule?.owner = owner }
    return rule
  }

  private mutating func severity(_ node: YAMLNode) -> Severity? {
    if case .scalar(let text, _) = node.content, let severity = Severity(rawValue: text) { return severity }
    report("'severity' must be block or warn, found \(node.kind)", at: node.place)
    return nil
  }

  private mutating func rule(_ node: YAMLNode, at place: Place) -> Rule? {
    guard let text = text(node, of: "rule") else { return nil }
    do throws(RuleText.Malformed) {
      let read = try RuleText(parsing: text, declared: vocabulary.declared)
      for figure in [read.left, read.other].compactMap({ $0 }) { check(figure, in: text, node) }
      return Rule(
        text: text, left: read.left.figure, comparison: read.comparison, right: read.right, owner: owner,
        place: place)
    } catch {
      report(error.message, at: self.place(of: error.part, in: text, node), hint: error.hint)
      return nil
    }
  }

  /// Names of profiles and metrics that no result has and that are almost a known one.
  private mutating func check(_ figure: RuleText.NamedFigure, in text: String, _ node: YAMLNode) {
    let place = self.place(of: figure.name, in: text, node)
    if let profile = figure.profile { checkSpelling(ofProfile: String(profile), at: place) }
    guard figure.key.traits == nil else { return }
    judgeSpelling(of: MetricName(parsing: figure.key.metric).base, at: place)
  }

  /// The place of a part of a rule. What is in quotes is only found to begin where they do.
  private func place(of part: Substring, in text: String, _ node: YAMLNode) -> Place {
    guard case .scalar(_, isPlain: true) = node.content else { return node.place }
    var place = node.place
    place.column += text.unicodeScalars[..<part.startIndex].count
    return place
  }
}
