import SLOBudgets
import SLOModel
import SLOSupport

/// Limits on the metrics of a load.
enum LoadMetricsSchema {
  /// A mapping from metrics to bounds. A name that ends in a statistic may be a metric of the script's own.
  static var limits: JSONText {
    let (load, pages) = (MetricNames(onPage: false), MetricNames(onPage: true))
    let own =
      "^(?!(\(load.known)|\(pages.known)|resource\\.[^.]*)(\\{.*\\})?\\.)[^\\s].*\(MetricNames.anyStatistic)$"
    return SchemaPart.described(
      "Limits of k6's metrics, METRIC.STATISTIC, or one of the short names.",
      [
        ("type", .string("object")),
        ("properties", .object(MetricWords.load.map { ($0.key, $0.reference(onPage: false)) })),
        (
          "patternProperties",
          .object(
            load.patterns.map { ($0.pattern, SchemaPart.reference($0.form.name)) }
              + [(own, SchemaPart.reference(BoundForm(.anything).name))])
        ),
        ("additionalProperties", .bool(false)),
      ])
  }
}
