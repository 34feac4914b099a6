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
    "A name nobody has is reported, with the nearest that somebody has",
    arguments: ["baseline", "\"*\""])
  func unknown(profile: String) {
    let source = MarkedSource("defaults: { \(profile): { ⟨1⟩payment_sucess.rate: \">= 99%\" } }")
    let found = problems(in: source.text, knownMetrics: Self.known)
    #expect(found.map(\.place) == source.places)
    #expect(found.first?.message.contains("unknown metric 'payment_sucess'") == true)
    #expect(found.first?.hint == "did you mean 'payment_success'?")
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
    "Nothing is said where nothing can be known",
    arguments: [
      "defaults: { soak: { mystery.p95: 1s } }",
      "defaults: { baseline: { mystery.p95: { block: 1s, optional: true } } }",
      "pages: { \"/\": { dom-size: 800 } }",
    ])
  func notJudged(text: String) {
    #expect(problems(in: text, knownMetrics: Self.known).isEmpty)
    #expect(problems(in: text, knownMetrics: nil).isEmpty)
  }
}
