public import SLOHistory
public import SLOModel

/// The one figure by which an endpoint or a page is looked at where nobody names any.
public enum KeyFigures {
  /// What stands for an endpoint, the first that its run has: of web pages and of load in one list.
  public static let all: [MetricFigure] = ranked.flatMap(\.self)

  /// Figures that stand for an endpoint alike, those first that go before the others.
  private static let ranked: [[MetricFigure]] = [
    [p95("http_req_duration"), MetricFigure(metric: "largest-contentful-paint", statistic: .value)],
    [
      p95("grpc_req_duration"), p95("ws_connecting"), p95("ws_session_duration"),
      p95("browser_http_req_duration"), p95("browser_web_vital_lcp"),
    ],
    [p95("iteration_duration"), p95("group_duration")],
  ]

  private static func p95(_ metric: String) -> MetricFigure {
    MetricFigure(metric: metric, statistic: .p95)
  }

  /// Recorded series without those that only stand for an endpoint where a better one is missing.
  public static func chosen(from cohort: CohortHistory) -> CohortHistory {
    var chosen = cohort
    for figures in ranked {
      let names = Set(figures.map(\.metric))
      let found = cohort.series.filter { names.contains($0.series.metric) }
      if !found.isEmpty {
        chosen.series = found
        break
      }
    }
    return chosen
  }
}
