import SLOModel
import SLOReaders
import SLOSupport

/// Alert rules of Prometheus, and unit tests of them. What they read is what slogate publishes of its checks.
struct PrometheusExport {
  private let budgets: Budgets
  private let options: ExportOptions
  private let service: String?
  private let names: (rules: String, tests: String)
  private var notes = ExportNotes()

  init(_ budgets: Budgets, _ options: ExportOptions) {
    (self.budgets, self.options) = (budgets, options)
    service = options.service ?? budgets.service
    let name = options.fileName ?? "slogate.rules.yml"
    let stem = [".yml", ".yaml"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
    names = (name, stem + ".test.yml")
  }

  mutating func export() -> BudgetExport {
    notes.addGeneral(of: budgets, options)
    let profiles = options.profile.map { [$0] } ?? EvidenceKind.all.flatMap(budgets.profiles)
    var groups: [(name: String, rules: [AlertRule])] = []
    var missing: [PromQL] = []
    for profile in profiles {
      let all = budgets.limitsInForce(profile: profile, at: options.now)
      groups.append((profile, all.flatMap(rules)))
      missing += all.filter(isDemanded).map { PromQL($0, service: service) }
      notes.add(waiversOf: all.flatMap(\.limits))
    }
    let relations = budgets.rules.filter { rule in
      options.profile.map { rule.figures.compactMap(\.profile).contains($0) || rule.left.profile == nil }
        ?? true
    }
    groups.append((RuleAlert.group, relations.map(RuleAlert.alert(service: service))))
    groups = groups.filter { !$0.rules.isEmpty }
    guard !groups.isEmpty else { return BudgetExport(files: [], notes: notes.lines) }
    let absence = missing.isEmpty ? nil : self.absence(of: missing)
    return BudgetExport(
      files: [rulesFile(groups, absence), testsFile(groups, missing)], notes: notes.lines)
  }

  // MARK: Limits

  private func rules(_ limits: LimitsInForce) -> [AlertRule] {
    guard let example = limits.example else { return [] }
    return limits.limits.map { rule($0, of: limits, example) }
  }

  private func rule(_ standing: LimitInForce, of limits: LimitsInForce, _ example: Series) -> AlertRule {
    let (limit, query) = (standing.limit, PromQL(limits, service: service))
    let bound = query.published(limit.bound)
    let (keeps, breaks) = limit.comparison.valuesAround(bound)
    let base = limit.unit?.base ?? .none
    return AlertRule(
      name: limit.severity == .block ? "SlogateBudgetExceeded" : "SlogateBudgetWarning",
      expression: "\(query.text) \(limit.comparison.opposite) \(plain(bound))",
      severity: limit.severity == .block ? "critical" : "warning",
      labels: labels(limits, limit),
      annotations: { words in
        let endpoint = limits.endpoints == .wholeRun ? "the run as a whole" : words.endpoint
        let unit = query.unitName.isEmpty ? "" : " " + query.unitName
        return [
          (
            "summary",
            "\(words.profile), \(endpoint): " + words.literal("\(limit.figure) is not \(limit.words)")
          ),
          (
            "description",
            "Measured \(words.value)\(unit). " + words.literal(description(standing, plain(bound) + unit))
          ),
        ] + origin(limit.owner, limit.place, words)
      },
      feeds: [AlertRule.Feed(series: example.published(base, service: service), values: [keeps, breaks])],
      firing: example.labels(service: service), value: breaks, isWhole: base == .bytes)
  }

  private func labels(_ limits: LimitsInForce, _ limit: Limit) -> [(String, String)] {
    [
      limit.owner.map { ("owner", label($0)) }, ("entry", label(limits.entry)),
      limits.profile.map { ("profile", label($0)) }, limits.endpoint.map { ("endpoint", label($0)) },
      ("metric", label(limits.metric)),
      ("statistic", limits.statistic.rawValue),
    ].compactMap(\.self)
  }

  private func description(_ standing: LimitInForce, _ bound: String) -> String {
    let waiver = standing.waiver.map { "; waived until \($0.until) by \($0.owner): \($0.reason)" } ?? ""
    return VisibleText.escaped("The limit is \(standing.limit.comparison.rawValue) \(bound)\(waiver).")
  }

  // MARK: What is missing

  /// Whether it never passes that the figure is not there.
  private func isDemanded(_ limits: LimitsInForce) -> Bool {
    guard limits.profile != nil, limits.limits.contains(where: { !$0.limit.isOptional }) else { return false }
    switch limits.endpoints {
    case .wholeRun: return true
    case .named: return !limits.limits[0].limit.isDefault
    case .matching: return false
    }
  }

  private func absence(of figures: [PromQL]) -> YAMLDocument {
    .map([
      ("alert", .text("SlogateBudgetFigureMissing")),
      ("expr", .text(figures.map { "absent(\($0.text))" }.joined(separator: " or "))),
      ("labels", .map([("severity", .text("warning"))])),
      (
        "annotations",
        .map([
          (
            "summary",
            .text(
              "{{ $labels.profile }}, {{ $labels.endpoint }}: no {{ $labels.metric }}.{{ $labels.statistic }}"
            )
          ),
          ("description", .text("A budget has a limit on it, and what is missing does not pass.")),
        ])
      ),
    ])
  }

  // MARK: Files

  private func rulesFile(_ groups: [(name: String, rules: [AlertRule])], _ absence: YAMLDocument?)
    -> BudgetExport.File
  {
    let title = service.map { "slogate \($0) " } ?? "slogate "
    var list = groups.map { group in
      YAMLDocument.map([
        ("name", .text(label(title + group.name))), ("rules", .list(group.rules.map(\.rule))),
      ])
    }
    if let absence {
      list.append(.map([("name", .text(label(title + "missing"))), ("rules", .list([absence]))]))
    }
    let head = """
      # Written by slogate budgets export --to prometheus: change the budgets, not this file.
      # The figures are those of slogate check --report gitlab-metrics=FILE, which a web server gives Prometheus as
      # application/openmetrics-text. Check: promtool check rules \(label(names.rules))
      \(notes.comments("#"))
      """
    return BudgetExport.File(
      name: names.rules, text: head + YAMLDocument.map([("groups", .list(list))]).document)
  }

  /// Where nothing is published, every figure is missing; those without a known unit have one alert.
  private func absenceTest(of figures: [PromQL]) -> YAMLDocument {
    let alerts = figures.count { $0.unit != nil } + (figures.contains { $0.unit == nil } ? 1 : 0)
    return .map([
      ("interval", .plain("1m")), ("input_series", .list([])),
      (
        "promql_expr_test",
        .list([
          .map([
            ("expr", .text("count(ALERTS{alertname=\"SlogateBudgetFigureMissing\"})")),
            ("eval_time", .plain("0m")),
            ("exp_samples", .list([.map([("labels", .text("{}")), ("value", .plain("\(alerts)"))])])),
          ])
        ])
      ),
    ])
  }

  private func testsFile(
    _ groups: [(name: String, rules: [AlertRule])], _ missing: [PromQL]
  ) -> BudgetExport.File {
    let tests =
      groups.flatMap { group in
        group.rules.map { $0.test(by: group.name == RuleAlert.group ? "rule" : nil) }
      } + (missing.isEmpty ? [] : [absenceTest(of: missing)])
    let document = YAMLDocument.map([
      ("rule_files", .list([.text(names.rules)])), ("evaluation_interval", .plain("1m")),
      ("tests", .list(tests)),
    ])
    let head =
      "# Written by slogate budgets export --to prometheus. Run: promtool test rules \(label(names.tests))\n"
    return BudgetExport.File(name: names.tests, text: head + document.document)
  }
}

/// Who answers for it, and the line it is on.
func origin(_ owner: String?, _ place: Place, _ words: AlertRule.Words) -> [(String, String)] {
  (owner.map { [("owner", words.literal(label($0)))] } ?? []) + [
    ("budget", words.literal(label(place.description)))
  ]
}

extension Comparison {
  /// A value that keeps a bound and one that breaks it, the bound itself where it is on that side.
  func valuesAround(_ bound: Double) -> (keeps: Double, breaks: Double) {
    switch self {
    case .below: (bound / 2, bound)
    case .atMost: (bound, bound == 0 ? 1 : bound * 2)
    case .above: (bound == 0 ? 1 : bound * 2, bound)
    case .atLeast: (bound, bound == 0 ? -1 : bound / 2)
    }
  }

  /// What holds where this does not.
  var opposite: String {
    switch self {
    case .below: ">="
    case .atMost: ">"
    case .above: "<="
    case .atLeast: "<"
    }
  }
}

extension Series {
  /// Its labels, as slogate publishes them.
  func labels(service: String?) -> [(String, String)] {
    [
      ("service", label(service ?? "default")), ("profile", label(profile)), ("endpoint", label(endpoint)),
      ("metric", label(metric)), ("statistic", statistic.rawValue),
    ]
  }

  /// The line it is published on, without its value.
  func published(_ base: BaseUnit, service: String?) -> String {
    let name = base == .none ? "slogate_value" : "slogate_value_\(base.rawValue)"
    return name + "{" + labels(service: service).map { "\($0)=\(PromQL.quoted($1))" }.joined(separator: ",")
      + "}"
  }
}
