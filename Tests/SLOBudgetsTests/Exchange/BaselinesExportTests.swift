import SLOModel
import TestSupport
import Testing

@testable import SLOBudgets

@Suite("Budgets as the baselines of a runbook")
struct BaselinesExportTests {
  @Test("Figures stand in their sections, in the units their names end with")
  func names() throws {
    let text = """
      environments: { perf: { memory_limit: 4096MB, cpu_cores: 4, instance: c6i.large } }
      run:
        baseline:
          p99.9: 1s
          error_rate: 0.5%
          checks: ">= 99.5%"
          throughput: ">= 1000/s"
          vus_max: ">= 100"
          database_query.p95: { block: 50ms, optional: true }
          chain_block_confirmation.p99: { block: 10s, optional: true }
          cache_hit_percent.value: { block: "< 70%", optional: true }
          heap.max: { block: 300MB, optional: true }
      """
    let file = try #require(try exported(.baselines, text).files.first)
    #expect(
      file.text == """
        {
          "api_latency": {"p99.9_ms": 1000},
          "throughput": {"error_rate_percent": 0.5, "success_rate_percent": 99.5, "requests_per_second": 1000, "concurrent_users": 100},
          "database": {"query_p95_ms": 50},
          "chain": {"block_confirmation_p99_seconds": 10},
          "cache": {"hit_percent": 70},
          "heap": {"max_mb": 300},
          "resources": {"cpu_cores": 4, "instance": "c6i.large", "memory_limit_mb": 4096}
        }

        """)
  }

  @Test("What a baseline cannot say is told with its place")
  func notes() throws {
    let text = """
      environments: { a: { stage: a }, b: { stage: b } }
      defaults: { baseline: { p95: { block: "<= 400ms", warn: 300ms } }, spike: { p95: 1s } }
      run: { baseline: { jobs.count: "< 5", wait.p95: 2s, "http_req_duration{a:b}.p95": 1s } }
      endpoints: { search: { baseline: { p95: 1s } } }
      pages: { /: { lcp: 2s } }
      rules: [p99 <= 3 * p95]
      """
    let export = try exported(.baselines, text)
    let notes = export.notes.joined(separator: "\n")
    for words in [
      "the environment 'a' is left out", "budgets/shop.yaml:2:", "none that only warns", "baselines say <",
      "the limits are those of baseline; --profile takes baseline, spike",
      "3:20: jobs.count < 5: no name of a baseline stands for it",
      "wait.p95 < 2 s: the import takes it for optional", "{a:b}.p95 < 1 s: no name of a baseline",
      "4:14: 'search' is left out", "pages are left out", "the rule 'p99 <= 3 * p95' is left out",
    ] {
      #expect(notes.contains(words), "\(words) in \(notes)")
    }
    #expect(export.files.first?.text.contains("\"wait\": {\"p95_seconds\": 2}") == true)
  }

  @Test("Import and export leave every notion of a file as it was", arguments: 0..<60)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let first = try Imported(document(&generator))
    let export = try exported(.baselines, first.text)
    let again = try Imported(try #require(export.files.first).text)
    #expect(first.limits("baseline") == again.limits("baseline"), "\(first.text)\n\(export.files[0].text)")
    #expect(first.budgets.environments == again.budgets.environments)
    #expect(try exported(.baselines, again.text).files == export.files)
    #expect(export.notes.isEmpty, "\(export.notes)")
  }

  /// Sections of figures with every ending, and a sizing.
  private func document(_ generator: inout SeededGenerator) -> String {
    let endings = [
      "_ms", "_seconds", "_percent", "_ratio", "_bytes", "_kb", "_mb", "_gb", "_per_second", "_us",
    ]
    let stems = ["query", "query_p95", "pool_size", "max", "tx_submission_p99", "hit_rate", "p50", "value"]
    var sections = [
      "\"api_latency\": {\"p95_ms\": \(Int.random(in: 1...5_000, using: &generator)), \"max_seconds\": 2.5}",
      "\"throughput\": {\"concurrent_users\": 7, \"error_rate_percent\": \(Int.random(in: 1...99, using: &generator))}",
    ]
    for section in ["database", "payment_api", "cache"] {
      var figures: [String: String] = [:]
      for _ in 0..<4 {
        let ending = endings.randomElement(using: &generator) ?? ""
        let number = Int.random(in: 1...990, using: &generator)
        let value =
          ending == "_ratio" ? "0.\(number)" : ending == "_percent" ? "\(number / 10).5" : "\(number)"
        figures[(stems.randomElement(using: &generator) ?? "") + ending] = value
      }
      let texts = figures.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
      sections.append("\"\(section)\": {\(texts.joined(separator: ", "))}")
    }
    sections.append(
      "\"resources\": {\"memory_limit_mb\": 4096, \"cpu_cores\": 4, \"zone\": \"a 1\", \"p_seconds\": 0.50}")
    return "{\(sections.joined(separator: ",\n"))}"
  }
}
