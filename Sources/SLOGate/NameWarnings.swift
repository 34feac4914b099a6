import SLOHistory
import SLOModel

/// Tells of names that were those of another thing in the commits looked back on: it was not measured by this run, and
/// what has its name now is not compared with it.
func nameWarnings(_ evaluation: Evaluation) -> [String] {
  evaluation.windows.sorted { $0.key < $1.key }.flatMap { profile, window in
    window.otherTags.sorted { $0.key < $1.key }.flatMap { endpoint, tags in
      tags.filter { !evaluation.candidates.has(endpoint, namedBy: $0, profile: profile) }.map { tag in
        let now = evaluation.candidates.endpointTags[profile]?[endpoint] ?? "another tag"
        return
          "\(profile): '\(endpoint)' was named by the tag \(tag) and is named by \(now) now: they are two endpoints,"
          + " and that of \(tag) was not measured by this run"
      }
    }
  }
}

extension Candidates {
  /// Whether an endpoint that another tag has the name of was measured, as a sub-metric of the run.
  fileprivate func has(_ endpoint: String, namedBy tag: String, profile: String) -> Bool {
    let suffix = MetricName(base: "", tags: [tag: endpoint]).description
    return observed.contains {
      let series = $0.measurement.series
      return series.profile == profile && series.endpoint == Series.wholeRun
        && series.metric.hasSuffix(suffix)
    }
  }
}
