import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOHistory

/// Where budgets are read from and runs are kept.
struct StorageOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Budget files or folders (default: budgets/ where it exists).", valueName: "path"),
    completion: .file())
  var budgets: [String] = []

  @OptionGroup var file: HistoryOptions

  /// The history's file.
  var history: String { file.history }

  /// What is read and kept, as what must not be overwritten.
  var files: [OutputFile.Used] {
    HistoryName.files(history) + budgets.map { (what: "a budget file", path: $0) }
      + [(what: "what names the services", path: ServicesFile.usualName)]
  }

  /// The gate of these budgets and this history.
  func gate() throws -> Gate {
    try Gate(history: .file(history), budgets: .paths(budgets), on: .current)
  }
}
