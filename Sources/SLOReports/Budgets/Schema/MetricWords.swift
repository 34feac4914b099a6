import SLOBudgets
import SLOModel
import SLOSupport

/// A metric that an editor offers first, and what it says of it.
struct MetricWords {
  let key: String
  let words: String

  private init(_ key: String, _ words: String) { (self.key, self.words) = (key, words) }

  /// What a limit on it looks like.
  func reference(onPage: Bool) -> JSONText {
    let figure = try? NamedFigure(parsing: key)
    let form = figure.flatMap { figure in
      MetricCatalogue.traits(of: figure.metric).map { BoundForm($0, figure.statistic, onPage: onPage) }
    }
    return SchemaPart.reference((form ?? BoundForm(.anything)).name, words)
  }

  static let load = [
    MetricWords("p50", "The median duration of requests."),
    MetricWords("p90", "90 % of requests take no longer."),
    MetricWords("p95", "95 % of requests take no longer."),
    MetricWords("p99", "99 % of requests take no longer."),
    MetricWords("p99.9", "999 of 1000 requests take no longer."),
    MetricWords("med", "The median duration of requests."),
    MetricWords("avg", "The mean duration of requests."), MetricWords("min", "The fastest request."),
    MetricWords("max", "The slowest request."),
    MetricWords("error_rate", "The share of failed requests."),
    MetricWords("throughput", "Requests per time, of the run as a whole."),
    MetricWords("checks", "The share of checks that held."),
    MetricWords("vus_max", "The virtual users there were: the load was applied."),
    MetricWords("dropped_iterations.count", "Iterations that could not begin in time."),
    MetricWords("http_req_waiting.p95", "95 % of requests wait no longer for the first byte."),
    MetricWords("iteration_duration.p95", "95 % of iterations take no longer."),
  ]

  static let page = [
    MetricWords("performance", "The score of the category performance."),
    MetricWords("accessibility", "The score of the category accessibility."),
    MetricWords("best-practices", "The score of the category best practices."),
    MetricWords("seo", "The score of the category SEO."),
    MetricWords("lcp", "Largest contentful paint."), MetricWords("fcp", "First contentful paint."),
    MetricWords("tbt", "Total blocking time."),
    MetricWords("cls", "Cumulative layout shift, a number without unit."), MetricWords("si", "Speed index."),
    MetricWords("tti", "Time to interactive."), MetricWords("ttfb", "The server's response time."),
    MetricWords("inp", "Interaction to next paint."),
    MetricWords("largest-contentful-paint", "Largest contentful paint."),
    MetricWords("first-contentful-paint", "First contentful paint."),
    MetricWords("total-blocking-time", "Total blocking time."),
    MetricWords("cumulative-layout-shift", "Cumulative layout shift, a number without unit."),
    MetricWords("speed-index", "Speed index."), MetricWords("interactive", "Time to interactive."),
    MetricWords("total-byte-weight", "Everything the page transfers."),
    MetricWords("resource.script.size", "What its scripts transfer."),
    MetricWords("resource.total.size", "What the page transfers."),
    MetricWords("resource.third-party.count", "Requests to third parties."),
  ]
}
