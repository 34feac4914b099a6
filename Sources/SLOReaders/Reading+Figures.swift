internal import SLOModel

extension Reading {
  /// Adds a figure of a metric that a kind of evidence has, in the unit and with the direction it has there.
  /// - Parameters:
  ///   - value: in the unit of the figure.
  ///   - statistic: nil for the only one of the metric.
  ///   - samples: the observations that it rests on, where they are known.
  ///   - details: what is behind it.
  /// - Returns: its series; nil, and nothing is added, where the kind has no such metric, and of a value that is none, such
  ///   as a sum too large for a number.
  @discardableResult
  mutating func add(
    _ value: Double, _ metric: String, _ statistic: Statistic? = nil, of subject: String,
    in kind: EvidenceKind, samples: Int? = nil, details: [String] = []
  ) -> Series? {
    guard value.isFinite, let traits = MetricCatalogue.traits(of: metric, in: kind),
      let statistic = statistic ?? traits.shape.sole
    else { return nil }
    let series = Series(profile: profile, endpoint: subject, metric: metric, statistic: statistic)
    measurements.append(
      MetricValue(
        series: series, value: value, unit: traits.unit(of: statistic), better: traits.better(of: statistic),
        samples: samples))
    if !details.isEmpty { self.details[series] = details }
    return series
  }
}
