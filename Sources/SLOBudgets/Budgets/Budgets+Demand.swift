public import SLOModel

extension Budgets {
  /// What the budgets need to have of results: the endpoints and sub-metrics their entries name, and every percentile
  /// and other figure that has a limit or stands in a rule, and the subjects that have limits.
  ///
  /// An entry without `match` may name its endpoint by any of the usual tags, but with a `*` only among the
  /// names that are there anyway: by every tag it would match nearly everything.
  /// - Parameter endpointTag: a further tag that names endpoints.
  public func demand(endpointTag: String? = nil) -> SampleDemand {
    let endpointTags = Vocabulary(endpointTag: endpointTag).endpointTags
    let entries = exactEntries.values.joined() + globEntries
    let named = entries.flatMap { entry -> [SampleDemand.Selection] in
      let tags = entry.tag.map { [$0] } ?? (entry.pattern.isExact ? endpointTags : [])
      return tags.map { SampleDemand.Selection(tags: [$0: entry.pattern]) }
    }
    let all = [defaults, wholeRun] + entries.map(\.limits)
    let (limits, relative) = (
      all.flatMap { $0.limits.values.joined() }, all.flatMap { $0.relative.values.joined() }
    )
    let figures = rules.flatMap(\.figures)
    let metrics = limits.map(\.metric) + relative.map(\.metric) + figures.map(\.metric)
    let tagged = metrics.compactMap {
      metric -> SampleDemand.Selection? in
      let name = MetricName(parsing: metric)
      guard !name.tags.isEmpty else { return nil }
      return SampleDemand.Selection(metric: name.base, tags: name.tags.mapValues { EndpointPattern($0) })
    }
    let statistics = limits.map(\.statistic) + relative.map(\.statistic) + figures.map(\.statistic)
    let percentiles = statistics.filter { $0.percentile != nil }
    var demand = SampleDemand(selections: Set(named + tagged), percentiles: Set(percentiles))
    demand.figures = Set(zip(metrics, statistics).map { MetricFigure(metric: $0, statistic: $1) })
    demand.subjects = Set(entries.map(\.pattern))
    return demand
  }
}
