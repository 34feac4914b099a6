import SLOBudgets
import SLOModel
import SLOStatistics
import SLOSupport

/// Limits that the samples of past checks are too few for.
extension BudgetHealth {
  /// A limit on a percentile, and the most samples any past check had of it.
  fileprivate struct Coverage {
    var limit: Limit
    var series: Series
    var samples: Int
    var asked: Int
  }

  /// Limits on percentiles that no past check had samples enough for: fewer than `min_samples`, of which nothing is
  /// judged, or so few that the percentile is about the largest of them.
  static func unresolved(_ checks: [Evaluation]) -> [LintFinding] {
    var most: [Limit: Coverage] = [:]
    for coverage in checks.flatMap(\.coverages) {
      let known = most[coverage.limit]
      if known == nil || known.map({ $0.samples < coverage.samples }) == true {
        most[coverage.limit] = coverage
      }
    }
    return most.values.compactMap(finding)
  }

  private static func finding(_ coverage: Coverage) -> LintFinding? {
    guard let percentile = coverage.limit.statistic.percentile, percentile < 100, percentile >= 50 else {
      return nil
    }
    let needed = Int(saturating: (100 / (100 - percentile)).rounded(.up))
    let (series, samples) = (coverage.series, coverage.samples)
    let endpoint = series.endpoint == Series.wholeRun ? "the whole run" : series.endpoint
    let what = "\(series.profile) \(series.metric).\(series.statistic) of \(endpoint)"
    if samples < coverage.asked {
      return LintFinding(
        .limitFewSamples,
        "\(what) is never judged: no stored check has more than \(samples) of the \(coverage.asked) samples that"
          + " min_samples asks for", at: coverage.limit.place,
        hint: "measure longer, or write a smaller min_samples for it")
    }
    guard samples < needed else { return nil }
    return LintFinding(
      .limitFewSamples,
      "\(what) cannot be estimated from \(samples) samples, the most a stored check has: it is about their maximum, and"
        + " takes \(needed)", at: coverage.limit.place, hint: "measure longer, or limit a lower percentile")
  }
}

extension Evaluation {
  /// The measured percentiles that have limits.
  fileprivate var coverages: [BudgetHealth.Coverage] {
    let samples = Dictionary(
      candidates.observed.compactMap { observed in
        observed.measurement.samples.map { (observed.measurement.series, $0) }
      }
    ) { max($0, $1) }
    return trials.compactMap { trial in
      guard trial.limit.statistic.percentile != nil, let count = samples[trial.series] else { return nil }
      let tag = candidates.endpointTags[trial.series.profile]?[trial.series.endpoint]
      return BudgetHealth.Coverage(
        limit: trial.limit, series: trial.series, samples: count,
        asked: budgets.minimumSamples(
          profile: trial.series.profile, endpoint: trial.series.endpoint, endpointTag: tag))
    }
  }
}
