/// What an editor offers first, and says of it.
enum MetricWords {
  static let load: [(key: String, words: String)] = [
    ("p50", "The median duration of requests."), ("p90", "90 % of requests take no longer."),
    ("p95", "95 % of requests take no longer."), ("p99", "99 % of requests take no longer."),
    ("p99.9", "999 of 1000 requests take no longer."), ("med", "The median duration of requests."),
    ("avg", "The mean duration of requests."), ("min", "The fastest request."),
    ("max", "The slowest request."),
    ("error_rate", "The share of failed requests."),
    ("throughput", "Requests per time, of the run as a whole."),
    ("checks", "The share of checks that held."),
    ("vus_max", "The virtual users there were: the load was applied."),
    ("dropped_iterations.count", "Iterations that could not begin in time."),
    ("http_req_waiting.p95", "95 % of requests wait no longer for the first byte."),
    ("iteration_duration.p95", "95 % of iterations take no longer."),
  ]

  static let page: [(key: String, words: String)] = [
    ("performance", "The score of the category performance."),
    ("accessibility", "The score of the category accessibility."),
    ("best-practices", "The score of the category best practices."),
    ("seo", "The score of the category SEO."),
    ("lcp", "Largest contentful paint."), ("fcp", "First contentful paint."), ("tbt", "Total blocking time."),
    ("cls", "Cumulative layout shift, a number without unit."), ("si", "Speed index."),
    ("tti", "Time to interactive."), ("ttfb", "The server's response time."),
    ("inp", "Interaction to next paint."), ("largest-contentful-paint", "Largest contentful paint."),
    ("first-contentful-paint", "First contentful paint."), ("total-blocking-time", "Total blocking time."),
    ("cumulative-layout-shift", "Cumulative layout shift, a number without unit."),
    ("speed-index", "Speed index."), ("interactive", "Time to interactive."),
    ("total-byte-weight", "Everything the page transfers."),
    ("resource.script.size", "What its scripts transfer."),
    ("resource.total.size", "What the page transfers."),
    ("resource.third-party.count", "Requests to third parties."),
  ]
}
