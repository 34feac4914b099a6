import Testing

@testable import SLOBudgets

@Suite("The profile somebody meant")
struct ProfileSuggestionTests {
  @Test(
    "A measured one goes before a usual one",
    arguments: [
      ("basline", [], "baseline"), ("spikee", [], "spike"), ("soka", [], "soak"),
      ("lighthouse-mobil", ["baseline"], "lighthouse-mobile"),
      ("lighthose-desktop", [], "lighthouse-desktop"),
      ("nighly", ["nightly"], "nightly"), ("spikea", ["spikeb"], "spikeb"),
    ] as [(String, Set<String>, String)])
  func near(name: String, measured: Set<String>, meant: String) {
    #expect(Budgets.builtIn.suggestion(forProfile: name, among: measured) == meant)
  }

  @Test(
    "Nothing is said of what was measured, has a usual name, or is near to nothing",
    arguments: [
      ("basline", ["basline"]), ("smoke", ["spike"]), ("spike", ["spiky"]), ("nightly", ["baseline"]),
    ]
      as [(String, Set<String>)])
  func far(name: String, measured: Set<String>) {
    #expect(Budgets.builtIn.suggestion(forProfile: name, among: measured) == nil)
  }
}
