internal import SLOModel
internal import SLOReaders

/// The assertions of Lighthouse CI's `lighthouserc`
/// (<https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md#assert>).
struct LighthouseCIImport {
  private let configuration: YAMLNode
  /// `mobile`, `desktop`, or `*` for both.
  private let formFactor: String

  /// Assertions on some pages.
  private struct Group {
    var node: YAMLNode
    var page: String
    var aggregation: String
  }

  /// One figure of an assertion.
  private struct Figure {
    var id: String
    var option: String
    var value: Double
    var severity: Severity
    var aggregation: String
    var place: Place
  }

  /// Whether a document is such a configuration.
  static func recognises(_ root: YAMLNode) -> Bool {
    root["ci"] != nil || root["assertions"] != nil || root["assertMatrix"] != nil
  }

  /// - Parameter profile: a Lighthouse profile or a form factor; nil or any other is what the configuration says.
  init(_ root: YAMLNode, profile: String?) {
    configuration = root["ci"] ?? root
    let settings = configuration["collect"]?["settings"]
    let said = settings?["preset"]?.text ?? settings?["formFactor"]?.text
    let asked = FormFactor.group(of: profile)
    formFactor = asked == EvidenceKind.load.profiles.every ? FormFactor.group(of: said) : asked
  }

  /// Takes all assertions.
  func add(to draft: inout BudgetDraft) {
    if let base = configuration["extends"], let name = base.text {
      draft.remark("it extends \(name): import that too", at: base.place)
    }
    let collect = configuration["collect"]
    if let budgets = collect?["settings"]?["budgets"] {
      LighthouseBudgetImport(profile: formFactor).add(budgets, to: &draft)
    }
    if let runs = collect?["numberOfRuns"], let number = runs.text, number != "1" {
      draft.remark(
        "numberOfRuns is \(number); 'repetitions: \(number)' would ask it of every profile", at: runs.place)
    }
    add(assertions: configuration["assert"] ?? configuration, to: &draft)
  }

  private func add(assertions node: YAMLNode, to draft: inout BudgetDraft) {
    let aggregation = node["aggregationMethod"]?.text ?? "optimistic"
    if let file = node["budgetsFile"], let name = file.text {
      draft.remark("the budgets are in \(name): import that too", at: file.place)
    }
    var groups = [Group(node: node, page: "*", aggregation: aggregation)]
    for entry in node["assertMatrix"]?.items ?? [] {
      let pattern = entry["matchingUrlPattern"]?.text ?? ".*"
      guard let page = URLPattern.glob(pattern) else {
        draft.remark(
          "the pattern \(pattern) says more than a glob can; its assertions are left out", at: entry.place)
        continue
      }
      groups.append(
        Group(node: entry, page: page, aggregation: entry["aggregationMethod"]?.text ?? aggregation))
    }
    groups.removeAll { $0.node["assertions"] == nil && $0.node["preset"] == nil }
    for group in groups { add(group, to: &draft) }
    if groups.count > 1 {
      draft.remark(
        "of several patterns that match, Lighthouse CI holds a page to all, slogate to the most specific, limit by"
          + " limit", at: node.place)
    }
  }

  private func add(_ group: Group, to draft: inout BudgetDraft) {
    if let preset = group.node["preset"], let name = preset.text {
      draft.remark(
        "the preset \(name) asserts on a list of audits that differs from version to version of Lighthouse CI: write those"
          + " you need as assertions", at: preset.place)
    }
    for pair in group.node["assertions"]?.pairs ?? [] {
      for figure in figures(pair, group, &draft) { add(figure, of: group.page, to: &draft) }
    }
  }

  /// `"error"`, or `["error", { "minScore": 0.9 }]`; what asks for nothing asks for a score of 0.9.
  private func figures(
    _ pair: YAMLNode.Pair, _ group: Group, _ draft: inout BudgetDraft
  ) -> [Figure] {
    let (id, place) = (pair.key.value, pair.key.place)
    let level = pair.value.text ?? pair.value.items.first?.text ?? ""
    guard level != "off" else { return [] }
    guard let severity = ["error": Severity.block, "warn": .warn][level] else {
      draft.remark("\(id): its level must be error, warn or off, found \(pair.value.kind)", at: place)
      return []
    }
    let options = pair.value.items.dropFirst().first
    let figure = Figure(
      id: LighthouseCIImport.auditID(id), option: "minScore", value: 0.9, severity: severity,
      aggregation: options?["aggregationMethod"]?.text ?? group.aggregation, place: place)
    var figures: [Figure] = []
    for option in options?.pairs ?? [] where option.key.value != "aggregationMethod" {
      guard LighthouseCIImport.options.contains(option.key.value) else {
        draft.remark(
          "\(id): \(option.key.value) is no option of Lighthouse CI, which ignores it", at: option.key.place)
        continue
      }
      guard let value = option.value.number else {
        draft.remark("\(id): \(option.key.value) is no number", at: option.value.place)
        return figures
      }
      var given = figure
      (given.option, given.value) = (option.key.value, value)
      figures.append(given)
    }
    return figures.isEmpty ? [figure] : figures
  }

  private static let options: Set<String> = ["minScore", "maxLength", "maxNumericValue"]

  /// The id of an audit, which may be written `firstContentfulPaint`.
  private static func auditID(_ key: String) -> String {
    key.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "." }.enumerated().map { index, part in
      index == 0 && part.contains(where: \.isUppercase) ? UserTimingName.kebab(String(part)) : String(part)
    }.joined(separator: ":")
  }

  private func add(_ figure: Figure, of page: String, to draft: inout BudgetDraft) {
    let origin = "\(figure.option) \(BoundText.decimal(figure.value))"
    if figure.option == "minScore", figure.value <= 0 {
      return draft.remark("\(figure.id): \(origin): every score holds it", at: figure.place)
    }
    guard let key = LighthouseCIImport.key(of: figure) else {
      return draft.remark(
        "\(figure.id): \(origin): \(LighthouseCIImport.obstacle(to: figure))", at: figure.place)
    }
    var note = ""
    if let difference = LighthouseCIImport.difference(of: figure.aggregation) {
      note = " (\(figure.aggregation))"
      draft.remark(
        "\(figure.aggregation): of several runs Lighthouse CI takes \(difference)",
        at: Place(file: figure.place.file))
    }
    draft.add(
      BudgetDraft.Wish(
        target: .page(page), profile: formFactor, key: key,
        comparison: figure.option == "minScore" ? .atLeast : .atMost, value: figure.value,
        severity: figure.severity, origin: origin + note, place: figure.place))
  }

  /// The metric that a budget calls what is asserted; nil where slogate has none.
  private static func key(of figure: Figure) -> String? {
    let parts = figure.id.split(separator: ":").map(String.init)
    switch (parts.first, parts.count, figure.option) {
    case ("categories", 2, "minScore"): return parts[1]
    case ("resource-summary", 3, "maxNumericValue"): return "resource.\(parts[1]).\(parts[2])"
    case ("user-timings", 2..., "maxNumericValue"):
      return PageMetrics.userTimings + UserTimingName.kebab(parts.dropFirst().joined(separator: "-"))
    case (let id?, 1, let option) where !isNoAudit(id):
      return id + (["minScore": ".score", "maxLength": ".count"][option] ?? "")
    default: return nil
    }
  }

  /// Whether an id is no audit with a figure of its own: a category, or Lighthouse's own budgets.
  private static func isNoAudit(_ id: String) -> Bool {
    MetricCatalogue.traits(of: id)?.shape == .category || budgetAudits.contains(id)
  }

  private static let budgetAudits: Set<String> = ["performance-budget", "timing-budget"]

  /// Why an assertion has no figure.
  private static func obstacle(to figure: Figure) -> String {
    if MetricCatalogue.traits(of: figure.id)?.shape == .category {
      return "a category is asserted as categories:\(figure.id)"
    }
    return budgetAudits.contains(figure.id)
      ? "it asserts on Lighthouse's own budgets: import budget.json" : "no figure that slogate measures"
  }

  /// What is taken of several runs, where it is not what slogate takes.
  private static func difference(of aggregation: String) -> String? {
    switch aggregation {
    case "optimistic": "the best value, slogate the median"
    case "pessimistic": "the worst value, slogate the median"
    case "median-run": "the values of one run, the median by FCP and TTI; slogate each figure's own median"
    case "median": nil
    default:
      "what it says; slogate knows median, optimistic, pessimistic and median-run, and takes the median"
    }
  }
}
