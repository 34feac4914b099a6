import SLOModel

@testable import SLOBudgets

/// What a document is imported to: the limits as short lines, and the remarks without their file.
struct Imported {
  var text: String
  var remarks: [String]
  var budgets: Budgets

  init(_ document: String, as format: ImportFormat? = nil, profile: String? = nil) throws {
    var budget = BudgetImport(profile: profile)
    try budget.add(Array(document.utf8), file: "in", format: format)
    (text, remarks) = (budget.text, budget.remarks)
    budgets = try Budgets.parse(text, file: "out.yaml")
  }

  /// Limits as `http_req_duration.p95 < 400`, warnings with a `?` behind them.
  func limits(_ profile: String, _ endpoint: String = Series.wholeRun, tag: String? = nil) -> Set<String> {
    Set(
      budgets.limits(profile: profile, endpoint: endpoint, endpointTag: tag).map { limit in
        "\(limit.metric).\(limit.statistic) \(limit.comparison.rawValue) \(BoundText.decimal(limit.bound))"
          + (limit.severity == .warn ? "?" : "")
      })
  }

  /// Whether a remark begins at a place and contains words.
  func remarks(at place: String, _ words: String) -> Bool {
    remarks.contains { $0.hasPrefix("in:\(place): ") && $0.contains(words) }
  }
}
