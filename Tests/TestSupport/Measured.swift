public import SLOModel
internal import SLOReaders

/// A value whose unit and direction are those of the catalogue, unless given.
public func value(
  _ metric: String, _ statistic: Statistic, _ number: Double, of endpoint: String = Series.wholeRun,
  profile: String = "baseline", unit: MetricUnit? = nil, better: Direction? = nil, samples: Int? = nil
) -> MetricValue {
  let traits = MetricCatalogue.traits(of: metric)
  return MetricValue(
    series: Series(profile: profile, endpoint: endpoint, metric: metric, statistic: statistic), value: number,
    unit: unit ?? traits?.unit(of: statistic) ?? .unitless, better: better ?? traits?.better(of: statistic),
    samples: samples)
}
