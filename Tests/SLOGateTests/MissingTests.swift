import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Missing is not passing")
struct MissingTests {
  @Test("A budgeted percentile k6 was not asked for is missing, and the option to add is reported")
  func percentile() throws {
    let budget = "defaults: { baseline: { p95: 400ms, p99.9: 2s } }"
    let verdict = try Check([p95(100)], budget: budget).verdict()
    let missing = try #require(verdict.findings.first { $0.outcome == .missing })
    #expect(missing.series.statistic.rawValue == "p99.9")
    #expect(missing.value == nil)
    #expect(missing.unit == .milliseconds)
    #expect(missing.budget?.remedy?.contains("--summary-trend-stats") == true)
    #expect(missing.budget?.remedy?.contains("p(99.9)") == true)
    #expect(verdict.code == .inconclusive)
    #expect(verdict.gaps == ["1 budgeted value missing"])
  }

  @Test("One command line gives every percentile the profile's budgets speak of, each once")
  func command() throws {
    let budget = """
      defaults: { baseline: { p95: 400ms, p99: 1s } }
      endpoints: { search: { baseline: { p99.9: 2s, p50: 90ms } } }
      """
    let verdict = try Check([p95(100), p95(100, of: "search")], budget: budget).verdict()
    let remedies = Set(verdict.findings.compactMap { $0.budget?.remedy })
    #expect(
      remedies == [
        "k6 writes only the percentiles it is asked for. Run it with --summary-trend-stats"
          + " \"avg,min,med,p(90),p(95),p(99),p(99.9),max,count\"."
      ])
  }

  @Test("A budgeted metric of the whole run that no result has is missing")
  func metric() throws {
    let budget = "defaults: { baseline: { error_rate: 1%, p95: 400ms } }"
    let verdict = try Check([p95(100)], budget: budget).verdict()
    let missing = try #require(verdict.finding(errorRate(0)))
    #expect(missing.outcome == .missing)
    #expect(missing.budget?.remedy?.contains("http_req_failed") == true)
  }

  @Test(
    "An entry no endpoint of a run answers to is missing, once for each limit",
    arguments: ["checkout", "GET /pay*"])
  func endpoint(pattern: String) throws {
    let budget = "endpoints: { \"\(pattern)\": { baseline: { p95: 400ms, p99: 1s } } }"
    let verdict = try Check([p95(100), p95(100, of: "search")], budget: budget).verdict()
    let missing = verdict.findings.filter { $0.outcome == .missing }
    #expect(missing.map(\.series.endpoint) == [pattern, pattern])
    #expect(missing.first?.budget?.remedy?.contains("'\(pattern)'") == true)
    #expect(verdict.gaps == ["2 budgeted values missing"])
  }

  @Test("A glob one endpoint answers to is met; the run as a whole answers to none")
  func glob() throws {
    let budget = "endpoints: { \"GET /pay*\": { baseline: { p95: 400ms } } }"
    #expect(try Check([p95(1, of: "GET /pay/1")], budget: budget).verdict().code == .pass)
    let everything = "endpoints: { \"*x*\": { baseline: { p95: 400ms } } }"
    #expect(try Check([p95(1)], budget: everything).verdict().code == .inconclusive)
  }

  @Test("An endpoint's own limit on a metric it lacks is missing, and the threshold to add is reported")
  func endpointMetric() throws {
    let budget = "endpoints: { search: { baseline: { p95: 400ms } } }"
    let measured = [value("http_req_failed", .rate, 0, of: "search")]
    let missing = try #require(try Check(measured, budget: budget).verdict().finding(p95(0, of: "search")))
    #expect(missing.outcome == .missing)
    #expect(missing.budget?.remedy?.contains("http_req_duration{TAG:search}") == true)
  }

  @Test("An endpoint that has the metric of a default, and not its statistic, is missing it")
  func defaultStatistic() throws {
    let budget = "defaults: { baseline: { p99: 900ms } }"
    let verdict = try Check([p99(1), p95(1, of: "search")], budget: budget).verdict()
    #expect(verdict.finding(p99(0, of: "search"))?.outcome == .missing)
  }

  @Test(
    "An optional limit asks for nothing that is not there, and holds for what is",
    arguments: ["endpoints: { search: { baseline: ", "defaults: { baseline: "])
  func optional(head: String) throws {
    let isEntry = head.hasPrefix("endpoints")
    let budget =
      head + "{ p99: { block: 1s, optional: true } } }" + (isEntry ? " }" : "") + "\nrules: [p95 <= 1s]"
    let endpoint = isEntry ? "search" : Series.wholeRun
    #expect(try Check([p95(1, of: endpoint)], budget: budget).verdict().code == .pass)
    #expect(try Check([p95(1)], budget: budget).verdict().code == .pass)
    #expect(try Check([p99(1_001, of: endpoint)], budget: budget).verdict().code == .overBudget)
  }

  @Test("A limit that only warns is missing like any other")
  func warning() throws {
    let verdict = try Check([p95(1)], budget: "defaults: { baseline: { p99: { warn: 1s } } }").verdict()
    #expect(verdict.code == .inconclusive)
  }

  @Test("A page's audit that gave no value is missing, and k6 is not spoken of")
  func audit() throws {
    let performance = value("performance", .score, 0.95, of: "/", profile: "lighthouse-mobile")
    let check = Check([performance], budget: "pages: { \"/\": { lcp: 2.5s, performance: \">= 0.9\" } }")
    let verdict = try check.verdict()
    #expect(verdict.code == .inconclusive)
    let remedy = try #require(verdict.findings.first { $0.outcome == .missing }?.budget?.remedy)
    #expect(remedy.contains("largest-contentful-paint") && !remedy.contains("k6"))
  }
}

@Suite("Defaults of pages")
struct PageDefaultTests {
  private func verdict(_ measured: [MetricValue], failure: String? = nil) throws -> Verdict {
    var check = Check([], budget: "defaults: { lighthouse-mobile: { performance: \">= 0.9\" } }")
    check.runs = [
      run(measured, profile: "lighthouse-mobile", format: "lighthouse", failure: failure)
    ]
    return try check.verdict()
  }

  private func page(_ metric: String, _ statistic: Statistic, _ number: Double, of page: String)
    -> MetricValue
  {
    value(metric, statistic, number, of: page, profile: "lighthouse-mobile")
  }

  @Test("They are of every page; pages have no figures as a whole", arguments: [(0.95, 0), (0.8, 1)])
  func pages(score: Double, code: Int32) throws {
    let verdict = try verdict([
      page("performance", .score, 0.99, of: "/"), page("performance", .score, score, of: "/cart"),
    ])
    #expect(verdict.code.rawValue == code)
    #expect(verdict.evaluated == 2)
  }

  @Test("A page without the audit is missing it: every report has every audit")
  func missing() throws {
    let verdict = try verdict([
      page("performance", .score, 0.99, of: "/"), page("speed-index", .value, 900, of: "/cart"),
    ])
    #expect(verdict.findings.filter { $0.outcome == .missing }.map(\.series.endpoint) == ["/cart"])
  }

  @Test("Where every report failed, what was asked for is missing")
  func failed() throws {
    let verdict = try verdict([], failure: "NO_FCP")
    #expect(verdict.code == .inconclusive)
    #expect(verdict.outcomes == [.missing: 1])
  }
}
