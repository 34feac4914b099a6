internal import SLOModel

extension Run {
  /// Why this run cannot be recorded, nil for one that can: what SQLite would only refuse in its own words,
  /// or silently store as something else.
  package var flaw: String? {
    if let duration = reading.duration, !duration.isFinite {
      return "the run's duration is \(duration); it must be finite, or absent"
    }
    var seen = Set<Series>(minimumCapacity: reading.measurements.count)
    for measurement in reading.measurements {
      let series = measurement.series
      guard measurement.value.isFinite else {
        return "\(name(of: series)) is \(measurement.value); a value must be finite, or absent"
      }
      guard (0...Cells.largestCount).contains(measurement.samples ?? 0) else {
        return "\(name(of: series)) rests on \(measurement.samples ?? 0) samples; that is no count"
      }
      guard series.profile == profile else {
        return "\(name(of: series)) stands in a run of profile \(profile)"
      }
      guard seen.insert(series).inserted else { return "\(name(of: series)) stands there twice" }
    }
    return flawOfDistributions
  }

  private var flawOfDistributions: String? {
    var seen = Set<[String]>()
    for distribution in reading.distributions
    where !seen.insert([distribution.endpoint, distribution.metric]).inserted {
      return "the distribution of \(distribution.metric) of \(distribution.endpoint) stands there twice"
    }
    return nil
  }

  private func name(of series: Series) -> String {
    "\(series.metric) \(series.statistic) of \(series.endpoint) under \(series.profile)"
  }
}
