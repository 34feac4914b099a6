import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOReports

/// The gate: reads results, judges budgets and regressions, records, reports, exits.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge results against budgets and history, record them, and exit by the verdict.")

  @OptionGroup var results: ResultOptions
  @OptionGroup var context: ContextOptions
  @OptionGroup var storage: StorageOptions
  @OptionGroup var output: ReportOptions
  @OptionGroup var extent: ExtentOptions

  @Flag(help: "Judge without recording.")
  var noRecord = false

  @Flag(help: "Too little comparable history is inconclusive (exit code 3).")
  var requireHistory = false

  @Flag(help: "Warnings alone exit with code 4.")
  var strict = false

  func validate() throws { try results.demandAny() }

  func run() throws {
    try output.prepare(beside: results.files + storage.files)
    let gate = try storage.gate()
    let verdict = try gate.check(try check(of: gate))
    // No verdict is reported whose evidence could not be kept.
    if !noRecord, !verdict.runs.isEmpty { try gate.record(verdict) }
    try output.write(verdict) { try gate.explanationTexts(of: verdict, storage) }
    guard verdict.code == .pass else { throw ExitCode(verdict.code.rawValue) }
  }

  /// The results read, with what limits on a change are held against.
  private func check(of gate: Gate) throws -> PreparedCheck {
    var request = context.request(of: results)
    (request.profiles, request.historyIsYoung) = (extent.profiles, extent.bootstrap)
    (request.requiresHistory, request.isStrict) = (requireHistory, strict)
    let check = try gate.prepared(results, request)
    guard extent.hasAgainst else { return check }
    let options = results.samples.reading(under: check.input.budgets)
    let measured = Set(check.input.runs.map(\.profile))
    return check.held(against: try extent.readings(measured: measured, options))
  }
}
