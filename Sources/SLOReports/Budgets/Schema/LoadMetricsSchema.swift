import SLOBudgets
import SLOModel

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
        ("properties", .object(MetricWords.load.map { ($0.key, reference($0.key, $0.words)) })),
        (
          "patternProperties",
          .object(
            load.patterns.map { ($0.pattern, SchemaPart.reference($0.form.name)) }
              + [(own, SchemaPart.reference(BoundForm(.anything).name))])
        ),
        ("additionalProperties", .bool(false)),
      ])
  }

  private static func reference(_ key: String, _ words: String) -> JSONText {
    guard let figure = try? NamedFigure(parsing: key), let traits = MetricCatalogue.traits(of: figure.metric)
    else {
      return SchemaPart.reference(BoundForm(.anything).name, words)
    }
    return SchemaPart.reference(BoundForm(traits, figure.statistic, onPage: false).name, words)
  }
}
