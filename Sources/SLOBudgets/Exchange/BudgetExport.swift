package import SLOModel

/// Tools that budgets can be written for.
package enum ExportTarget: String, CaseIterable, Sendable {
  /// Thresholds of a k6 script.
  case k6
  /// Lighthouse's `budget.json`.
  case lighthouse
  /// sitespeed.io's `budget.json`.
  case sitespeed
  /// size-limit's checks.
  case sizeLimit = "size-limit"
  /// Performance baselines as runbooks keep them.
  case baselines
  /// Alert rules, and unit tests of them for promtool.
  case prometheus
  /// A dashboard.
  case grafana
  /// OpenSLO, version 1.
  case openslo
}

/// What is exported of budgets, and what they do not say themselves.
package struct ExportOptions: Sendable {
  /// Only this profile; nil: all that the target is for.
  package var profile: String?
  /// Endpoints besides those that the budgets name, for targets that need each by its name.
  package var endpoints: [String] = []
  /// The k6 tag that names endpoints where an entry has no `match`.
  package var endpointTag = "endpoint"
  /// The service; nil: the one the budgets name.
  package var service: String?
  /// The name of the main file, where it is not the usual one.
  package var fileName: String?
  /// When: waivers in force loosen their limit.
  package var now: Timestamp

  /// Everything, as it is in force at a moment.
  package init(now: Timestamp) { self.now = now }
}

/// Budgets as the files of another tool.
package struct BudgetExport: Sendable {
  /// A file with its usual name.
  package struct File: Sendable, Hashable {
    /// Its usual name.
    package var name: String
    /// What is in it.
    package var text: String
  }

  /// The files, the main one first; none where the target can say nothing of the budgets.
  package var files: [File]
  /// What the target cannot express, or says otherwise: a line each, with its place. Files have it in comments
  /// where their format knows any.
  package var notes: [String]
}

/// Writes budgets for another tool.
package func exportBudgets(_ budgets: Budgets, to target: ExportTarget, _ options: ExportOptions)
  -> BudgetExport
{
  switch target {
  case .k6:
    var export = K6Export(budgets, options)
    return export.export()
  case .lighthouse:
    var export = LighthouseExport(budgets, options)
    return export.export()
  case .sitespeed:
    var export = SitespeedExport(budgets, options)
    return export.export()
  case .sizeLimit:
    var export = SizeLimitExport(budgets, options)
    return export.export()
  case .baselines:
    var export = BaselinesExport(budgets, options)
    return export.export()
  case .prometheus:
    var export = PrometheusExport(budgets, options)
    return export.export()
  case .grafana:
    var export = GrafanaExport(budgets, options)
    return export.export()
  case .openslo:
    var export = OpenSLOExport(budgets, options)
    return export.export()
  }
}
