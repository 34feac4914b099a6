import SLOModel
import SLOStatistics

/// What a check measured, by series: the repetitions of every run that gave values.
struct Candidates {
  /// One series as measured.
  struct Observed {
    var measurement: Measurement
    var repetitions: [Double] = []
    var trials: [Int?] = []

    /// The judged value: the median of the repetitions.
    var value: Double {
      repetitions.count == 1 ? measurement.value : SortedSample(repetitions)?.median ?? measurement.value
    }

    /// The trials behind each repetition, where every one is known.
    var knownTrials: [Int]? { trials.contains(nil) ? nil : trials.compactMap { $0 } }

    /// Observations over all repetitions, where every one is known.
    var samples: Int? { knownTrials?.reduce(0, +) }
  }

  /// Every measured series.
  private(set) var observed: [Series: Observed] = [:]
  /// The tag that named each endpoint, by profile and endpoint.
  private(set) var endpointTags: [String: [String: String]] = [:]
  /// The endpoints of each profile, the run as a whole among them.
  private(set) var endpoints: [String: Set<String>] = [:]

  init(_ runs: [Run]) {
    for run in runs {
      endpoints[run.profile, default: []].insert(Series.wholeRun)
      endpointTags[run.profile, default: [:]].merge(run.reading.endpointTags) { first, _ in first }
      guard run.reading.failure == nil else { continue }
      for measurement in run.reading.measurements {
        endpoints[run.profile, default: []].insert(measurement.series.endpoint)
        observed[measurement.series, default: Observed(measurement: measurement)].add(measurement)
      }
    }
  }

  /// Whether an endpoint has any value of a metric.
  func has(metric: String, endpoint: String, profile: String) -> Bool {
    observed.keys.contains { $0.metric == metric && $0.endpoint == endpoint && $0.profile == profile }
  }
}

extension Candidates.Observed {
  fileprivate mutating func add(_ next: Measurement) {
    repetitions.append(next.value)
    trials.append(next.samples)
  }
}
