internal import SLOModel
internal import SLOSupport

/// Performance baselines in JSON, as runbooks keep them: sections of figures whose names end in their unit
/// (`p95_ms`, `error_rate_percent`, `memory_limit_mb`).
struct BaselinesImport {
  /// The profile the figures are limits of.
  let profile: String

  /// How a name ends, the canonical unit, and what values are multiplied by to be in it.
  private struct Suffix {
    var ending: String
    var unit: MetricUnit
    var factor = 1.0
  }

  private static let suffixes = [
    Suffix(ending: "_per_second", unit: .perSecond), Suffix(ending: "_milliseconds", unit: .milliseconds),
    Suffix(ending: "_ms", unit: .milliseconds), Suffix(ending: "_us", unit: .milliseconds, factor: 0.001),
    Suffix(ending: "_seconds", unit: .milliseconds, factor: 1_000),
    Suffix(ending: "_sec", unit: .milliseconds, factor: 1_000),
    Suffix(ending: "_percent", unit: .ratio, factor: 0.01), Suffix(ending: "_ratio", unit: .ratio),
    Suffix(ending: "_bytes", unit: .bytes), Suffix(ending: "_kb", unit: .bytes, factor: 1e3),
    Suffix(ending: "_mb", unit: .bytes, factor: 1e6), Suffix(ending: "_gb", unit: .bytes, factor: 1e9),
  ]

  /// Sections that are the load's own latency, and those that say what the machines are.
  private static let latencySections: Set<String> = [
    "api_latency", "latency", "http", "http_latency", "response_time", "response_times",
  ]
  private static let sizingSections: Set<String> = ["resources", "environment", "sizing", "infrastructure"]

  /// Whether a document looks like baselines: sections whose figures name their units.
  static func recognises(_ root: YAMLNode) -> Bool {
    root.pairs.contains { section in
      section.value.pairs.contains { suffix(of: $0.key.value) != nil && $0.value.number != nil }
    }
  }

  /// Takes all sections.
  func add(_ root: YAMLNode, to draft: inout BudgetDraft) {
    for section in root.pairs {
      let name = section.key.value
      if BaselinesImport.sizingSections.contains(name) {
        addSizing(section, to: &draft)
      } else if section.value.pairs.isEmpty {
        draft.remark("\(name): no section of figures", at: section.key.place)
      } else {
        for figure in section.value.pairs { add(figure, of: name, to: &draft) }
      }
    }
  }

  private func add(_ figure: YAMLNode.Pair, of section: String, to draft: inout BudgetDraft) {
    let (name, place) = (figure.key.value, figure.key.place)
    let origin = "\(section).\(name)"
    guard let number = figure.value.number else {
      return draft.remark("\(origin): no number, found \(figure.value.kind)", at: place)
    }
    let suffix = BaselinesImport.suffix(of: name)
    let stem = suffix.map { String(name.dropLast($0.ending.count)) } ?? name
    var wish = BudgetDraft.Wish(
      target: .run, profile: profile, key: "", value: BaselinesImport.value(number, suffix),
      unit: suffix?.unit, origin: origin, place: place)
    if let known = BaselinesImport.known(section: section, stem: stem, unit: suffix?.unit) {
      (wish.key, wish.comparison) = known
    } else if let suffix {
      custom(stem, of: section, suffix, &wish)
      draft.remark("\(origin): \(BaselinesImport.advice(wish.key, stem))", at: place)
    } else {
      return draft.remark("\(origin): the name has no unit", at: place)
    }
    draft.add(wish)
  }

  /// A share of percents is divided: 0.5 times 0.01 would be more than 0.005.
  private static func value(_ number: Double, _ suffix: Suffix?) -> Double {
    guard let suffix else { return number }
    return suffix.factor < 1 ? number / (1 / suffix.factor).rounded() : number * suffix.factor
  }

  /// Figures that k6 measures under a name of its own. A throughput is a floor, and so is the load applied.
  private static func known(section: String, stem: String, unit: MetricUnit?) -> (String, Comparison?)? {
    if latencySections.contains(section), unit == .milliseconds, let statistic = Statistic(spelled: stem) {
      return ("http_req_duration.\(statistic)", nil)
    }
    switch (stem, unit) {
    case ("requests", .perSecond), ("throughput", .perSecond): return ("throughput", .atLeast)
    case ("concurrent_users", nil), ("virtual_users", nil), ("vus", nil): return ("vus_max", .atLeast)
    case ("error_rate", .ratio): return ("error_rate", nil)
    case ("success_rate", .ratio): return ("checks", .atLeast)
    default: return nil
    }
  }

  /// Anything else is a metric of the team's own: optional until a script measures it under this name.
  private func custom(
    _ stem: String, of section: String, _ suffix: Suffix, _ wish: inout BudgetDraft.Wish
  ) {
    let words = stem.split(separator: "_").map(String.init)
    let statistic = words.last.flatMap { Statistic(spelled: $0) }
    let usual: Statistic = suffix.unit == .milliseconds ? .p95 : suffix.unit == .perSecond ? .rate : .value
    let stem = ([section] + (statistic == nil ? words : words.dropLast())).joined(separator: "_")
    // Times and sizes k6 can declare; of a share only the name says.
    let name = suffix.unit == .ratio ? stem + suffix.ending : stem
    wish.key = "\(name).\(statistic ?? usual)"
    wish.comparison = suffix.unit == .perSecond ? .atLeast : nil
    wish.isOptional = true
  }

  private static func advice(_ key: String, _ stem: String) -> String {
    let advice = "no metric of k6's; measure it as \(key), then take 'optional' out"
    let isTold = stem.split(separator: "_").last.flatMap { Statistic(spelled: String($0)) } != nil
    return isTold || !key.hasSuffix(".p95") ? advice : advice + "; its statistic is not named, p95 is taken"
  }

  private func addSizing(_ section: YAMLNode.Pair, to draft: inout BudgetDraft) {
    let facts = section.value.pairs.compactMap { pair -> (key: String, value: String)? in
      guard let text = pair.value.text else {
        draft.remark("\(section.key.value).\(pair.key.value): no fact of a sizing", at: pair.key.place)
        return nil
      }
      return BaselinesImport.fact(of: pair.key.value, text)
    }
    guard !facts.isEmpty else { return }
    draft.environments.append(BudgetText.Environment(name: section.key.value, facts: facts))
    draft.remark(
      "\(section.key.value): taken as the sizing of an environment; give it the name of yours",
      at: section.key.place)
  }

  /// Whether a section is known to say what the machines are.
  static func isSizing(_ section: String) -> Bool { sizingSections.contains(section) }

  private static let factUnits = [
    "_mb": "MB", "_gb": "GB", "_kb": "KB", "_seconds": "s", "_ms": "ms", "_percent": "%",
  ]

  /// The fact that a figure of a sizing is: `memory_limit_mb` of 4096 is a `memory_limit` of 4096MB.
  private static func fact(of name: String, _ text: String) -> (key: String, value: String) {
    guard let unit = factUnits.first(where: { name.hasSuffix($0.key) }) else { return (name, text) }
    return (String(name.dropLast(unit.key.count)), text + unit.value)
  }

  /// The figure that is read as a fact, where there is one: a number with a unit has it in its name.
  static func figure(ofFact key: String, _ value: String) -> (name: String, value: JSONText)? {
    let named = factUnits.filter { value.hasSuffix($0.value) }.compactMap { ending, unit in
      number(value.dropLast(unit.count)).map { (key + ending, String(value.dropLast(unit.count)), $0) }
    }
    let all = named + [(key, value, number(value[...]) ?? .string(value))]
    return all.first { name, text, _ in fact(of: name, text) == (key, value) }.map { ($0.0, $0.2) }
  }

  /// A number in the digits it has as JSON; nil for another text.
  private static func number(_ text: Substring) -> JSONText? {
    guard text.first?.isNumber == true, let number = Double(text), BoundText.decimal(number) == text,
      number < 1e15
    else { return nil }
    return .plainNumber(number)
  }

  private static func suffix(of name: String) -> Suffix? {
    suffixes.first { name.hasSuffix($0.ending) && name.utf8.count > $0.ending.utf8.count }
  }
}
