import SLOBudgets
import SLOModel
import SLOReports
import SLOSupport

/// The panel of one figure: its values over time, its limits as lines.
struct GrafanaPanel {
  /// In units of the dashboard's grid, which is 24 wide.
  static let height = 8

  private let figure: StandingLimits
  private let query: PromQL

  init(_ figure: StandingLimits, service: String?) {
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
