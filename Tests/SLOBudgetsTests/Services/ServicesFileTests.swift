import Testing

@testable import SLOBudgets

@Suite("slogate.yaml")
struct ServicesFileTests {
  private func read(_ text: String) throws -> ServicesFile {
    try ServicesFile(parsing: Array(text.utf8), file: "slogate.yaml")
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch {
      return (error as? BudgetProblems)?.problems.map(\.description) ?? ["\(error)"]
    }
  }

  @Test("Services keep the order of the file, and what one does not say is that of the defaults")
  func defaults() throws {
    let file = try read(
      """
      version: 1
      defaults: { environment: perf, history: h.sqlite, env: { stage: perf, size: small } }
      services:
        search:
        orders: { environment: eu, env: { size: large }, budgets: [a.yaml, b] }
      """)
    #expect(file.services.map(\.name) == ["search", "orders"])
    let (search, orders) = (file.services[0], file.services[1])
    #expect(search.environment == "perf" && search.history == "h.sqlite" && search.budgets.isEmpty)
    #expect(orders.environment == "eu" && orders.budgets == ["a.yaml", "b"])
    #expect(orders.facts.map { "\($0.key)=\($0.value)" } == ["stage=perf", "size=large"])
    #expect(!search.namesResults)
  }

  @Test("A service stands for options of the command line, its results among them")
  func arguments() throws {
    let file = try read(
      """
      services:
        orders:
          set: { pool: 20 }
          profiles: { baseline: [b-1.json, b-2.json], soak: s.json }
          lighthouse: .lighthouseci
          evidence: tests=junit.xml
      """)
    let arguments = file.services[0].arguments { ["budgets/\($0)"] }.map { "\($0.option)=\($0.value)" }
    #expect(
      arguments == [
        "--budgets=budgets/orders", "--set=pool=20", "--profile=baseline=b-1.json",
        "--profile=baseline=b-2.json", "--profile=soak=s.json", "--lighthouse=.lighthouseci",
        "--evidence=tests=junit.xml",
      ])
  }

  @Test(
    "What is wrong is reported with its place and what to write",
    arguments: [
      ("version: 2\nservices: { a: {} }", "slogate.yaml:1:10: version '2' is unknown"),
      ("services:\n  a: { budget: x }", "slogate.yaml:2:8: unknown key 'budget' in the service 'a'"),
      ("services: {}", "slogate.yaml:1:11: 'services' names none"),
      ("defaults: { environment: perf }", "slogate.yaml:1:1: 'services' is missing"),
      ("services:\n  a/b: {}", "slogate.yaml:2:3: 'a/b' is no name of a service"),
      ("services:\n  a: {}\n  a: {}", "slogate.yaml:3:3: the key 'a' is already set on line 2"),
      ("services: { a: { profiles: { spike: [] } } }", "slogate.yaml:1:37: 'spike' is an empty list"),
      ("services: { a: { profiles: { \"a=\": x } } }", "slogate.yaml:1:30: 'a=' is no name of a profile"),
      ("", "slogate.yaml:1:1: is empty, expected services"),
      ("services: { \"::error::x\": {} }", "slogate.yaml:1:13: '::error::x' is no name of a service"),
      ("services: [a]", "slogate.yaml:1:11: 'services' must be a mapping, found a list"),
      (
        "defaults: { profiles: {} }\nservices: { a: {} }",
        "slogate.yaml:1:13: unknown key 'profiles' in 'defaults'"
      ),
      ("services: { a: { env: { a=b: c } } }", "slogate.yaml:1:25: 'a=b' is no name of a key"),
    ])
  func mistakes(text: String, problem: String) {
    let found = problems(text)
    #expect(found.contains { $0.hasPrefix(problem) }, "\(found)")
  }
}
