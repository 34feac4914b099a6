import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Facts: figures whose results say their unit and direction")
struct FactTests {
  private func fact(
    _ metric: String, _ number: Double, _ statistic: Statistic = .value, unit: MetricUnit = .unitless,
    better: Direction? = nil, samples: Int? = nil
  ) -> MetricValue {
    value(
      metric, statistic, number, of: "cdn", profile: "facts", unit: unit, better: better, samples: samples)
  }

  private func check(_ facts: [MetricValue], _ limits: String) -> Check {
    Check(facts, budget: "facts: { cdn: { \(limits) } }")
  }

  @Test(
    "A limit is held in the unit of the fact, and in another one it is missing",
    arguments: [
      (0.93, MetricUnit.ratio, "\">= 90%\"", Finding.Outcome.ok), (0.89, .ratio, "\">= 90%\"", .over),
      (0.93, .ratio, "\">= 0.9\"", .ok), (400, .milliseconds, "\"< 0.5s\"", .ok),
      (400, .unitless, "\"< 500\"", .ok),
      (3, .count, "\"<= 2\"", .over), (2, .perSecond, "\">= 60/min\"", .ok),
      (400, .milliseconds, "\"< 1KB\"", .missing),
      (400, .milliseconds, "\"< 500\"", .missing), (0.93, .ratio, "\">= 93\"", .missing),
    ])
  func units(number: Double, unit: MetricUnit, limit: String, outcome: Finding.Outcome) throws {
    let measured = fact("figure", number, unit: unit)
    let finding = try check([measured], "figure: \(limit)").verdict().finding(measured)
    #expect(finding?.outcome == outcome || outcome == .ok && finding?.outcome == .near)
  }

  @Test("A share of few samples is no measurement; a figure that is no share may rest on one")
  func fewSamples() throws {
    let rate = fact("hit_rate", 1, unit: .ratio, samples: 19)
    #expect(try check([rate], "hit_rate: \">= 90%\"").verdict().code == .inconclusive)
    let enough = fact("hit_rate", 1, unit: .ratio, samples: 20)
    #expect(try check([enough], "hit_rate: \">= 90%\"").verdict().code == .pass)
    #expect(try check([fact("depth", 1, samples: 1)], "depth: \"<= 2\"").verdict().code == .pass)
  }

  @Test(
    "A fact that says which way it is better is held against its history, and another one is not",
    arguments: [
      (Direction?.some(.lower), Finding.Outcome.regressed), (.some(.higher), .improved), (nil, .recorded),
    ])
  func history(better: Direction?, outcome: Finding.Outcome) throws {
    let measured = fact("build", 300, unit: .milliseconds, better: better)
    var check = Check([measured])
    check.windows = ["facts": window([measured.series: calm])]
    #expect(try check.verdict().finding(measured)?.outcome == outcome)
  }

  @Test("Of observations the median and p95 are, where there are enough of them, and no other statistic")
  func observations() throws {
    let facts = [Statistic.median, .p95, .p99, .maximum, .average].map {
      fact("render", 300, $0, unit: .milliseconds, better: .lower, samples: 500)
    }
    var check = Check(facts)
    check.windows = [
      "facts": window(Dictionary(uniqueKeysWithValues: facts.map { ($0.series, calm) }), samples: 500)
    ]
    let verdict = try check.verdict()
    let compared = facts.filter { verdict.finding($0)?.outcome == .regressed }
    #expect(compared.map(\.series.statistic) == [.median, .p95])
  }
}
