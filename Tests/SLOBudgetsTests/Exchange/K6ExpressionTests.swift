import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Expressions of k6's thresholds")
struct K6ExpressionTests {
  /// The limits that options become, without their metric, and what is remarked.
  private func imported(_ metric: String, _ expression: String) throws -> (
    limits: Set<String>, remarks: [String]
  ) {
    let document = #"{"thresholds": {"\#(metric)": ["\#(expression)"]}}"#
    var budget = BudgetImport(profile: "x")
    try budget.add(Array(document.utf8), file: "in")
    let budgets = try Budgets.parse(budget.text, file: "out.yaml")
    let limits = budgets.limits(profile: "x", endpoint: "*")
    return (
      Set(limits.map { "\($0.statistic) \($0.comparison.rawValue) \(BoundText.decimal($0.bound))" }),
      budget.remarks
    )
  }

  @Test(
    "At the ends of a share and a count equal and unequal are limits",
    arguments: [
      ("checks", "rate==1", "rate >= 1"), ("checks", "rate === 1.0", "rate >= 1"),
      ("own", "rate==1", "rate >= 1"), ("http_req_failed", "rate==0", "rate <= 0"),
      ("http_req_failed", "rate!=1", "rate < 1"), ("checks", "rate!=0", "rate > 0"),
      ("errors", "count==0", "count <= 0"), ("iterations", "count!=0", "count > 0"),
    ])
  func equal(metric: String, expression: String, limit: String) throws {
    let (limits, remarks) = try imported(metric, expression)
    #expect(limits == [limit])
    #expect(remarks.isEmpty, "\(remarks)")
  }

  @Test(
    "Elsewhere they are none",
    arguments: [
      ("checks", "rate==0.9"), ("own", "avg==2"), ("own", "count!=5"), ("iterations", "rate==1"),
      ("own", "value==0"),
    ])
  func unequal(metric: String, expression: String) throws {
    let (limits, remarks) = try imported(metric, expression)
    #expect(limits.isEmpty && remarks.count == 1 && remarks[0].contains(expression))
  }

  @Test(
    "What k6 refuses is refused, with what it wants",
    arguments: [
      ("http_req_duration", "p95<500", "p(95)<500"), ("own", "p99.9 < 5", "p(99.9)<5"),
      ("checks", "rate=1", "rate==1"), ("checks", "rate=>0.9", "operator =>"), ("own", "score<1", "score"),
      ("http_req_duration", "rate<1", "avg"), ("http_reqs", "p(95)<5", "count, rate"),
      ("checks", "avg>1", "it has rate"), ("vus_max", "max>5", "it has value"),
      ("own", "p(95)<5ms", "number"),
      ("own", "p(95)", "METHOD"),
    ])
  func refused(metric: String, expression: String, wanted: String) throws {
    let (limits, remarks) = try imported(metric, expression)
    #expect(limits.isEmpty && remarks.count == 1)
    #expect(remarks.first?.contains(wanted) == true, "\(remarks)")
  }

  @Test(
    "A number is in what the script counts in",
    arguments: [
      ("delay_seconds", "p(95)<3", "p95 < 3000"), ("pool_percent", "value<70", "value < 0.7"),
      ("payload_kb", "max<500", "max < 500000"), ("wait", "p(95)<400", "p95 < 400"),
      ("delay_seconds", "count<3", "count < 3"), ("http_req_duration", "p(95)<400", "p95 < 400"),
    ])
  func units(metric: String, expression: String, limit: String) throws {
    #expect(try imported(metric, expression).limits == [limit])
  }

  @Test(
    "An import that lost every rule that blocks is toothless, one that kept some is not",
    arguments: [
      (#"{"thresholds": {"own": ["p95<5"]}}"#, true),
      (#"{"thresholds": {"own": ["p95<5", "avg<9"]}}"#, false),
      (#"{"assertions": {"performance-budget": "error"}}"#, true),
      (
        #"{"assertions": {"performance-budget": "error", "categories:seo": ["error", {"minScore": 0.9}]}}"#,
        false
      ),
      (
        #"{"assertions": {"performance-budget": "error", "categories:seo": ["warn", {"minScore": 0.9}]}}"#,
        true
      ),
      (
        #"{"assertions": {"categories:seo": ["warn", {"minScore": 0.9, "aggregationMethod": "median"}]}}"#,
        false
      ),
    ])
  func toothless(document: String, isToothless: Bool) throws {
    var budget = BudgetImport()
    try budget.add(Array(document.utf8), file: "in")
    #expect(budget.isToothless == isToothless, "\(budget.text)")
  }
}
