import SLOModel

@testable import SLOReaders

/// Snapshots of metrics, as small as they can be.
enum Snapshots {
  /// The readings of texts, the snapshots of one run in their order.
  /// - Parameters:
  ///   - wanted: metrics that a budget limits, such as `jobs_total{queue:a*}` or `latency_seconds.p99`.
  ///   - subjects: what its entries name.
  static func read(
    _ texts: [String], ext: String = "prom", wanted: [String] = [], subjects: [String] = [],
    options: ReadOptions = ReadOptions()
  ) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      let paths = texts.indices.map { "\(folder)/metrics-\($0).\(ext)" }
      for (path, text) in zip(paths, texts) { try Fixtures.write(text, to: path) }
      var options = options
      let demand = demand(wanted, subjects)
      options.demand = { demand }
      var result = Readers.read(paths: [], snapshots: [paths], as: .any(), options: options)
      result.usable = Readers.settled(result.usable)
      return result
    }
  }

  /// What is wrong with a text, without its folder.
  static func error(_ text: String, ext: String = "prom") throws -> String? {
    let error = try read([text], ext: ext).errors.first?.description
    return error.map { $0.replacing(/^.*\/metrics-0/, with: "metrics-0") }
  }

  private static func demand(_ metrics: [String], _ subjects: [String]) -> SampleDemand {
    var demand = SampleDemand()
    for metric in metrics {
      let name = MetricName(parsing: metric)
      guard name.tags.isEmpty else {
        demand.figures.insert(MetricFigure(metric, .value))
        demand.selections.insert(.init(metric: name.base, tags: name.tags.mapValues { EndpointPattern($0) }))
        continue
      }
      let parts = metric.split(separator: ".", maxSplits: 1).map(String.init)
      let statistic = parts.count == 2 ? Statistic(rawValue: parts[1]) : .value
      demand.figures.insert(MetricFigure(parts[0], statistic))
      if statistic.percentile != nil { demand.percentiles.insert(statistic) }
    }
    demand.subjects = Set(subjects.map { EndpointPattern($0) })
    return demand
  }
}

extension ReadResult {
  /// A measurement of the first reading: `*` is the run as a whole.
  func measured(_ metric: String, _ statistic: Statistic, of subject: String = Series.wholeRun)
    -> MetricValue?
  {
    usable.first?.measurements.first {
      $0.series.metric == metric && $0.series.statistic == statistic && $0.series.endpoint == subject
    }
  }

  /// Its value.
  func value(_ metric: String, _ statistic: Statistic, of subject: String = Series.wholeRun) -> Double? {
    measured(metric, statistic, of: subject)?.value
  }

  /// The names of all subjects but the run as a whole.
  var subjects: Set<String> {
    Set(usable.flatMap(\.measurements).map(\.series.endpoint)).subtracting([Series.wholeRun])
  }
}
