import SLOModel
import SLOStatistics
import SLOSupport

/// What a check measured, by series: the repetitions of every run that gave values.
struct Candidates {
  /// One series as measured.
  struct Observed {
    /// The first repetition.
    var measurement: MetricValue
    var repetitions: [Double]
    var trials: [Int?]

    init(_ measurement: MetricValue) {
      self.measurement = measurement
      repetitions = [measurement.value]
      trials = [measurement.samples]
    }

    /// The judged value: the median of the repetitions.
    var value: Double {
      repetitions.count == 1 ? measurement.value : SortedSample(repetitions)?.median ?? measurement.value
    }

    /// The trials behind each repetition, where every one is known.
    var knownTrials: [Int]? { trials.contains(nil) ? nil : trials.compactMap { $0 } }

    /// Observations over all repetitions, where every one is known.
    var samples: Int? { knownTrials?.saturatingSum() }

    /// Of a rate the trials that hit, over all repetitions, where every number of trials is known.
    var hits: Int? {
      guard measurement.unit == .ratio, measurement.series.statistic == .rate, let knownTrials else {
        return nil
      }
      return zip(repetitions, knownTrials).map { Int(exactly: ($0 * Double($1)).rounded()) ?? 0 }
        .saturatingSum()
    }

    fileprivate mutating func add(_ next: MetricValue) {
      repetitions.append(next.value)
      trials.append(next.samples)
    }
  }

  /// Every measured series, in the order of the files.
  private(set) var observed: [Observed] = []
  /// The tag that named each endpoint, by profile and endpoint.
  private(set) var endpointTags: [String: [String: String]] = [:]
  /// The endpoints of each profile, the run as a whole among them.
  private(set) var endpoints: [String: Set<String>] = [:]

  /// The tag whose values were asked for apart, by profile.
  private(set) var splitTags: [String: String] = [:]
  /// The format of each profile's first file.
  private(set) var formats: [String: String] = [:]

  /// What is behind values, a text each, once.
  private(set) var details: [Series: [String]] = [:]

  private var places: [Series: Int] = [:]

  init(_ runs: [Run]) {
    let count = runs.reduce(0) { $0 + $1.reading.measurements.count }
    observed.reserveCapacity(count)
    places.reserveCapacity(count)
    // What a failed run left behind is listed where nothing better was measured, and never a repetition.
    for run in runs.filter({ $0.reading.failure == nil }) + runs.filter({ $0.reading.failure != nil }) {
      if formats[run.profile] == nil { formats[run.profile] = run.reading.source.format }
      if let tag = run.reading.facts["split_by"] { splitTags[run.profile] = tag }
      details.merge(run.reading.details) { known, more in known + more.filter { !known.contains($0) } }
      var names = endpoints[run.profile] ?? [Series.wholeRun]
      endpointTags[run.profile, default: [:]].merge(run.reading.endpointTags) { first, _ in first }
      for measurement in run.reading.measurements {
        if run.reading.failure != nil, self[measurement.series] != nil { continue }
        if add(measurement) { names.insert(measurement.series.endpoint) }
      }
      endpoints[run.profile] = names
    }
  }

  /// The measured series, nil where it was not measured.
  subscript(series: Series) -> Observed? { places[series].map { observed[$0] } }

  /// Whether an endpoint has any value of a metric.
  func has(metric: String, endpoint: String, profile: String) -> Bool {
    observed.contains {
      let series = $0.measurement.series
      return series.metric == metric && series.endpoint == endpoint && series.profile == profile
    }
  }

  /// - Returns: whether the series was not known yet.
  private mutating func add(_ measurement: MetricValue) -> Bool {
    guard let place = places.updateValue(observed.count, forKey: measurement.series) else {
      observed.append(Observed(measurement))
      return true
    }
    places[measurement.series] = place
    observed[place].add(measurement)
    return false
  }
}
