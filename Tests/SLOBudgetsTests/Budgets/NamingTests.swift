import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Names in budget files")
struct BudgetNamingTests {
  @Test(
    "An entry that is a URL is for the path that the URL is named by",
    arguments: ["https://jo:pw@shop.example:8443/users/17?x=1", "http://h/users/{id}", "/users/{id}"])
  func addresses(key: String) throws {
    let text = "endpoints: { \"\(key)\": { baseline: { p95: 9ms } } }\npages: { \"\(key)\": { lcp: 2s } }"
    let budgets = try Budgets.parse(text, file: "b.yaml")
    #expect(budgets.limits(profile: "baseline", endpoint: "/users/{id}").count == 1)
    let match = "endpoints: { u: { match: { url: \"\(key)\" }, baseline: { p95: 9ms } } }"
    let matched = try Budgets.parse(match, file: "b.yaml")
    #expect(matched.limits(profile: "baseline", endpoint: "/users/{id}", endpointTag: "name").count == 1)
    #expect(matched.limits(profile: "baseline", endpoint: "/users/{id}", endpointTag: "scenario").isEmpty)
  }

  @Test("An entry for a page with a query keeps the page's parameters")
  func queries() throws {
    let text = "pages: { \"/cart?id=7&x=1\": { lcp: 2s }, \"/search\": { query: [q], lcp: 2s } }"
    let rules = try Budgets.parse(text, file: "b.yaml").namingOfResults
    #expect(rules.queries == ["/cart": ["id", "x"], "/search": ["q"]])
  }

  @Test("Canonically equal keys are one key, whatever a file spells")
  func composed() throws {
    let text = "service: cafe\u{301}\nendpoints: { \"cafe\u{301}*\": { baseline: { p95: 9ms } } }"
    let budgets = try Budgets.parse(text, file: "b.yaml")
    #expect(budgets.service.map { Array($0.utf8) } == Array("caf\u{e9}".utf8))
    #expect(budgets.limits(profile: "baseline", endpoint: "caf\u{e9} au lait").count == 1)
  }
}
