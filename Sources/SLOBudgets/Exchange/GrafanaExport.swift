import SLOModel
import SLOReaders
import SLOSupport

/// A dashboard of Grafana: a row for each profile and endpoint, in it a panel for each figure that has limits, with
/// the limits as lines. The data source is chosen on the dashboard.
struct GrafanaExport {
  private let budgets: Budgets
  private let options: ExportOptions
  private let service: String?
  private var notes = ExportNotes()

  /// The model of dashboards of Grafana 11.6 and 12; newer ones migrate it.
  private static let schemaVersion = 41
  private static let columns = 3

  init(_ budgets: Budgets, _ options: ExportOptions) {
    (self.budgets, self.options) = (budgets, options)
    service = options.service ?? budgets.service
  }

  mutating func export() -> BudgetExport {
    notes.addGeneral(of: budgets, options)
    notes.add(rulesOf: budgets, "a panel shows limits; --to prometheus has alerts for rules")
    let profiles = options.profile.map { [$0] } ?? EvidenceKind.all.flatMap(budgets.profiles)
    let figures = profiles.flatMap { budgets.limitsInForce(profile: $0, at: options.now) }
      .filter { $0.example != nil }
    guard !figures.isEmpty else { return BudgetExport(files: [], notes: notes.lines) }
    notes.add(waiversOf: figures.flatMap(\.limits))
    if figures.flatMap(\.limits).contains(where: { $0.limit.unit == nil }) {
      notes.add("figures of custom metrics are in the unit of their results, which panels do not name")
    }
    let text = dashboard(panels(figures)).document
    return BudgetExport(
      files: [BudgetExport.File(name: "slogate.dashboard.json", text: text)], notes: notes.lines)
  }

  private func dashboard(_ panels: [JSONText]) -> JSONText {
    let name = service ?? "budgets"
    let remarks = notes.lines.isEmpty ? "" : " Notes: " + notes.lines.joined(separator: "; ") + "."
    let source: [(String, JSONText)] = [
      ("type", .string("datasource")), ("name", .string("datasource")), ("label", .string("Data source")),
      ("query", .string("prometheus")), ("regex", .string("")), ("refresh", .int(1)), ("hide", .int(0)),
      ("multi", .bool(false)), ("includeAll", .bool(false)), ("options", .array([])),
    ]
    return .object([
      ("uid", .string(Slug.text("slogate-\(name)", length: 40))),
      ("title", .string(shown("slogate: \(name)"))),
      ("description", .string(shown("Budgets as slogate budgets export --to grafana wrote them.\(remarks)"))),
      ("tags", .inline(.array([.string("slogate")]))), ("timezone", .string("browser")),
      ("editable", .bool(true)),
      ("graphTooltip", .int(1)), ("schemaVersion", .int(GrafanaExport.schemaVersion)),
      ("time", .inline(.object([("from", .string("now-30d")), ("to", .string("now"))]))),
      ("templating", .object([("list", .array([.object(source)]))])),
      ("annotations", .inline(.object([("list", .array([]))]))), ("panels", .array(panels)),
    ])
  }

  /// The rows in the order of the limits, each with its panels below.
  private func panels(_ figures: [LimitsInForce]) -> [JSONText] {
    var rows: [(title: String, figures: [LimitsInForce])] = []
    for figure in figures {
      let title = "\(figure.profileTitle): \(figure.endpointTitle)"
      if let row = rows.firstIndex(where: { $0.title == title }) {
        rows[row].figures.append(figure)
      } else {
        rows.append((title, [figure]))
      }
    }
    var (panels, top): ([JSONText], Int) = ([], 0)
    for row in rows {
      panels.append(GrafanaPanel.row(shown(row.title), id: panels.count + 1, top: top))
      top += 1
      for (index, figure) in row.figures.enumerated() {
        let place = (column: index % GrafanaExport.columns, line: index / GrafanaExport.columns)
        panels.append(
          GrafanaPanel(figure, service: service)
            .json(id: panels.count + 1, left: place.column * 8, top: top + place.line * GrafanaPanel.height))
      }
      let lines = (row.figures.count + GrafanaExport.columns - 1) / GrafanaExport.columns
      top += lines * GrafanaPanel.height
    }
    return panels
  }
}

/// A text that Grafana shows as it is: a dollar or two brackets would begin a variable.
func shown(_ text: String) -> String {
  VisibleText.escaped(text).replacingScalars("$", with: "\u{FF04}")
    .replacingScalars("[[", with: "[\u{2060}[")
}

/// The panel of one figure: its values over time, its limits as lines.
struct GrafanaPanel {
  /// In units of the dashboard's grid, which is 24 wide.
  static let height = 8

  private let figure: LimitsInForce
  private let query: PromQL

  init(_ figure: LimitsInForce, service: String?) {
    self.figure = figure
    query = PromQL(figure, service: service)
  }

  /// The heading of a row.
  static func row(_ title: String, id: Int, top: Int) -> JSONText {
    .object([
      ("type", .string("row")), ("id", .int(id)), ("title", .string(title)), ("collapsed", .bool(false)),
      ("gridPos", grid(width: 24, height: 1, left: 0, top: top)), ("panels", .array([])),
    ])
  }

  func json(id: Int, left: Int, top: Int) -> JSONText {
    .object([
      ("type", .string("timeseries")), ("id", .int(id)),
      ("title", .string(shown("\(figure.metric) \(figure.statistic)"))),
      ("description", .string(shown(description))),
      ("datasource", GrafanaPanel.source),
      ("gridPos", GrafanaPanel.grid(width: 8, height: GrafanaPanel.height, left: left, top: top)),
      ("targets", .array([.object(target)])),
      (
        "fieldConfig",
        .object([("defaults", .object(defaults)), ("overrides", .array([]))])
      ),
      (
        "options",
        .object([
          (
            "legend",
            .inline(
              .object([
                ("displayMode", .string("list")), ("placement", .string("bottom")),
                ("showLegend", .bool(true)),
                ("calcs", .array([.string("lastNotNull")])),
              ]))
          ), ("tooltip", .inline(.object([("mode", .string("multi")), ("sort", .string("desc"))]))),
        ])
      ),
    ])
  }

  private var description: String {
    figure.limits.map { standing in
      let limit = standing.limit
      let waiver = standing.waiver.map { ", waived until \($0.until) by \($0.owner)" } ?? ""
      return
        "\(limit.words) or it \(limit.severity == .block ? "blocks" : "warns")\(waiver) (\(limit.origin))"
    }
    .joined(separator: "; ")
  }

  /// Within strings of the query a dollar would begin a variable of Grafana, as two brackets would.
  private var target: [(String, JSONText)] {
    let text = query.text.replacingScalars("$", with: "\\x24").replacingScalars("[[", with: "\\x5b\\x5b")
    return [
      ("refId", .string("A")), ("datasource", GrafanaPanel.source), ("expr", .string(text)),
      ("legendFormat", .string("{{profile}} {{endpoint}}")), ("range", .bool(true)),
    ]
  }

  private var defaults: [(String, JSONText)] {
    [
      ("unit", .string(unit)), ("color", .inline(.object([("mode", .string("palette-classic"))]))),
      (
        "custom",
        .inline(
          .object([
            ("drawStyle", .string("line")), ("showPoints", .string("always")), ("spanNulls", .bool(true)),
            ("thresholdsStyle", .object([("mode", .string("line"))])),
          ]))
      ),
      (
        "thresholds",
        .object([
          ("mode", .string("absolute")),
          (
            "steps", .array(steps.map { .inline(.object([("color", .string($0)), ("value", .number($1))])) })
          ),
        ])
      ),
    ]
  }

  /// The colours from below: a bound from above turns them at it, one from below at what is enough.
  private var steps: [(String, Double?)] {
    let lines = figure.limits.map {
      ($0.limit.severity == .block ? "red" : "orange", query.published($0.limit.bound))
    }
    .sorted { $0.1 < $1.1 }
    if figure.limits[0].limit.comparison.isUpper { return [("green", nil)] + lines.map { ($0.0, $0.1) } }
    let above = lines.dropFirst().map(\.0) + ["green"]
    return [(lines[0].0, nil)] + zip(above, lines.map(\.1)).map { ($0, $1) }
  }

  private var unit: String {
    switch query.unit {
    case .milliseconds: "s"
    case .bytes: "bytes"
    case .ratio: "percentunit"
    case .perSecond: "cps"
    case .count, .score, .unitless, nil: "short"
    }
  }

  private static var source: JSONText {
    .inline(.object([("type", .string("prometheus")), ("uid", .string("${datasource}"))]))
  }

  private static func grid(width: Int, height: Int, left: Int, top: Int) -> JSONText {
    .inline(.object([("h", .int(height)), ("w", .int(width)), ("x", .int(left)), ("y", .int(top))]))
  }
}
