import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Settings of a budget")
struct SettingsTests {
  @Test("The sample budget is read whole")
  func sample() throws {
    let budgets = try Budgets.parse(sampleBudget, file: "gateway.yaml")
    #expect(budgets.service == "gateway")
    #expect(budgets.repetitions == 3)
    #expect(budgets.files == ["gateway.yaml"])
    #expect(budgets.limits(profile: "spike", endpoint: "search", endpointTag: "endpoint").count == 4)
    #expect(budgets.limits(profile: "lighthouse-mobile", endpoint: "/search?q=x").map(\.bound) == [0.7])
    #expect(budgets.waivers.map(\.reason) == ["SRE-812 token cache rollout"])
  }

  @Test("Values of an environment stay as they were written")
  func environments() throws {
    let budgets = try Budgets.parse(sampleBudget, file: "gateway.yaml")
    let perf = try budgets.environment(named: "perf")
    #expect(perf.name == "perf")
    #expect(perf.sizing["lambda_memory"] == "1024MB")
    #expect(perf.sizing["cloudfront"] == "true")
    #expect(try budgets.environment(named: "staging").sizing["cloudfront"] == "no")
  }

  @Test(
    "An unknown environment is reported with the names there are",
    arguments: [("prf", "did you mean 'perf'?"), ("production", "known are perf, staging")])
  func unknownEnvironment(name: String, remedy: String) throws {
    let budgets = try Budgets.parse(sampleBudget, file: "gateway.yaml")
    let error = #expect(throws: UnknownEnvironment.self) { try budgets.environment(named: name) }
    #expect(error?.description.contains(remedy) == true)
  }

  @Test("The name of an unknown environment cannot forge a line")
  func forgedEnvironment() throws {
    let budgets = try Budgets.parse(#"environments: { "a\nb": { x: 1 } }"#, file: "b.yaml")
    let error = #expect(throws: UnknownEnvironment.self) { try budgets.environment(named: "p\u{1b}\n") }
    #expect(
      error?.description == #"no budget file describes the environment 'p\u{1b}\u{a}'; known are a\u{a}b"#)
  }

  @Test("The regression policy is read in canonical units")
  func regression() throws {
    let settings = try Budgets.parse(sampleBudget, file: "gateway.yaml").regression
    #expect(settings.blocks)
    #expect(settings.falseDiscoveryRate == 0.05)
    #expect(settings.relativeChange == 0.05)
    #expect(settings.absoluteChange(in: .milliseconds) == 5)
    #expect(settings.absoluteChange(in: .ratio) == 0.002)
    #expect(settings.absoluteChange(in: .bytes) == 1_000)
    #expect(settings.absoluteChange(in: .score) == nil)
    #expect(settings.window == 30)
    #expect(settings.minimumHistory == 5)
    #expect(settings.creep?.anchor == "v1.4.0")
    #expect(settings.creep?.maximum == 0.1)
    #expect(settings.creep?.place.line == 35)
  }

  @Test(
    "What a file does not say is left to the statistics",
    arguments: ["version: 1", "regression:", "waivers: []"])
  func silence(text: String) throws {
    let budgets = try Budgets.parse(text, file: "b.yaml")
    #expect(budgets.regression == RegressionSettings())
    #expect(budgets.repetitions == 1)
    #expect(budgets.service == nil)
  }
}
