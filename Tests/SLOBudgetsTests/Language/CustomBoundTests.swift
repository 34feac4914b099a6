import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Bounds on custom metrics")
struct CustomBoundTests {
  @Test(
    "A limit is in the unit that the name or a declaration says",
    arguments: [
      ("delay_seconds.p95: 1s", 1_000, .milliseconds), ("delay_seconds.p95: 900ms", 900, .milliseconds),
      ("payload_kb.max: 500KB", 500_000, .bytes), ("pool_percent.value: \"< 70%\"", 0.7, .ratio),
      ("pool_percent.value: \"< 0.7\"", 0.7, .ratio), ("gain_ratio.value: \">= 2\"", 2, .ratio),
      ("cpu_percent.value: \"< 250%\"", 2.5, .ratio), ("level.value: \"< 70%\"", 0.7, .ratio),
      ("depth.value: \"< 5\"", 5, .count), ("own.p95: 400ms", 400, .milliseconds), ("own.p95: 5", 5, nil),
      ("own.count: \"< 5\"", 5, nil), ("own.rate: \"< 5%\"", 0.05, .ratio), ("odd_s.p95: 5", 5, .unitless),
    ] as [(String, Double, MetricUnit?)])
  func taken(limit: String, bound: Double, unit: MetricUnit?) throws {
    let budgets = try parse(files: [
      ("a.yaml", "run: { x: { \(limit) } }"),
      ("b.yaml", "metrics: { level: { unit: percent }, depth: { unit: count }, odd_s: { unit: none } }"),
    ])
    let found = try #require(budgets.limits(profile: "x", endpoint: "*").first)
    #expect((found.bound, found.unit) == (bound, unit))
  }

  static let mistakes = [
    Diagnostic(
      "run: { x: { level.value: ⟨1⟩\"< 70%\" } }", "has no unit that slogate knows, found a share",
      hint: "metrics: { level: { unit: percent } }"),
    Diagnostic("run: { x: { level.p95: ⟨1⟩70% } }", "has no unit that slogate knows", hint: "metrics:"),
    Diagnostic("run: { x: { delay_seconds.p95: ⟨1⟩3 } }", "is a time, found a number", hint: "write 3s"),
    Diagnostic("run: { x: { delay_seconds.p95: ⟨1⟩3KB } }", "is a time, found a size", hint: "metrics:"),
    Diagnostic("run: { x: { pool_percent.value: ⟨1⟩\"< 70\" } }", "is in percent", hint: "write 70%"),
    Diagnostic("run: { x: { own.rate: ⟨1⟩5ms } }", "is a share or a number per time, found a time"),
    Diagnostic("run: { x: { own.count: ⟨1⟩5% } }", "is a number of samples or a total, found a share"),
    Diagnostic("run: { x: { own.value: ⟨1⟩\"< 5/s\" } }", "has no unit that slogate knows", hint: "5"),
    Diagnostic("rules: [⟨1⟩baseline.level.value < 70%]", "has no unit that slogate knows"),
  ]

  @Test("What can be known to be no unit of the metric is refused with the remedy", arguments: mistakes)
  func mistake(_ diagnostic: Diagnostic) {
    let source = MarkedSource(diagnostic.source)
    let found = problems(in: source.text)
    #expect(found.count == 1 && found.first?.place.line == 1, "\(found)")
    #expect(found.first?.message.contains(diagnostic.messages[0]) == true, "\(found)")
    if let hint = diagnostic.hint { #expect(found.first?.hint?.contains(hint) == true, "\(found)") }
  }

  @Test("With results at hand a unit that they do not have is refused, one that they have is not")
  func results() throws {
    let bytes = Array("run: { x: { own.p95: 400ms } }".utf8)
    func load(_ units: Set<MetricUnit>) throws(BudgetProblems) -> Budgets {
      var loader = BudgetLoader(
        vocabulary: Vocabulary(knownMetrics: ["x": ["own"]], knownUnits: ["own": units]))
      loader.add(bytes: bytes, file: "b.yaml")
      return try loader.finish()
    }
    #expect(try load([.milliseconds]).limits(profile: "x", endpoint: "*").count == 1)
    #expect(try load([.milliseconds, .unitless]).limits(profile: "x", endpoint: "*").count == 1)
    #expect(try load([]).limits(profile: "x", endpoint: "*").count == 1)
    for units in [[.unitless], [.bytes]] as [Set<MetricUnit>] {
      let error = #expect(throws: BudgetProblems.self) { try load(units) }
      #expect(error?.description.contains("metrics: { own: { unit: ms } }") == true)
    }
  }
}
