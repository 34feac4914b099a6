import Foundation
import SLOBudgets
import TestSupport
import Testing

@Suite("slogate budgets schema")
struct BudgetsSchemaTests {
  @Test("budgets/slogate.schema.json is what it prints; SLOGATE_RECORD=1 writes it anew")
  func file() throws {
    let workplace = try Workplace()
    let result = try workplace.slogate("budgets", "schema")
    #expect(result.code == 0 && result.errors.isEmpty)
    let file = packageFolder.appending(path: "budgets/slogate.schema.json")
    if ProcessInfo.processInfo.environment["SLOGATE_RECORD"] == "1" {
      try Data(result.output.utf8).write(to: file)
      Issue.record("recorded budgets/slogate.schema.json")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == result.output)
  }

  /// The documents that `Tests/schema.sh` holds the schema against.
  private static func documents(_ name: String) -> [String] {
    let file = packageFolder.appending(path: "Tests/Schema/\(name).yaml")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n---\n")
  }

  @Test("What the schema has to let through is what slogate reads", arguments: documents("accepted"))
  func accepted(document: String) throws {
    _ = try Budgets.parse(document, file: "b.yaml")
  }

  @Test("What the schema has to refuse is what slogate refuses", arguments: documents("refused"))
  func refused(document: String) {
    #expect(throws: BudgetProblems.self) { try Budgets.parse(document, file: "b.yaml") }
  }
}
