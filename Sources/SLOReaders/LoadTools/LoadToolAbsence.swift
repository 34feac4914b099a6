import SLOModel

/// What to do about a figure that the result of a load tool does not have, by its format.
struct LoadToolAbsence {
  /// How the names of the formats begin.
  private let format: String
  /// About a percentile, where the result has others.
  private let percentile: String
  /// About an endpoint that the result does not have.
  private let endpoint: String

  private init(_ format: String, percentile: String = "", endpoint: String) {
    (self.format, self.percentile, self.endpoint) = (format, percentile, endpoint)
  }

  /// The advice as a sentence; nil for results of other tools.
  static func remedy(for figure: MissingFigure) -> String? {
    guard let format = figure.format, let tool = tools.first(where: { format.hasPrefix($0.format) }) else {
      return nil
    }
    let (series, place) = (figure.series, figure.series.endpoint)
    if series.metric == "http_req_duration", figure.hasMetric, series.statistic.percentile != nil,
      !tool.percentile.isEmpty
    {
      return tool.percentile
    }
    if !measured.contains(series.metric) {
      return "A \(format) result never has \(series.metric); it has \(measured.joined(separator: ", "))."
    }
    if series.metric == "http_req_failed" || series.metric == "http_reqs", place == Series.wholeRun {
      return "The result does not say \(series.metric) \(series.statistic)"
        + (format == "jmeter-csv"
          ? ": set jmeter.save.saveservice.successful=true and jmeter.save.saveservice.timestamp_format=ms."
          : ": write it with the tool's own options for a whole report.")
    }
    if place != Series.wholeRun, !figure.hasMetric { return tool.endpoint }
    return "The result has \(series.metric)\(place == Series.wholeRun ? "" : " of \(place)"), but not its"
      + " \(series.statistic)."
  }

  private static let measured = [
    "http_req_duration", "http_req_failed", "http_reqs", "group_duration", "vus_max",
  ]

  private static let wholeRun =
    "measures a run as a whole: set the limit under defaults, and give each target a profile."

  private static let tools = [
    LoadToolAbsence(
      "jmeter-",
      endpoint: "No sample has that label: is it the name of a request in the test plan, and was it made?"),
    LoadToolAbsence(
      "gatling-stats",
      percentile: "A Gatling report has four percentiles, 50, 75, 95 and 99 unless gatling.conf sets others"
        + " (charting.indicators). Pass simulation.log of a release that writes text, which has every one.",
      endpoint:
        "No request of the report has that name: is it written as in the report, with its groups in front?"),
    LoadToolAbsence(
      "gatling-log",
      endpoint:
        "No request of the log has that name: is it written as in the report, with its groups in front?"),
    LoadToolAbsence(
      "locust-csv",
      percentile: "Locust writes the percentiles of PERCENTILES_TO_REPORT. Add it there, or pass the file of"
        + " --json-file, from which every one follows.",
      endpoint:
        "No request has that name in Locust's statistics: is it the name of the request, and was it made?"),
    LoadToolAbsence(
      "locust-json",
      endpoint:
        "No request has that name in Locust's statistics: is it the name of the request, and was it made?"),
    LoadToolAbsence(
      "artillery-1",
      percentile: "A report of Artillery 1 has p50, p95 and p99. Artillery 2 has p75, p90 and p99.9 too.",
      endpoint: "A report of Artillery 1 has figures of the run as a whole: run Artillery 2 with the plugin"
        + " metrics-by-endpoint."),
    LoadToolAbsence(
      "artillery-2",
      percentile: "An Artillery report has p50, p75, p90, p95, p99 and p99.9.",
      endpoint:
        "Artillery measures endpoints where config.plugins has metrics-by-endpoint: add it, and name requests."
    ),
    LoadToolAbsence(
      "wrk2-text",
      percentile: "Run wrk2 with --latency: it prints p50, p75, p90, p95, p99, p99.9 and p99.99.",
      endpoint: "wrk2 " + wholeRun),
    LoadToolAbsence(
      "wrk-text",
      percentile: "Run wrk with --latency: it prints p50, p75, p90 and p99, and never another.",
      endpoint: "wrk " + wholeRun),
    LoadToolAbsence(
      "hey-text",
      percentile: "hey prints p10, p25, p50, p75, p90, p95 and p99. With -o csv it writes every answer.",
      endpoint: "hey " + wholeRun),
    LoadToolAbsence("hey-csv", endpoint: "hey " + wholeRun),
    LoadToolAbsence(
      "oha-", percentile: "oha writes p10, p25, p50, p75, p90, p95, p99, p99.9 and p99.99.",
      endpoint: "oha " + wholeRun),
    LoadToolAbsence(
      "vegeta-report",
      percentile:
        "A Vegeta report has p50, p90, p95 and p99. Pass what vegeta encode writes, which has every one.",
      endpoint: "A Vegeta report has figures of the run as a whole: pass what vegeta encode writes."),
    LoadToolAbsence(
      "vegeta-text",
      percentile:
        "A Vegeta report has p50, p90, p95 and p99. Pass what vegeta encode writes, which has every one.",
      endpoint: "A Vegeta report has figures of the run as a whole: pass what vegeta encode writes."),
    LoadToolAbsence("vegeta-", endpoint: "No result has that address: was it among the targets?"),
  ]
}
