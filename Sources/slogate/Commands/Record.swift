import ArgumentParser
import SLOCheck
import SLOHistory
import SLOModel
import SLOReports

/// Stores results in the history without judging them.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Store results in the history without judging them.")

  @OptionGroup var results: ResultOptions
  @OptionGroup var context: ContextOptions
  @OptionGroup var storage: StorageOptions

  @Flag(help: "Print nothing on success.")
  var quiet = false

  func validate() throws { try results.demandAny() }

  func run() throws {
    let gathered = try Gathered(results, context, storage)
    let history = try storage.openExisting()
    try context.demandKnownService(gathered.budgets, history, at: storage.history)
    let recording = try storage.record(gathered.runs, nil, at: gathered.now, in: history)
    guard !quiet else { return }
    let known = recording.known.count
    let aside = known == 0 ? "" : ", \(known) stored before"
    try Terminal.print(
      "recorded \(recording.added.count) of \(gathered.runs.count) runs in \(storage.history)\(aside)\n")
  }
}
