import ArgumentParser
import SLOCheck
import SLOHistory

/// Where budgets are read from and runs are kept.
struct StorageOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Budget files or folders (default: budgets/ where it exists).", valueName: "path"),
    completion: .file())
  var budgets: [String] = []

  @Option(help: ArgumentHelp("The history's file.", valueName: "path"), completion: .file())
  var history = HistoryName.usual

  func validate() throws { try HistoryName.demand(history) }

  /// What is read and kept, as what must not be overwritten.
  var files: [OutputFile.Used] {
    HistoryName.files(history) + budgets.map { (what: "a budget file", path: $0) }
  }

  /// The gate of these budgets and this history.
  func gate() throws -> Gate {
    try Gate(history: .file(history), budgets: .paths(budgets), on: .current)
  }
}
