import SLOModel
import SLOReaders
import Testing

@testable import SLOBudgets

@Suite("Keys of metrics")
struct MetricKeyTests {
  @Test(
    "A key names a metric and a statistic",
    arguments: [
      ("p95", .load, "http_req_duration", "p95"), ("p99.9", .load, "http_req_duration", "p99.9"),
      ("med", .load, "http_req_duration", "med"), ("error_rate", .load, "http_req_failed", "rate"),
      ("throughput", .load, "http_reqs", "rate"), ("checks", .load, "checks", "rate"),
      ("http_req_waiting.p99.9", .load, "http_req_waiting", "p99.9"),
      ("payment_success.rate", .load, "payment_success", "rate"), ("a.b.c.p75", .load, "a.b.c", "p75"),
      (
        "http_req_duration{expected_response:true}.p95", .load, "http_req_duration{expected_response:true}",
        "p95"
      ),
      ("m{b:2, a:1.rate}.count", .load, "m{a:1.rate,b:2}", "count"),
      ("http_req_failed{scenario:x}", .load, "http_req_failed{scenario:x}", "rate"),
      // A kind's own metric goes before what the word is short for elsewhere.
      ("max", .load, "http_req_duration", "max"), ("max", .database, "max", "value"),
      ("max.value", .database, "max", "value"), ("calls", .database, "calls", "count"),
      ("vus_max", .load, "vus_max", "value"), ("lcp", .page, "largest-contentful-paint", "value"),
      ("lcp.value", .page, "largest-contentful-paint", "value"),
      ("performance", .page, "performance", "score"),
      ("resource.script.size", .page, "resource.script", "size"),
      ("dom-size", .page, "dom-size", "value"), ("viewport.score", .page, "viewport", "score"),
      ("speed-index.score", .page, "speed-index", "score"),
      ("unused-javascript.count", .page, "unused-javascript", "count"),
      ("user-timings:hero-image", .page, "user-timings:hero-image", "value"),
      ("field.largest-contentful-paint", .page, "field.largest-contentful-paint", "p75"),
      ("field-origin.cumulative-layout-shift.p75", .page, "field-origin.cumulative-layout-shift", "p75"),
      ("field.interaction-to-next-paint.good", .page, "field.interaction-to-next-paint.good", "rate"),
      ("cdn_hit_rate", .fact, "cdn_hit_rate", "value"), ("latency.p95", .fact, "latency", "p95"),
      ("p95", .fact, "p95", "value"), ("error_rate", .fact, "error_rate", "value"),
      ("lcp", .fact, "lcp", "value"), ("http_req_duration.p99", .fact, "http_req_duration", "p99"),
    ] as [(String, EvidenceKind, String, String)])
  func named(text: String, kind: EvidenceKind, metric: String, statistic: String) throws {
    let key = try MetricKey(parsing: text, of: kind)
    #expect(key.metric == metric)
    #expect(key.statistic.rawValue == statistic)
  }

  @Test("Where results say which way a metric is better no name says it, and a limit has an operator")
  func described() throws {
    for name in ["latency.p95", "errors.rate", "error_rate", "passed.count"] {
      #expect(try MetricKey(parsing: name, of: .fact).better == nil)
    }
    let declared: DeclaredMetrics = ["latency": DeclaredMetric(better: .lower)]
    #expect(try MetricKey(parsing: "latency.p95", of: .fact, declared: declared).better == .lower)
    let found = problems(in: "facts: { cdn: { latency.p95: 400ms } }")
    #expect(found.map(\.message) == ["'latency.p95' needs an operator"])
    let upper = try parse(files: [
      ("a.yaml", "metrics: { latency: { better: lower } }\nfacts: { cdn: { latency.p95: 400ms } }")
    ])
    #expect(upper.limits(profile: "facts", endpoint: "cdn").map(\.comparison) == [.below])
  }

  @Test("What an audit scores and lists has its unit and direction, whatever audit it is")
  func audits() throws {
    let (score, count) = (
      try MetricKey(parsing: "viewport.score", of: .page),
      try MetricKey(parsing: "viewport.count", of: .page)
    )
    #expect(score.unit == .score && score.better == .higher)
    #expect(count.unit == .count && count.better == .lower)
    #expect(try MetricKey(parsing: "orders.count", of: .load).traits == nil)
    #expect(try NamedFigure(parsing: "orders.count").metric == "orders")
    let share = try MetricKey(parsing: "field.largest-contentful-paint.good", of: .page)
    #expect(share.unit == .ratio && share.better == .higher)
  }

  @Test("A name alone is the sole statistic of a metric of any kind, of those asked for first")
  func soleOfAnyKind() throws {
    let figures = { (text: String, profiles: [String]) in
      try NamedFigure.figures(named: text, of: profiles).map { "\($0.metric).\($0.statistic)" }
    }
    #expect(try figures("gzip", []) == ["gzip.value"])
    #expect(try figures("failed", []) == ["failed.count"])
    #expect(try figures("gzip", ["dist"]) == ["gzip.value"])
    #expect(try figures("depth", ["facts"]) == ["depth.value"])
    #expect(try figures("p95", ["baseline"]) == ["http_req_duration.p95"])
    #expect(try figures("lcp", ["lighthouse-mobile", "tests"]) == ["largest-contentful-paint.value"])
    #expect(throws: NamedFigure.Unknown.self) { try figures("gzip", ["baseline"]) }
    #expect(throws: NamedFigure.Unknown.self) { try figures("payment_success", []) }
  }

  @Test(
    "A key that names none is refused with what to write",
    arguments: [
      ("payment_success", .load, "which statistic", "payment_success.rate"),
      ("http_req_duration", .load, "which statistic", "http_req_duration.p95"),
      ("p(95)", .load, "k6's spelling", "write p95"), ("eror_rate", .load, "unknown metric", "error_rate"),
      ("http_req_duration.rate", .load, "no statistic 'rate'", "p95"),
      ("lcp", .load, "of Lighthouse", "pages"),
      ("p95", .page, "of k6", "endpoints"),
      ("resource.scripts.size", .page, "unknown resource type", "script"),
      ("resource.script", .page, "which statistic", "resource.script.size"),
      ("p101", .load, "no percentile", "p0 to p100"),
      ("http_req_duration.p200", .load, "no percentile", "p0 to p100"),
      ("x", .load, "which statistic", "Trend"), ("", .load, "which statistic", ""),
      ("field.largest-contentful-paint.p95", .page, "no statistic 'p95'", "p75"),
      ("field.largest-contentful-paint.good.p75", .page, "no statistic 'p75'", "rate"),
      ("field.largest-contentful-paint", .load, "of Lighthouse", "pages"),
      ("user-timings:x", .load, "of Lighthouse", "pages"),
      (".rate", .load, "which statistic", ""), ("performance.value", .page, "no statistic", "score"),
    ] as [(String, EvidenceKind, String, String)])
  func refused(text: String, kind: EvidenceKind, message: String, hint: String) {
    let error = #expect(throws: MetricKey.Malformed.self) { try MetricKey(parsing: text, of: kind) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    #expect(hint.isEmpty || error?.hint?.contains(hint) == true, "\(String(describing: error))")
  }
}
