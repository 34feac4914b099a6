import SLOBudgets
import SLOGate
import SLOModel
import Testing

@testable import SLOReports

@Suite("Five hundred endpoints, all of which broke")
struct ManyEndpointsTests {
  private static let names = (0..<500).map { "GET /api/v2/resources-\($0)/items" }

  private func verdict() throws -> Verdict {
    let values = ManyEndpointsTests.names.enumerated().map {
      latency(.p95, 500 + Double($0.offset), of: $0.element)
    }
    let budget =
      "version: 1\nowner: sre\ndefaults: { baseline: { p95: 400ms, p99: { warn: 900ms, optional: true } } }"
    return try Scene(budget: budget, runs: [values + [latency(.p95, 200)]]).verdict()
  }

  @Test("A comment fits, shows the worst, and says what it leaves out")
  func comment() throws {
    let text = try markdownReport(of: verdict())
    #expect(text.utf8.count <= 60_000)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ❌") }
    #expect(rows.count == 20 && rows.first?.contains("resources-499") == true)
    #expect(text.contains("480 of 500 findings"))
  }

  @Test("Names as long as they come do not outgrow a comment or a summary")
  func longNames() throws {
    var verdict = try verdict()
    for index in verdict.findings.indices {
      verdict.findings[index].series.endpoint += String(repeating: "<|>&", count: 500)
      verdict.findings[index].budget?.limit.owner = String(repeating: "@*_", count: 2_000)
    }
    #expect(markdownReport(of: verdict).utf8.count <= 60_000)
    for limit in [20_000, 100_000, 1 << 20] {
      #expect(markdownSummary(of: verdict, limit: limit).utf8.count <= limit)
    }
  }

  @Test("A step shows ten errors, of which the last counts the others")
  func gitHub() throws {
    let commands = try workflowCommands(gitHubReport(of: verdict()))
    let errors = commands.filter { $0.name == "error" }
    #expect(errors.count == 10 && commands.count <= 30)
    #expect(errors.first?.properties.last?.value.contains("resources-499") == true)
    #expect(errors.last?.properties.last?.value == "491 more errors")
    #expect(errors.last?.message.hasPrefix("Budget exceeded: 491.") == true)
  }

  @Test("What machines read has every one of them")
  func complete() throws {
    let verdict = try verdict()
    #expect(try SARIFLog(sarifReport(of: verdict)).results.count == 500)
    #expect(try codeQualityIssues(codeQualityReport(of: verdict)).count == 500)
    let cases = try ReadXML(junitReport(of: verdict)).elements.filter { $0.name == "failure" }
    #expect(cases.count == 500)
    let samples = try openMetricsSamples(openMetricsReport(of: verdict)).filter {
      $0[""] == "slogate_value_seconds"
    }
    #expect(samples.count == 501)
  }
}
