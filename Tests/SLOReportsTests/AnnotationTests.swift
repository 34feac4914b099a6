import SLOBudgets
import SLOGate
import SLOModel
import Testing

@testable import SLOReports

@Suite("What a person should act on, as build servers and scanners show it")
struct AnnotationTests {
  @Test(
    "The most severe come first: what is about the whole run, then what blocks, what warns, what is only to be known"
  )
  func order() throws {
    let annotations = try Hostile.verdict("x").annotations
    let levels = annotations.map(\.level.rawValue)
    #expect(levels == levels.sorted())
    #expect(annotations.first?.rule == .commonShift)
    let errors = annotations.filter { $0.level == .error }.map(\.rule)
    let ranks = [AnnotationRule.commonShift, .inconclusive, .budget, .missing, .regression, .creep]
    let order = errors.compactMap(ranks.firstIndex)
    #expect(order.count == errors.count && zip(order, order.dropFirst()).allSatisfy { $0 <= max($1, 4) })
  }

  @Test("Every kind of problem is reported", arguments: AnnotationRule.allCases)
  func kinds(rule: AnnotationRule) throws {
    let verdicts = try [Scenes.blocked, Scenes.drifted, Scenes.unruly, Scenes.suspect].map {
      try $0.verdict()
    }
    #expect(verdicts.flatMap(\.annotations).contains { $0.rule == rule })
  }

  @Test("A problem has the same fingerprint at another commit, another value and another line")
  func fingerprints() throws {
    let verdict = try Scenes.blocked.verdict()
    var later = verdict
    later.commit.sha = "0123456789abcdef"
    for index in later.findings.indices {
      later.findings[index].value = later.findings[index].value.map { $0 * 1.01 }
      later.findings[index].budget?.limit.place.line += 10
    }
    for index in later.waivers.unused.indices { later.waivers.unused[index].place.line += 10 }
    #expect(Set(later.annotations.map(\.fingerprint)) == Set(verdict.annotations.map(\.fingerprint)))
    later.service = "another"
    #expect(
      Set(later.annotations.map(\.fingerprint)).isDisjoint(with: verdict.annotations.map(\.fingerprint)))
  }

  @Test("A path is the repository's: without ./ before it")
  func path() throws {
    var verdict = try Scenes.blocked.verdict()
    for index in verdict.findings.indices {
      verdict.findings[index].budget?.limit.place.file = "./budgets/a.yaml"
    }
    let places = verdict.annotations.filter { $0.finding != nil }.compactMap(\.place?.file)
    #expect(Set(places) == ["budgets/a.yaml"])
  }

  @Test("Nothing to act on is nothing to annotate, and the comment turns green under the same marker")
  func green() throws {
    var verdict = try Scenes.passing.verdict()
    (verdict.waivers.ending, verdict.waivers.unused) = ([], [])
    #expect(verdict.annotations.isEmpty)
    #expect(try workflowCommands(gitHubReport(of: verdict)).map(\.name) == ["notice"])
    #expect(codeQualityReport(of: verdict) == "[]\n")
    let blocked = try Scenes.blocked.verdict()
    #expect(markdownReport(of: verdict).hasPrefix("\(verdict.stickyMarker)\n## ✅ Passed"))
    #expect(markdownReport(of: blocked).hasPrefix("\(blocked.stickyMarker)\n## ❌ Blocked"))
    #expect(verdict.stickyMarker == blocked.stickyMarker)
  }
}
