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
  @OptionGroup var paired: PairedOptions
  @OptionGroup var confirmation: ConfirmationOptions

  @Flag(help: "Judge without recording.")
  var noRecord = false

  @Flag(help: "Too little comparable history is inconclusive (exit code 3).")
  var requireHistory = false

  @Flag(help: "Warnings alone exit with code 4.")
  var strict = false

  func validate() throws {
    if confirmation.confirm.isEmpty { try results.demandAny() }
  }

  func run() throws {
    try output.prepare(beside: results.files + paired.files + confirmation.files + storage.files)
    let gate = try storage.gate()
    let verdict = try gate.check(try check(of: gate))
    // No verdict is reported whose evidence could not be kept.
    if !noRecord, !verdict.runs.isEmpty { try gate.record(verdict) }
    let shown =
      output.hasPage ? try gate.showingShifts(of: verdict.findingsWithShifts, in: verdict) : verdict
    try output.write(shown) { try gate.explanationTexts(of: verdict, storage) }
    guard verdict.code == .pass else { throw ExitCode(verdict.code.rawValue) }
  }

  /// The results read, with what limits on a change are held against.
  private func check(of gate: Gate) throws -> PreparedCheck {
    var request = context.request(of: results)
    (request.profiles, request.historyIsYoung) = (extent.profiles, extent.bootstrap)
    (request.requiresHistory, request.isStrict) = (requireHistory, strict)
    request.isTwoStep = confirmation.twoStep ?? (confirmation.confirm.isEmpty ? nil : true)
    var check =
      results.areGiven ? try gate.prepared(results, request) : try gate.firstMeasurement(request)
    let options = results.samples.reading(under: check.input.budgets)
    if extent.hasAgainst {
      let measured = Set(check.input.runs.map(\.profile))
      check = check.held(against: try extent.readings(measured: measured, options))
    }
    if !paired.pairedBase.isEmpty {
      let measured = Set(check.input.runs.map(\.profile))
      check = try check.paired(with: try paired.readings(measured: measured, options))
    }
    guard !confirmation.confirm.isEmpty else { return check }
    let suspect = try gate.check(check, isDescribed: false).suspects.map(\.profile)
    return try check.confirmed(by: try confirmation.readings(suspect: Set(suspect), options))
  }
}
