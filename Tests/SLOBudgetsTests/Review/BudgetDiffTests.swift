import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Two states of the budgets are compared in effect")
struct BudgetDiffTests {
  private func diff(
    _ before: String, _ after: String, known: Set<BudgetSubject> = []
  ) throws -> BudgetDiff {
    BudgetDiff(
      from: try Budgets.parse(before, file: "old.yaml"), to: try Budgets.parse(after, file: "new.yaml"),
      known: known)
  }

  /// The effect of writing one limit in place of another.
  private func effect(_ before: String, _ after: String) throws -> ChangeEffect? {
    let diff = try diff(
      "defaults: { baseline: { \(before) } }", "defaults: { baseline: { \(after) } }")
    #expect(diff.limits.count <= 1)
    return diff.limits.first?.effect
  }

  static let steps: [(String, String, ChangeEffect?)] = [
    ("p95: 400ms", "p95: 0.4s", nil),
    ("p95: 400ms", "p95: \"< 400ms\"", nil),
    ("p95: 400ms", "http_req_duration.p95: 400ms", nil),
    ("p95: 400ms", "p95: 500ms", .loosened),
    ("p95: 400ms", "p95: 300ms", .tightened),
    ("p95: 400ms", "p95: \"<= 400ms\"", .loosened),
    ("throughput: \">= 100/s\"", "throughput: \">= 90/s\"", .loosened),
    ("throughput: \">= 100/s\"", "throughput: \"> 100/s\"", .tightened),
    ("throughput: \">= 100/s\"", "throughput: \"<= 100/s\"", .changed),
    ("throughput: \">= 230/s\"", "throughput: \">= capacity(1e6/d, burst 20, headroom 20%)\"", .tightened),
    ("throughput: \">= capacity(1e6/d, burst 20)\"", "throughput: \">= capacity(1e6/d)\"", .loosened),
    ("throughput: \">= 230/s\"", "throughput: \">= capacity(230/s)\"", nil),
    ("p95: { block: 400ms }", "p95: { warn: 400ms }", .loosened),
    ("p95: { warn: 400ms }", "p95: { block: 400ms }", .tightened),
    ("p95: { block: 400ms }", "p95: { block: 400ms, optional: true }", .loosened),
    ("p95: { block: 400ms }", "p95: { block: 300ms, optional: true }", .loosened),
    ("p95: 400ms, p99: 1s", "p95: 400ms", .loosened),
    ("p95: 400ms", "p95: 400ms, p99: 1s", .tightened),
    ("p95: { block: 1s }", "p95: { block: 1s, warn: 500ms }", .tightened),
  ]

  @Test("Every step has its direction", arguments: steps)
  func direction(before: String, after: String, expected: ChangeEffect?) throws {
    #expect(try effect(before, after) == expected)
  }

  @Test("A default's change shows every endpoint it reaches, and none that has its own limit")
  func reach() throws {
    let file = { (p95: String) in
      """
      defaults: { baseline: { p95: \(p95), p99: 1s } }
      endpoints:
        own: { baseline: { p95: 100ms } }
        other: { baseline: { p99: 2s } }
      pages: { "/": { lcp: 2s } }
      """
    }
    let known: Set = [BudgetSubject(profile: "baseline", endpoint: "measured", endpointTag: "name")]
    let change = try #require(try diff(file("400ms"), file("500ms"), known: known).limits.first)
    #expect(change.reach.map(\.endpoint) == ["*", "measured", "other"])
    #expect(change.share == 0.25)
    #expect(change.before?.place.file == "old.yaml" && change.after?.place.file == "new.yaml")
  }

  @Test("An entry that is looser than the default it takes the place of is a loosening")
  func hidden() throws {
    let diff = try diff(
      "defaults: { baseline: { p95: 400ms } }",
      "defaults: { baseline: { p95: 400ms } }\nendpoints: { slow: { baseline: { p95: 2s } } }")
    #expect(diff.limits.map(\.effect) == [.loosened])
    #expect(diff.limits.first?.reach.map(\.endpoint) == ["slow"])
    #expect(diff.limits.first?.share == 4)
  }

  @Test("Limits of every profile change for those that are named and for the others")
  func everyProfile() throws {
    let diff = try diff(
      "endpoints: { a: { \"*\": { p95: 1s }, spike: { p99: 2s } } }",
      "endpoints: { a: { \"*\": { p95: 2s }, spike: { p99: 2s } } }")
    #expect(diff.limits.first?.reach.map(\.profile) == ["*", "spike"])
  }

  @Test("A file put in another order, and an entry given by tag, differ in nothing")
  func order() throws {
    let diff = try diff(
      "owner: a\ndefaults: { baseline: { p95: 1s, p99: 2s }, spike: { p95: 2s } }",
      "defaults:\n  spike: { p95: 2s }\n  baseline:\n    p99: 2000ms\n    p95: 1s\nowner: a")
    #expect(diff.limits.isEmpty && diff.rules.isEmpty && diff.waivers.isEmpty)
  }

  @Test("Another owner is a change that neither loosens nor tightens")
  func owner() throws {
    let diff = try diff(
      "owner: a\ndefaults: { baseline: { p95: 1s } }", "owner: b\ndefaults: { baseline: { p95: 1s } }")
    #expect(diff.limits.map(\.effect) == [.changed])
  }

  static let rules: [(String, String, ChangeEffect?)] = [
    ("spike.p95 <= 3 * baseline.p95", "spike.p95<=300% * baseline.p95", nil),
    ("spike.p95 <= 3 * baseline.p95", "spike.p95 <= 4 * baseline.p95", .loosened),
    ("spike.p95 <= 3 * baseline.p95", "spike.p95 < 3 * baseline.p95", .tightened),
    ("vus_max >= 500", "vus_max >= 400", .loosened),
    ("vus_max >= 500", "{ rule: vus_max >= 600, severity: warn }", .loosened),
  ]

  @Test("Rules are the same where they relate the same figures", arguments: rules)
  func rule(before: String, after: String, expected: ChangeEffect?) throws {
    let diff = try diff("rules:\n  - \(before)", "rules:\n  - \(after)")
    #expect(diff.rules.map(\.effect) == [expected].compactMap { $0 })
  }

  @Test("Rules added and removed")
  func ruleSets() throws {
    let diff = try diff("rules: [vus_max >= 5]", "rules: [p99 <= 4 * p95]")
    #expect(diff.rules.map(\.effect) == [.tightened, .loosened])
  }

  @Test("A waiver loosens by being there, by lasting and by its bound")
  func waivers() throws {
    let waiver = { (max: String, until: String) in
      "waivers: [{ endpoint: a, metric: p95, max: \(max), until: \(until), owner: o, reason: r }]"
    }
    let old = waiver("1s", "2026-06-01")
    #expect(try diff("version: 1", old).waivers.map(\.effect) == [.loosened])
    #expect(try diff(old, "version: 1").waivers.map(\.effect) == [.tightened])
    #expect(try diff(old, waiver("1s", "2026-07-01")).waivers.map(\.effect) == [.loosened])
    #expect(try diff(old, waiver("1s", "2026-05-01")).waivers.map(\.effect) == [.tightened])
    #expect(try diff(old, waiver("2s", "2026-05-01")).waivers.map(\.effect) == [.loosened])
    #expect(try diff(old, waiver("900ms", "2026-06-01")).waivers.map(\.effect) == [.tightened])
    #expect(try diff(old, old).waivers.isEmpty)
  }

  @Test("A fact that is no longer required, or another tolerance, changes the environment")
  func demandsOfEnvironments() throws {
    let diff = try diff(
      "environments: { perf: { stage: a, requires: [x, y], rows: { t: 1k } } }",
      "environments: { perf: { stage: a, requires: x, rows: { t: 1k ±20% } } }")
    let fields = try #require(diff.environments.first?.fields)
    #expect(
      fields.map { "\($0.name): \($0.before ?? "-") -> \($0.after ?? "-")" } == [
        "requires: x, y -> x", "rows.t: 1000 ±10% -> 1000 ±20%",
      ])
    #expect(diff.environments.first?.effect == .loosened)
  }

  @Test("A sizing is compared fact by fact")
  func environments() throws {
    let diff = try diff(
      "environments: { perf: { stage: a, mem: 1G } }", "environments: { perf: { stage: b, cpu: 2 } }")
    #expect(diff.environments.map(\.name) == ["perf"])
    #expect(diff.environments.first?.fields.map(\.name) == ["cpu", "mem", "stage"])
  }
}
