internal import SLOModel
internal import SLOReaders

/// Limits: `p95: 400ms`, `p95: { block: 800ms, warn: 600ms, max_increase: 5%, optional: true }`.
extension BudgetReader {
  /// What a mapping from metrics to bounds says.
  struct Limits {
    var absolute: [Limit] = []
    var relative: [RelativeLimit] = []

    /// Whether results without any of its series are good enough.
    var isOptional: Bool {
      !(absolute.isEmpty && relative.isEmpty) && absolute.allSatisfy(\.isOptional)
        && relative.allSatisfy(\.isOptional)
    }

    static func += (left: inout Limits, right: Limits) {
      left.absolute += right.absolute
      left.relative += right.relative
    }
  }

  /// Whose limits are read.
  struct Owner {
    /// The profile; `*` for every profile of the kind.
    var profile: String
    var kind: EvidenceKind
    /// The entry's key, `run` in that section; nil in `defaults`.
    var entry: String?
    /// Who answers for them.
    var owner: String?
    /// Tags of the sub-metrics they are set on.
    var tags: [String: String] = [:]
  }

  /// The limits of a mapping from metrics to bounds.
  mutating func limits(_ node: YAMLNode, of owner: Owner) -> Limits {
    limits(pairs(of: node, in: "the limits of '\(owner.profile)'"), of: owner)
  }

  /// The limits of such pairs. Two spellings of one series (`p95`, `http_req_duration.p95`) are reported.
  mutating func limits(_ pairs: [YAMLNode.Pair], of owner: Owner) -> Limits {
    var limits = Limits()
    var seen = FirstPlaces<Limit.Key>()
    for pair in pairs {
      guard let key = metric(pair.key, of: owner.kind) else { continue }
      let read = self.limits(of: pair, key: key, owner: owner)
      checkBelonging(
        name(of: key, owner: owner), statistic: key.statistic, at: pair.key.place, of: owner.kind)
      let name = Limit.Key(metric: key.metric, statistic: key.statistic)
      if let first = seen.note(name, at: pair.key.place) {
        report(
          "'\(pair.key.value)' is the same limit as on line \(first.line)", at: pair.key.place,
          hint: "keep one of them")
      } else {
        limits += read
      }
    }
    return limits
  }

  /// The metric a key names.
  mutating func metric(_ key: Placed<String>, of kind: EvidenceKind) -> MetricKey? {
    if let known = keys[kind]?[key.value] { return known }
    do throws(MetricKey.Malformed) {
      let metric = try MetricKey(parsing: key.value, of: kind, declared: vocabulary.declared)
      keys[kind, default: [:]][key.value] = metric
      return metric
    } catch {
      report(error.message, at: key.place, hint: error.hint)
      return nil
    }
  }

  private mutating func limits(of pair: YAMLNode.Pair, key: MetricKey, owner: Owner) -> Limits {
    if case .mapping = pair.value.content { return severities(of: pair, key: key, owner: owner) }
    judge(key, isOptional: false, at: pair.key.place)
    return Limits(absolute: limit(pair.value, at: pair.key.place, key: key, owner: owner).map { [$0] } ?? [])
  }

  private mutating func severities(of pair: YAMLNode.Pair, key: MetricKey, owner: Owner) -> Limits {
    let fields = self.fields(
      of: pair.value, in: "the limit '\(key.text)'", known: BudgetKeys.limit)
    let isOptional = fields["optional"].flatMap { flag($0.value, of: "optional") } ?? false
    judge(key, isOptional: isOptional, at: pair.key.place)
    let limits = [Severity.block, .warn].compactMap { severity -> Limit? in
      guard let field = fields[severity.rawValue] else { return nil }
      var limit = self.limit(field.value, at: field.key.place, key: key, owner: owner)
      limit?.severity = severity
      limit?.isOptional = isOptional
      return limit
    }
    let relative = RelativeLimit.Change.allCases.flatMap { change -> [RelativeLimit] in
      guard let field = fields[change.rawValue] else { return [] }
      return changes(field, change, key: key, owner: owner).map {
        var limit = $0
        limit.isOptional = isOptional
        return limit
      }
    }
    if !BudgetKeys.bounds.contains(where: { fields[$0] != nil }) {
      report(
        "the limit '\(key.text)' has neither 'block' nor 'warn'", at: pair.value.place,
        hint: "write \(key.text): { block: 400ms }, with its own unit, or { max_increase: 5% }")
    }
    check(limits, of: key)
    return Limits(absolute: limits, relative: relative)
  }

  private mutating func limit(_ node: YAMLNode, at place: Place, key: MetricKey, owner: Owner) -> Limit? {
    guard let text = text(node, of: key.text) else { return nil }
    do throws(Bound.Malformed) {
      let bound = try Bound(parsing: text, of: key, in: owner.kind)
      judgeUnit(bound.unit, text, of: key, at: node.place)
      return Limit(
        metric: name(of: key, owner: owner), statistic: key.statistic, comparison: bound.comparison,
        bound: bound.value,
        unit: bound.unit, place: place, owner: owner.owner ?? self.owner, entry: owner.entry,
        formula: bound.formula)
    } catch {
      report(error.message, at: node.place, hint: error.hint)
      return nil
    }
  }

  /// The metric's name with the entry's tags.
  func name(of key: MetricKey, owner: Owner) -> String {
    if owner.tags.isEmpty { return key.metric }
    var name = MetricName(parsing: key.metric)
    name.tags.merge(owner.tags) { _, tag in tag }
    return name.description
  }

  /// A sub-metric with one tag that names an endpoint is measured as that endpoint's and under no other name,
  /// unless the results say that a stronger tag took the endpoint.
  private mutating func checkBelonging(
    _ metric: String, statistic: Statistic, at place: Place, of kind: EvidenceKind
  ) {
    let name = MetricName(parsing: metric)
    guard kind == .load, name.tags.count == 1, let (tag, endpoint) = name.tags.first,
      vocabulary.endpointTags.contains(tag), !endpoint.isEmpty, endpoint != Series.wholeRun,
      !vocabulary.isMeasured(series: metric)
    else { return }
    report(
      "'\(metric)' belongs to the endpoint '\(endpoint)'", at: place,
      hint: "write it under endpoints: \(endpoint), as \(name.base).\(statistic)")
  }

  /// A warning has to come before the block, else it is never seen.
  private mutating func check(_ limits: [Limit], of key: MetricKey) {
    guard let block = limits.first, let warn = limits.last, limits.count == 2 else { return }
    if block.comparison.isUpper != warn.comparison.isUpper {
      report("'warn' of '\(key.text)' looks the other way than 'block'", at: warn.place)
    } else if block.comparison.isUpper ? warn.bound > block.bound : warn.bound < block.bound {
      report(
        "'warn' of '\(key.text)' is looser than 'block': it would never warn", at: warn.place,
        hint: "is one the other's?")
    }
  }

  /// A name that no result has and that is almost a built-in one is misspelt.
  mutating func judgeSpelling(of base: String, at place: Place) {
    guard !vocabulary.isMeasured(base), let near = Suggestion.misspelt(base, among: MetricCatalogue.names)
    else { return }
    report("unknown metric '\(base)'", at: place, hint: "did you mean '\(near)'?")
  }

  /// A limit with a unit on a metric whose results have none, or another one, would never hold anything.
  private mutating func judgeUnit(_ unit: MetricUnit?, _ text: String, of key: MetricKey, at place: Place) {
    let base = MetricName(parsing: key.metric).base
    guard key.traits == nil, ![.rate, .count].contains(key.statistic), let unit,
      let measured = vocabulary.units[base], !measured.isEmpty, !measured.contains(unit)
    else { return }
    let known = measured.filter { $0 != .unitless && $0 != .count }.map(\.rawValue).sorted().first
    report(
      "'\(key.text)' has \(known.map { "the unit \($0)" } ?? "no unit") in the results, found '\(text)'",
      at: place,
      hint: CustomBound.remedy(base, unit))
  }

  /// A custom metric that no result has is no mistake: a script may count or measure what did not happen. The limit
  /// is then missing a value.
  private mutating func judge(_ key: MetricKey, isOptional: Bool, at place: Place) {
    guard MetricCatalogue.traits(of: key.metric, in: key.kind) == nil, !isOptional else { return }
    judgeSpelling(of: MetricName(parsing: key.metric).base, at: place)
  }
}
