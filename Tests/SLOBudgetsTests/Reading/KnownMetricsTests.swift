import Testing

@testable import SLOBudgets

@Suite("Names of custom metrics")
struct KnownMetricsTests {
  static let known: [String: Set<String>] = ["baseline": ["http_reqs", "payment_success{tier:a}"]]

  @Test("A name the results have is right, whatever its tags")
  func known() {
    let text = "defaults: { baseline: { payment_success.rate: \">= 99%\" } }"
    #expect(problems(in: text, knownMetrics: Self.known).isEmpty)
  }

  @Test(
    "A name that is almost a built-in one is reported, in a limit and in a rule",
    arguments: [
      "defaults: { baseline: { ⟨1⟩http_req_failde.rate: \"<= 1%\" } }",
      "defaults: { \"*\": { ⟨1⟩http_req_failde.rate: \"<= 1%\" } }",
      "rules:\n  - ⟨1⟩baseline.http_req_failde.rate <= 1%",
    ])
  func misspelt(text: String) {
    let source = MarkedSource(text)
    let found = problems(in: source.text, knownMetrics: Self.known)
    #expect(found.map(\.place) == source.places)
    #expect(found.first?.message == "unknown metric 'http_req_failde'")
    #expect(found.first?.hint == "did you mean 'http_req_failed'?")
    #expect(problems(in: source.text, knownMetrics: ["baseline": ["http_req_failde"]]).isEmpty)
  }

  @Test(
    "A profile nobody measured whose name is almost a usual one is misspelt, wherever it is named",
    arguments: [
      ("defaults: { ⟨1⟩basline: { p95: 1s } }", "basline", "baseline"),
      ("endpoints: { a: { ⟨1⟩spkie: { p95: 1s } } }", "spkie", "spike"),
      (
        "waivers:\n  - { endpoint: a, metric: p95, max: 1s, until: 2026-12-31, owner: o, reason: r, profile: ⟨1⟩spikee }",
        "spikee", "spike"
      ),
    ])
  func misspeltProfile(text: String, name: String, meant: String) {
    let source = MarkedSource(text)
    let found = problems(in: source.text, knownMetrics: Self.known)
    #expect(found.map(\.place) == source.places)
    #expect(found.first?.message == "unknown profile '\(name)'")
    #expect(found.first?.hint == "did you mean '\(meant)'?")
    #expect(problems(in: source.text, knownMetrics: [name: []]).isEmpty)
    #expect(problems(in: source.text).isEmpty)
  }

  @Test("Profiles may have names of their own", arguments: ["smoke", "soak", "nightly", "spike-large"])
  func ownProfile(name: String) {
    #expect(problems(in: "defaults: { \(name): { p95: 1s } }", knownMetrics: Self.known).isEmpty)
  }

  @Test(
    "A custom metric that no result has is no mistake of the file",
    arguments: [
      "defaults: { soak: { mystery.p95: 1s } }",
      "defaults: { baseline: { mystery.p95: { block: 1s, optional: true } } }",
      "defaults: { baseline: { mystery.p95: 1s, payment_sucess.rate: \">= 99%\" } }",
      "defaults: { \"*\": { errors.count: 10 } }", "rules:\n  - baseline.errors.count <= 10",
      "pages: { \"/\": { dom-size: 800 } }",
    ])
  func notJudged(text: String) {
    #expect(problems(in: text, knownMetrics: Self.known).isEmpty)
    #expect(problems(in: text, knownMetrics: nil).isEmpty)
  }
}
