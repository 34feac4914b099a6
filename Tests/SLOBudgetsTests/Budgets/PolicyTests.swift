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
}
