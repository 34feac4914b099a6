import Testing

@testable import SLOBudgets

@Suite("Profiles that a release has to be measured under")
struct ExpectedProfileTests {
  @Test(
    "A profile that any section names is expected",
    arguments: [
      "defaults: { soak: { p95: 1s } }", "run: { soak: { p95: 1s } }",
      "endpoints: { a: { soak: { p95: 1s } } }", "rules: [soak.p95 <= 1s]",
      "run: { soak: { p95: { max_increase: 5% } } }",
      "endpoints: { a: { match: { method: GET }, soak: { p95: 1s } } }",
    ])
  func named(text: String) throws {
    let budgets = try Budgets.parse(text, file: "b.yaml")
    #expect(budgets.expectedProfiles.map(\.name) == ["soak"])
    #expect(budgets.expectedProfiles.map(\.place.line) == [1])
    #expect(budgets.absentProfiles(measured: ["baseline"]).map(\.name) == ["soak"])
    #expect(budgets.absentProfiles(measured: ["soak"]).isEmpty)
    #expect(
      try Budgets.parse("profiles: { soak: { optional: true } }\n" + text, file: "b.yaml").expectedProfiles
        .isEmpty)
  }

  @Test(
    "What names none, or asks for nothing that must be there, expects none",
    arguments: [
      "version: 1", "defaults: { \"*\": { p95: 1s } }", "rules: [vus_max >= 5]",
      "profiles: { soak: { min_samples: 5 } }", "rules: [{ rule: soak.p95 <= 1s, optional: true }]",
      "run: { soak: { p95: { block: 1s, optional: true } } }",
    ])
  func unnamed(text: String) throws {
    #expect(try Budgets.parse(text, file: "b.yaml").expectedProfiles.isEmpty)
  }

  @Test("Pages without a form factor are content with either")
  func pages() throws {
    let budgets = try Budgets.parse("pages: { /: { lcp: 2s } }", file: "b.yaml")
    #expect(budgets.expectedProfiles.map(\.name) == ["lighthouse-mobile"])
    #expect(budgets.absentProfiles(measured: ["lighthouse-desktop"]).isEmpty)
    #expect(budgets.absentProfiles(measured: ["lighthouse-mobile"]).isEmpty)
    #expect(!budgets.absentProfiles(measured: ["baseline"]).isEmpty)
  }

  @Test("A form factor that limits name is expected itself, in whatever order the files come")
  func formFactors() throws {
    let texts = ["pages: { /: { lcp: 2s } }", "pages: { /a: { mobile: { lcp: 2s } } }"]
    for files in [texts, texts.reversed()] {
      let budgets = try parse(files: files.enumerated().map { ("\($0).yaml", $1) })
      #expect(!budgets.absentProfiles(measured: ["lighthouse-desktop"]).isEmpty)
      #expect(budgets.absentProfiles(measured: ["lighthouse-mobile"]).isEmpty)
    }
    let desktop = try Budgets.parse("pages: { /: { lcp: 2s, desktop: { tbt: 1s } } }", file: "b.yaml")
    #expect(desktop.absentProfiles(measured: ["lighthouse-mobile"]).map(\.name) == ["lighthouse-desktop"])
    #expect(desktop.absentProfiles(measured: ["lighthouse-desktop"]).isEmpty)
  }

  @Test("The built-in limits expect no profile")
  func builtIn() { #expect(Budgets.builtIn.expectedProfiles.isEmpty) }
}
