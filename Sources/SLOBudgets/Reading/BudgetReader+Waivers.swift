internal import SLOModel
internal import SLOReaders

/// The section `waivers`.
extension BudgetReader {
  mutating func waivers(_ node: YAMLNode) -> [Waiver] {
    guard case .sequence(let nodes) = node.content else {
      report(
        "'waivers' must be a list, found \(node.kind)", at: node.place, hint: "begin each waiver with a dash")
      return []
    }
    return nodes.compactMap { waiver($0) }
  }

  private mutating func waiver(_ node: YAMLNode) -> Waiver? {
    let fields = self.fields(of: node, in: "a waiver", known: BudgetKeys.waiver + [BudgetKeys.waiverProfile])
    guard case .mapping = node.content else { return nil }
    let absent = BudgetKeys.waiver.filter { fields[$0] == nil }
    if !absent.isEmpty {
      report(
        "the waiver has no \(absent.map { "'\($0)'" }.joined(separator: ", "))", at: node.place,
        hint: "a waiver says what it waives, until when, who answers for it and why")
    }
    var words: [String: String] = [:]
    for pair in fields.pairs { words[pair.key.value] = text(pair.value, of: pair.key.value) }
    if let profile = words["profile"], let place = fields["profile"]?.value.place {
      checkSpelling(ofProfile: profile, at: place)
    }
    let end = fields["until"].flatMap { self.end($0.value) }
    let key = fields["metric"].flatMap { metric(ofWaiver: $0.value, profile: words["profile"]) }
    let bound = key.flatMap { key in fields["max"].flatMap { self.bound($0.value, of: key) } }
    guard let endpoint = words["endpoint"], let key, let bound, let end, let owner = words["owner"],
      let reason = words["reason"]
    else { return nil }
    return Waiver(
      endpoint: endpoint, metric: key.metric, statistic: key.statistic, profile: words["profile"],
      bound: bound.value, unit: bound.unit, end: end, owner: owner, reason: reason, place: node.place)
  }

  private mutating func metric(ofWaiver node: YAMLNode, profile: String?) -> MetricKey? {
    guard case .scalar(let text, _) = node.content, !node.isNull else { return nil }
    let known = (try? NamedFigure(parsing: text)).flatMap { MetricCatalogue.kind(of: $0.metric) }
    let kind = [known, profile.map(EvidenceKind.of)].compactMap(\.self).first { $0 != .load }
    return metric(Placed(value: text, place: node.place), of: kind ?? .load)
  }

  private mutating func bound(_ node: YAMLNode, of key: MetricKey) -> (value: Double, unit: MetricUnit?)? {
    guard case .scalar(let text, _) = node.content, !node.isNull else { return nil }
    do throws(Bound.Malformed) {
      return try Bound.alone(text, of: key)
    } catch {
      report(error.message, at: node.place, hint: error.hint)
      return nil
    }
  }

  /// The midnight that ends a day.
  private mutating func end(_ node: YAMLNode) -> Timestamp? {
    guard case .scalar(let text, _) = node.content, !node.isNull else { return nil }
    if let start = Timestamp(date: text) { return start.adding(days: 1) }
    report("'until' must be a day, found '\(text)'", at: node.place, hint: "write it as 2026-12-31")
    return nil
  }
}
