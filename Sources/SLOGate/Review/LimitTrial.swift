package import SLOBudgets
package import SLOModel

/// One value of a past check compared with one limit that is effective for it.
package struct LimitTrial: Sendable {
  /// The series.
  package var series: Series
  /// The limit.
  package var limit: Limit
  /// The value: the median of the repetitions.
  package var value: Double
  /// The unit of the value.
  package var unit: MetricUnit
  /// The waiver that lets a value through which breaks the limit.
  package var waiver: Waiver?

  /// Whether the value keeps the limit.
  package var isKept: Bool { limit.holds(value) }

  /// Whether the release is blocked by it.
  package var blocks: Bool { !isKept && waiver == nil && limit.severity == .block }
}

extension Evaluation {
  /// Every measured value next to every limit effective for it. A value in another unit than its limit is left out.
  package var trials: [LimitTrial] {
    var effective: [String: [String: [Limit]]] = [:]
    return candidates.observed.flatMap { observed in
      let series = observed.measurement.series
      let limits =
        effective[series.profile]?[series.endpoint] ?? budget.limits(for: series.endpoint, series.profile)
      effective[series.profile, default: [:]][series.endpoint] = limits
      return limits.filter {
        $0.metric == series.metric && $0.statistic == series.statistic
          && budget.isComparable(observed.measurement, with: $0)
      }
      .map { trial(of: observed, $0) }
    }
  }

  private func trial(of observed: Candidates.Observed, _ limit: Limit) -> LimitTrial {
    let series = observed.measurement.series
    var trial = LimitTrial(
      series: series, limit: limit, value: observed.value, unit: observed.measurement.unit)
    if !trial.isKept, limit.severity == .block {
      trial.waiver = budgets.waiver(
        for: limit, profile: series.profile, endpoint: series.endpoint,
        endpointTag: candidates.endpointTags[series.profile]?[series.endpoint], value: trial.value, now: now)
    }
    return trial
  }
}
