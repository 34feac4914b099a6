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

  @Test("An environment says which facts a run must have, and how many rows its tables have")
  func demands() throws {
    let budgets = try Budgets.parse(
      """
      environments:
        perf:
          stage: perf
          requires: [rds_class, lambda_memory, rds_class]
          rows: { messages: 20M ±5%, users: 250000, public.rooms: 1.5k +-20%, events: 2B }
      profiles: { baseline: { requires: dataset-quality }, spike: { requires: [tests, baseline] } }
      """, file: "b.yaml")
    let demand = budgets.demand(ofEnvironment: "perf")
    #expect(demand.requires == ["lambda_memory", "rds_class"])
    let rows = demand.rows.mapValues { [$0.number, $0.tolerance] }
    #expect(
      rows == [
        "messages": [20_000_000, 0.05], "users": [250_000, 0.1], "public.rooms": [1_500, 0.2],
        "events": [2_000_000_000, 0.1],
      ])
    // The rows are facts of the sizing, so that another scale begins a history of its own.
    #expect(try budgets.environment(named: "perf").sizing["rows.messages"] == "20000000")
    #expect(try budgets.environment(named: "perf").sizing["requires"] == nil)
    #expect(budgets.requirements(ofProfile: "baseline") == ["dataset-quality"])
    #expect(budgets.requirements(ofProfile: "spike") == ["baseline", "tests"])
    #expect(budgets.requirements(ofProfile: "soak").isEmpty)
    #expect(budgets.demand(ofEnvironment: "staging") == EnvironmentDemand())
  }

  @Test(
    "A number of rows is a tolerance around a number",
    arguments: [(900.0, true), (1_100, true), (899, false), (1_101, false)])
  func tolerance(measured: Double, isAdmitted: Bool) throws {
    let count = try #require(EnvironmentDemand.RowCount(parsing: "1k"))
    #expect(count.admits(measured) == isAdmitted)
  }

  @Test(
    "What is no number of rows is refused",
    arguments: [
      "20 M rows", "-5", "0", "1e6", "20M ±100%", "20M ±", "20M ± 5 rows", "20M ±5% ±5%", "nan", "", "M",
    ])
  func noRows(text: String) { #expect(EnvironmentDemand.RowCount(parsing: text) == nil) }

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
