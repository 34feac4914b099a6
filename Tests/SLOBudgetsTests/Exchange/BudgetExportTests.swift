import SLOModel
import TestSupport
import Testing

@testable import SLOBudgets

@Suite("Budgets for other tools")
struct BudgetExportTests {
  @Test("What is written for each of them", arguments: ExportTarget.allCases)
  func golden(target: ExportTarget) throws {
    for file in try exported(target).files { try expectGolden(file.text, "export-\(file.name)") }
  }

  @Test("What a target cannot express is reported with its line", arguments: ExportTarget.allCases)
  func notes(target: ExportTarget) throws {
    let notes = try exported(target).notes
    try expectGolden(notes.map { $0 + "\n" }.joined(), "export-\(target).notes.txt")
    #expect(notes.allSatisfy { !$0.contains("\n") })
    #expect(Set(notes).count == notes.count)
  }

  @Test("Comments hold every note where a format has comments")
  func comments() throws {
    for target in [ExportTarget.k6, .prometheus, .openslo] {
      let export = try exported(target)
      let text = try #require(export.files.first { !$0.name.hasSuffix(".json") }).text
      for note in export.notes { #expect(text.contains(" \(note)\n"), "\(target)") }
    }
  }

  @Test("Every limit is in the file, or in a note with its line", arguments: ExportTarget.allCases)
  func nothingIsDropped(target: ExportTarget) throws {
    // What is written on a line of the budget, and what of it is in files that know no lines.
    let ofLoads: [(line: Int, k6: String)] = [
      (6, "\"queue_depth\": [\"value<=5\"]"), (6, "p(95)<400"), (6, "rate<0.01"), (7, "p(95)<600"),
      (7, "rate>=150"),
      (7, "{expected_response:true}\": [\"p(99)<1000"), (9, "{endpoint:search}\": [\"p(95)<800"),
      (10, "p(99.9)<35"),
      (11, "'with, comma'"), (12, "'api/v(1).*'"), (13, "payment_success{name:login}\": [\"rate>=0.995"),
      (18, "'spike.p95 <= 3 * baseline.p95'"), (19, "value>=500"), (21, "waiver of search"),
    ]
    let ofPages: [(line: Int, lighthouse: String)] = [
      (15, "performance.score >= 0.90"), (15, "4000"), (15, "0.1"), (15, "292.96875"), (16, "80"),
    ]
    let ofSitespeed = [
      "\"performance\": 90", "\"largestContentfulPaint\": 4000", "\"cumulativeLayoutShift\": 0.1",
      "\"javascript\": 300000", "shop.yaml:16:3: '/search*'",
    ]
    let ofBaselines =
      ["queue_depth.value <= 5", "\"p95_ms\": 400", "\"error_rate_percent\": 1", "pages are left out"]
      + [9, 10, 11, 12, 13, 18, 19].map { "shop.yaml:\($0):" }
    let export = try exported(target)
    let text = export.files.map(\.text).joined() + export.notes.joined(separator: "\n")
    switch target {
    case .sitespeed: for words in ofSitespeed { #expect(text.contains(words), "\(words)") }
    case .sizeLimit: #expect(export.files.isEmpty)
    case .baselines: for words in ofBaselines { #expect(text.contains(words), "\(words)") }
    case .k6: for (_, words) in ofLoads { #expect(text.contains(words), "\(words)") }
    case .lighthouse: for (_, words) in ofPages { #expect(text.contains(words), "\(words)") }
    case .prometheus, .grafana, .openslo:
      for line in ofLoads.map(\.line) + ofPages.map(\.line) where line != 21 {
        #expect(text.contains("shop.yaml:\(line):"), "\(line)")
      }
    }
  }

  @Test("Without a budget file the built-in limits are exported, for a profile alone if need be")
  func builtIn() {
    var options = ExportOptions(now: Timestamp(milliseconds: 0))
    for target in ExportTarget.allCases {
      #expect(
        exportBudgets(.builtIn, to: target, options).files.isEmpty
          == [.lighthouse, .sitespeed, .sizeLimit].contains(target))
    }
    options.profile = "soak"
    for target in ExportTarget.allCases {
      #expect(exportBudgets(.builtIn, to: target, options).files.isEmpty)
    }
  }

  @Test("Numbers are the shortest that stand for them, with an exponent only where they would be endless")
  func numbers() {
    #expect(
      [0, 0.5, 400, 1e15, 1.5e17, 1e20, 1e22, 0.00001].map(plain) == [
        "0", "0.5", "400", "1000000000000000", "150000000000000000", "100000000000000000000", "1e+22",
        "1e-05",
      ])
  }
}
