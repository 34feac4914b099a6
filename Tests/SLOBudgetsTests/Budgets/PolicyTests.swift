import SLOModel
import SLOReaders
import Testing

@testable import SLOBudgets

@Suite("Policies that hold without a budget file")
struct PolicyTests {
  @Test("Every policy is a budget file without a mistake", arguments: EvidenceKind.all.compactMap(\.policy))
  func parses(policy: EvidenceKind.BuiltInPolicy) throws {
    var loader = BudgetLoader(vocabulary: Vocabulary())
    loader.add(bytes: Array(policy.text.utf8), file: policy.title)
    _ = try loader.finish()
  }

  @Test("A policy is no file: its limits have no line", arguments: ["tests", "snapshot", "dataset"])
  func places(profile: String) {
    let subjects = [Series.wholeRun, "a"]
    let limits = subjects.flatMap { Budgets.builtIn.limits(profile: profile, endpoint: $0) }
    #expect(!limits.isEmpty && limits.allSatisfy { $0.place.line == 0 })
    #expect(Budgets.builtIn.targets(profile: profile).allSatisfy { $0.place.line == 0 })
  }

  @Test("A policy that holds besides files lies below their entries, and reaches no other kind of evidence")
  func layers() throws {
    var loader = BudgetLoader(vocabulary: Vocabulary())
    loader.add(bytes: Array("version: 1\ntests: { \"*\": { failed: 2 } }\n".utf8), file: "b.yaml")
    let budgets = try loader.finish()
    let limits = budgets.effectiveLimits(profile: "tests", endpoint: "a.spec.ts")
    let failed = try #require(limits.first { $0.metric == "failed" })
    #expect(failed.limits.map(\.bound) == [2])
    #expect(failed.overridden.map(\.bound) == [0])
    #expect(budgets.limits(profile: "baseline", endpoint: "a.spec.ts").isEmpty)
    #expect(budgets.entries(for: "a.spec.ts", tag: nil, under: "baseline").map(\.name) == ["*"])
    #expect(budgets.entries(for: "a.spec.ts", tag: nil, under: "tests").count == 2)
  }

  @Test("A policy that holds besides files is of the run itself as well, below what files say of it")
  func wholeRun() throws {
    var loader = BudgetLoader(vocabulary: Vocabulary())
    let text = "version: 1\nrun: { snapshot-soak: { pool_utilisation: 90% } }\n"
    loader.add(bytes: Array(text.utf8), file: "b.yaml")
    let budgets = try loader.finish()
    let bounds = { (profile: String) in
      budgets.limits(profile: profile, endpoint: Series.wholeRun)
        .reduce(into: [String: Double]()) { $0["\($1.metric).\($1.statistic)"] = $1.bound }
    }
    #expect(bounds("snapshot-soak") == ["pool_utilisation.max": 0.9, "dead_letters.growth": 0])
    #expect(bounds("snapshot") == ["pool_utilisation.max": 0.7, "dead_letters.growth": 0])
    #expect(bounds("baseline") == [:])
  }

  @Test("The subjects that entries name are asked for")
  func subjects() throws {
    var loader = BudgetLoader(vocabulary: Vocabulary())
    let text = "version: 1\nsnapshots: { 'queue=\"a\"*': { queue_messages: \"<= 10\" } }\n"
    loader.add(bytes: Array(text.utf8), file: "b.yaml")
    let demand = try loader.finish().demand()
    #expect(demand.subjects.map(\.text) == ["queue=\"a\"*"])
    #expect(demand.figures.contains(MetricFigure("queue_messages", .value)))
  }
}
