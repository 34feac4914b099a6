import ArgumentParser
import SLOCheck
import SLOGate
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
    let gate = try storage.gate()
    let check = try gate.prepared(results, context.request(of: results))
    let recording = try gate.record(check)
    guard !quiet else { return }
    let known = recording.known.count
    let aside = known == 0 ? "" : ", \(known) stored before"
    try Terminal.print(
      "recorded \(recording.added.count) of \(check.input.runs.count) runs in \(storage.history)\(aside)\n")
  }
}
