import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Effective limits")
struct ResolutionTests {
  static let text = """
    owner: everyone
    defaults:
      baseline: { p95: 400ms, p99: 900ms, error_rate: 1% }
      "*": { p99: 2s, checks: ">= 99%" }
    endpoints:
      search:
        owner: search-team
        baseline: { p95: { block: 500ms, warn: 300ms } }
        "*": { p95: 3s, p99: 4s }
      "sea*": { baseline: { p95: 600ms, error_rate: 2% } }
      "s*h*": { baseline: { error_rate: 3%, med: 100ms } }
      "*": { soak: { med: 1s } }
      label: { match: { name: "GET /users/*" }, baseline: { p95: 50ms } }
      slow gets: { match: { method: GET, status: 200 }, baseline: { p95: 70ms } }
    pages:
      "/": { lcp: 2.5s, cls: 0.1, mobile: { lcp: 4s } }
      "/*": { performance: ">= 0.5", lcp: 9s }
    """

  @Test("The subjects that have limits are asked for, patterns as well")
  func subjects() throws {
    let text =
      "queries: { \"*\": { mean: 1s }, \"SELECT * FROM a*\": { mean: 1s }, \"COMMIT #1\": { calls: 5 } }"
    let subjects = try Budgets.parse(text, file: "b.yaml").demand().subjects
    #expect(subjects.map(\.text).sorted() == ["*", "COMMIT #1", "SELECT * FROM a*"])
  }

  /// Limits as short lines: `http_req_duration.p95 < 400`.
  static func lines(
    _ text: String = text, profile: String, endpoint: String, tag: String? = nil
  ) throws -> Set<String> {
    let budgets = try Budgets.parse(text, file: "b.yaml")
    let limits = budgets.limits(profile: profile, endpoint: endpoint, endpointTag: tag)
    return Set(
      limits.map { limit in
        let name = limit.metric.replacing("http_req_duration", with: "d").replacing(
          "http_req_failed", with: "f")
        let bound = limit.bound == limit.bound.rounded() ? String(Int(limit.bound)) : String(limit.bound)
        let severity = limit.severity == .warn ? " warn" : ""
        return "\(name).\(limit.statistic) \(limit.comparison.rawValue) \(bound)\(severity)"
      })
  }

  @Test(
    "The most specific entry wins, key by key",
    arguments: [
      (
        "baseline", "search",
        ["d.p95 < 500", "d.p95 < 300 warn", "d.p99 < 4000", "f.rate < 0.02", "d.med < 100"]
      ),
      ("baseline", "seal", ["d.p95 < 600", "f.rate < 0.02", "d.p99 < 900"]),
      ("baseline", "sandhill", ["d.p95 < 400", "f.rate < 0.03", "d.med < 100", "d.p99 < 900"]),
      ("baseline", "other", ["d.p95 < 400", "f.rate < 0.01", "d.p99 < 900"]),
      ("spike", "search", ["d.p95 < 3000", "d.p99 < 4000"]), ("spike", "other", ["d.p99 < 2000"]),
      ("soak", "other", ["d.p99 < 2000", "d.med < 1000"]),
    ])
  func precedence(profile: String, endpoint: String, expected: [String]) throws {
    let lines = try Self.lines(profile: profile, endpoint: endpoint)
    #expect(lines == Set(expected + ["checks.rate >= 0.99"]))
  }

  @Test("The run as a whole has the defaults and the limits on its sub-metrics")
  func wholeRun() throws {
    let expected: Set = [
      "d.p95 < 400", "d.p99 < 900", "f.rate < 0.01", "checks.rate >= 0.99",
      "d{method:GET,status:200}.p95 < 70",
    ]
    #expect(try Self.lines(profile: "baseline", endpoint: "*") == expected)
  }

  @Test(
    "A match names the tag: an endpoint of another tag is not meant; name and url are one",
    arguments: [("name", true), (nil, true), ("url", true), ("route", false)] as [(String?, Bool)])
  func match(tag: String?, isMeant: Bool) throws {
    let lines = try Self.lines(profile: "baseline", endpoint: "GET /users/7/x", tag: tag)
    #expect(lines.contains("d.p95 < 50") == isMeant)
  }

  @Test(
    "A page's form factor overrides the page, and the page overrides a glob",
    arguments: [
      (
        "lighthouse-mobile", "/",
        ["largest-contentful-paint.value <= 4000", "cumulative-layout-shift.value <= 0.1"]
      ),
      (
        "lighthouse-desktop", "/",
        ["largest-contentful-paint.value <= 2500", "cumulative-layout-shift.value <= 0.1"]
      ),
      ("lighthouse-mobile", "/a", ["largest-contentful-paint.value <= 9000"]),
    ])
  func pages(profile: String, endpoint: String, expected: [String]) throws {
    #expect(
      try Self.lines(profile: profile, endpoint: endpoint) == Set(expected + ["performance.score >= 0.5"]))
  }

  @Test("A limit knows its place, its owner, its entry and whether it is a default")
  func provenance() throws {
    let budgets = try Budgets.parse(Self.text, file: "b.yaml")
    let limits = budgets.limits(profile: "baseline", endpoint: "search")
    let own = try #require(limits.first { $0.severity == .warn })
    #expect(own.owner == "search-team")
    #expect(own.entry == "search")
    #expect(!own.isDefault)
    #expect(own.place == Place(file: "b.yaml", line: 8, column: 38))
    let general = try #require(limits.first { $0.metric == "checks" })
    #expect(general.owner == "everyone")
    #expect(general.isDefault)
  }

  @Test("Targets are the entries that ask for endpoints under a profile, exact ones first")
  func targets() throws {
    let budgets = try Budgets.parse(Self.text, file: "b.yaml")
    let targets = budgets.targets(profile: "baseline")
    #expect(targets.map(\.pattern) == ["search", "GET /users/*", "sea*", "s*h*"])
    #expect(targets.map(\.isExact) == [true, false, false, false])
    #expect(targets[1].matches("GET /users/1", endpointTag: "name"))
    #expect(!targets[1].matches("GET /users/1", endpointTag: "route"))
    #expect(budgets.targets(profile: "lighthouse-mobile").map(\.pattern) == ["/", "/*"])
  }

  @Test(
    "In a pattern * stands for any text and nothing else is special",
    arguments: [
      ("*", "anything/at all", true), ("/search*", "/search", true), ("/search*", "/search/a/b", true),
      ("/search*", "/sear", false), ("*.json", "/a/b.json", true), ("a*b*c", "a-b-c", true),
      ("a*b*c", "acb", false), ("ab*ba", "aba", false), ("**", "x", true), ("a?c", "abc", false),
      ("[ab]", "a", false), ("a.c", "abc", false), ("*é*", "café!", true), ("x*", "x*", true), ("", "", true),
    ])
  func patterns(pattern: String, endpoint: String, matches: Bool) {
    #expect(EndpointPattern(pattern).matches(endpoint) == matches)
  }

  @Test("The six built-in limits hold for the run as a whole alone")
  func builtIn() {
    func lines(_ profile: String, _ endpoint: String) -> [String] {
      Budgets.builtIn.limits(profile: profile, endpoint: endpoint).map {
        "\($0.metric).\($0.statistic) \($0.comparison.rawValue) \($0.bound) \($0.severity)"
      }
    }
    #expect(
      lines("baseline", "*") == [
        "http_req_duration.p95 < 400.0 block", "http_req_duration.p99 < 900.0 block",
        "http_req_failed.rate < 0.01 block",
      ])
    #expect(
      lines("spike", "*") == [
        "http_req_duration.p95 < 500.0 block", "http_req_duration.p99 < 1200.0 block",
        "http_req_failed.rate < 0.02 block",
      ])
    #expect(lines("baseline", "search").isEmpty)
    #expect(lines("soak", "*").isEmpty)
    #expect(Budgets.builtIn.limits(profile: "baseline", endpoint: "*").first?.holds(400.0) == false)
  }

  @Test("What stands under run is of the run as a whole alone, and goes before the defaults there")
  func run() throws {
    let text = """
      defaults: { baseline: { p95: 400ms, p99: 900ms } }
      run: { baseline: { p95: 300ms, "http_req_duration{status:200}.med": 50ms }, "*": { queue_depth.value: "<= 9" } }
      """
    let whole = try ResolutionTests.lines(text, profile: "baseline", endpoint: Series.wholeRun)
    #expect(
      whole == ["d.p95 < 300", "d.p99 < 900", "d{status:200}.med < 50", "queue_depth.value <= 9"])
    #expect(
      try ResolutionTests.lines(text, profile: "baseline", endpoint: "a") == ["d.p95 < 400", "d.p99 < 900"])
  }

  @Test("A limit under run and again on the same tags under endpoints is one too many")
  func runTwice() throws {
    let text = """
      run: { baseline: { "http_req_duration{method:GET}.p95": 50ms } }
      endpoints: { gets: { match: { method: GET }, baseline: { p95: 70ms } } }
      """
    let problems = #expect(throws: BudgetProblems.self) { try Budgets.parse(text, file: "b.yaml") }
    #expect(problems?.problems.first?.message.contains("is already set at b.yaml:1:20") == true)
  }
}
