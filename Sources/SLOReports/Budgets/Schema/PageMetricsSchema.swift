import SLOBudgets
import SLOModel
import SLOSupport

/// Limits on what Lighthouse measures of a page.
enum PageMetricsSchema {
  /// An entry under `pages`: limits of both form factors, and what differs under one of them.
  static var page: JSONText {
    let fixed = BudgetKeys.page.map { key in
      switch key {
      case "owner": (key, SchemaPart.text("Who decides about these limits.", ["web-team"]))
      case "query": (key, GeneralSchema.query)
      case "min_samples": (key, GeneralSchema.minimumSamples)
      default: (key, SchemaPart.reference("pageLimits", "What differs on \(key)."))
      }
    }
    return mapping("Limits of a page, for mobile and desktop.", beside: fixed)
  }

  /// A mapping from audits, categories and resources to bounds.
  static var limits: JSONText { mapping("Limits of Lighthouse's figures of a page.", beside: []) }

  /// Every other name may be an audit's; what k6 measures and what no resource is called is none.
  private static func mapping(_ description: String, beside fixed: [(String, JSONText)]) -> JSONText {
    let (load, pages) = (MetricNames(onPage: false), MetricNames(onPage: true))
    let types = MetricCatalogue.resourceTypes.joined(separator: "|")
    let none =
      "^(resource\\.(?!(\(types))\\.(size|count)$)|lighthouse-|(\(load.known))(\\{.*\\})?(\\.|$)|\(MetricNames.latency)$)"
    return SchemaPart.described(
      description,
      [
        ("type", .string("object")),
        ("properties", .object(fixed + MetricWords.page.map { ($0.key, $0.reference(onPage: true)) })),
        (
          "patternProperties",
          .object(
            pages.patterns.map { ($0.pattern, SchemaPart.reference($0.form.name)) } + [(none, .bool(false))])
        ),
        ("additionalProperties", SchemaPart.reference(BoundForm(.anything).name)),
      ])
  }
}
