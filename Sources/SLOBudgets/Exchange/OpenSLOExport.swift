import SLOModel
import SLOReaders
import SLOSupport

/// OpenSLO, version 1 (<https://github.com/OpenSLO/OpenSLO>): the service, and an objective for each limit on what
/// slogate publishes.
struct OpenSLOExport {
  private let budgets: Budgets
  private let options: ExportOptions
  private let service: String
  private var notes = ExportNotes()

  /// OpenSLO asks for a share below 1 of all moments in a window; a budget is kept always.
  private static let target = "0.99"
  private static let window = "28d"
  /// The characters a description may have.
  private static let longest = 1_050

  init(_ budgets: Budgets, _ options: ExportOptions) {
    (self.budgets, self.options) = (budgets, options)
    service = options.service ?? budgets.service ?? "default"
  }

  mutating func export() -> BudgetExport {
    notes.addGeneral(of: budgets, options)
    notes.add(rulesOf: budgets, "OpenSLO has no relations between figures")
    let profiles = options.profile.map { [$0] } ?? EvidenceKind.all.flatMap(budgets.profiles)
    let figures = profiles.flatMap { budgets.limitsInForce(profile: $0, at: options.now) }
      .filter { $0.example != nil }
    guard !figures.isEmpty else { return BudgetExport(files: [], notes: notes.lines) }
    notes.add(waiversOf: figures.flatMap(\.limits))
    notes.add(
      "OpenSLO asks for a share of moments: \(OpenSLOExport.target) in \(OpenSLOExport.window) stands for always"
    )
    if figures.contains(where: { $0.limits.contains { $0.limit.severity == .warn } }) {
      notes.add("OpenSLO has no limits that warn: they are objectives with the label severity: warn")
    }
    if figures.contains(where: { $0.limits.contains { !$0.limit.isOptional } }) {
      notes.add("that a figure is missing passes in OpenSLO; --to prometheus has an alert for it")
    }
    let documents =
      [serviceDocument] + figures.flatMap { figure in figure.limits.map { objective($0, of: figure) } }
    let head = """
      # Written by slogate budgets export --to openslo: change the budgets, not this file.
      # The queries ask for what slogate check --report gitlab-metrics=FILE publishes.
      \(notes.comments("#"))
      """
    return BudgetExport(
      files: [
        BudgetExport.File(
          name: "slogate.openslo.yaml", text: head + documents.map(\.document).joined(separator: "---\n"))
      ], notes: notes.lines)
  }

  private var serviceDocument: YAMLDocument {
    .map([
      ("apiVersion", .text("openslo/v1")), ("kind", .text("Service")),
      ("metadata", .map([("name", .text(Slug.text(service))), ("displayName", .text(label(service)))])),
      ("spec", .map([("description", .text("Budgets of \(label(service)), judged by slogate"))])),
    ])
  }

  private func objective(_ standing: LimitInForce, of figure: LimitsInForce) -> YAMLDocument {
    let limit = standing.limit
    let query = PromQL(figure, service: options.service ?? budgets.service)
    let title = label("\(figure.profileTitle) \(figure.endpointTitle) \(limit.figure) \(limit.words)")
    let name = Slug.text(
      "\(figure.profileTitle) \(figure.key) \(figure.metric) \(figure.statistic) \(limit.severity)")
    let waiver = standing.waiver.map { "; waived until \($0.until) by \($0.owner): \($0.reason)" } ?? ""
    let described = label(limit.origin + waiver).prefix(OpenSLOExport.longest)
    return .map([
      ("apiVersion", .text("openslo/v1")), ("kind", .text("SLO")),
      (
        "metadata",
        .map([
          ("name", .text(name)), ("displayName", .text(title)),
          ("labels", .map([("severity", .text(limit.severity.rawValue))])),
        ])
      ),
      (
        "spec",
        .map([
          ("description", .text(String(described))), ("service", .text(Slug.text(service))),
          (
            "indicator",
            .map([
              (
                "metadata",
                .map([
                  ("name", .text(Slug.text(name + "-value"))),
                  ("displayName", .text(label("\(figure.endpointTitle) \(limit.figure)"))),
                ])
              ),
              ("spec", .map([("thresholdMetric", .map([("metricSource", source(query))]))])),
            ])
          ),
          (
            "timeWindow",
            .list([.map([("duration", .text(OpenSLOExport.window)), ("isRolling", .plain("true"))])])
          ), ("budgetingMethod", .text("Occurrences")),
          (
            "objectives",
            .list([
              .map([
                ("displayName", .text(title)), ("op", .text(limit.comparison.openSLOName)),
                ("value", .plain(plain(query.published(limit.bound)))),
                ("target", .plain(OpenSLOExport.target)),
              ])
            ])
          ),
        ])
      ),
    ])
  }

  private func source(_ query: PromQL) -> YAMLDocument {
    .map([("type", .text("Prometheus")), ("spec", .map([("query", .text(query.text))]))])
  }
}

extension Comparison {
  /// What OpenSLO calls it.
  fileprivate var openSLOName: String {
    switch self {
    case .below: "lt"
    case .atMost: "lte"
    case .above: "gt"
    case .atLeast: "gte"
    }
  }
}

extension LimitsInForce {
  /// What distinguishes its endpoints from all others.
  fileprivate var key: String {
    switch endpoints {
    case .wholeRun: Series.wholeRun
    case .named(let name): name
    case .matching(let pattern, _): "~" + pattern
    }
  }
}
