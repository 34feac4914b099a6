import ArgumentParser
import SLOReports

/// Prints the JSON Schema of the budget language.
struct BudgetsSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "The JSON Schema of the budget language, for editors and validators.",
    discussion: """
      An editor with yaml-language-server uses it where a budget file begins with \
      "# yaml-language-server: $schema=./slogate.schema.json". It finds wrong keys, types and units; slogate budgets \
      lint finds everything.
      """)

  func run() throws { try Terminal.print(budgetSchema()) }
}
