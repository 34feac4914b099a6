public import SLOModel

/// What to do about a figure that the results of a load do not have.
enum LoadAbsence {
  @Sendable static func remedy(for figure: MissingFigure) -> String {
    if let remedy = LoadToolAbsence.remedy(for: figure) { return remedy }
    let (series, hasMetric, format) = (figure.series, figure.hasMetric, figure.format ?? "")
    if format.hasPrefix("k6-samples") {
      let place = series.endpoint == Series.wholeRun ? "" : " of \(series.endpoint)"
      return hasMetric
        ? "The samples\(place) contain \(series.metric), but not its \(series.statistic)."
        : "No sample\(place) is of \(series.metric): was any such request made, and under that tag?"
    }
    if hasMetric, format.hasPrefix("k6-summary-1") {
      return "k6's machine-readable summary never has \(series.statistic.k6Name)."
        + " Pass the file of --summary-export, written without --new-machine-readable-summary."
    }
    if hasMetric, series.statistic.percentile != nil {
      return "k6 writes only the percentiles it is asked for. Run it with --summary-trend-stats"
        + " \"\(trendStatistics(with: figure.percentiles))\"."
    }
    if series.endpoint != Series.wholeRun {
      return "k6 summarises an endpoint only where a threshold names it: add"
        + " '\(series.metric){TAG:\(series.endpoint)}': [] to the script's thresholds."
    }
    return "No result of profile \(series.profile) measured \(series.metric): was any request made?"
  }

  /// The option under which results have every percentile asked for.
  private static func trendStatistics(with percentiles: Set<Statistic>) -> String {
    let all = percentiles.filter { $0 != .p50 }.union([.median, .p90, .p95]).sorted()
    return (["avg", "min"] + all.map(\.k6Name) + ["max", "count"]).joined(separator: ",")
  }
}

extension Statistic {
  /// The way k6's options and thresholds write it: `p(95)`.
  public var k6Name: String {
    guard rawValue.hasPrefix("p"), percentile != nil else { return rawValue }
    return "p(" + rawValue.dropFirst() + ")"
  }
}
