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

  @Flag(
    help: ArgumentHelp(
      "Judge every service that \(ServicesFile.usualName) names, each as with --service NAME: one title, one exit code and"
        + " one report over all."))
  var all = false

  @Flag(help: "Judge without recording.")
  var noRecord = false

  @Flag(help: "Too little comparable history is inconclusive (exit code 3).")
  var requireHistory = false

  @Flag(help: "Warnings alone exit with code 4.")
  var strict = false

  func validate() throws {
    if all {
      try demandNoResults()
    } else if confirmation.confirm.isEmpty {
      try results.demandAny()
    }
  }

  func run() throws {
    guard !all else { return try ServicesCheck(self).run() }
    try output.prepare(beside: files)
    let (verdict, explain) = try judged()
    try output.write(verdict, explain: explain)
    guard verdict.code == .pass else { throw ExitCode(verdict.code.rawValue) }
  }

  /// What is read and kept, as what must not be overwritten.
  var files: [OutputFile.Used] { results.files + paired.files + confirmation.files + storage.files }

  /// The verdict, recorded, and what explains it.
  func judged() throws -> (verdict: Verdict, explain: () throws -> [ExplainedText]) {
    let gate = try storage.gate()
    let verdict = try gate.check(try check(of: gate))
    // No verdict is reported whose evidence could not be kept.
    if !noRecord, !verdict.runs.isEmpty { try gate.record(verdict) }
    let shown =
      output.hasPage ? try gate.showingShifts(of: verdict.findingsWithShifts, in: verdict) : verdict
    return (shown, { try gate.explanationTexts(of: verdict, storage) })
  }

  /// What --all takes from the file, or is about one service alone.
  private func demandNoResults() throws {
    let given: [(String, Bool)] = [
      ("--service", context.scope.service != nil), ("results", results.areGiven),
      ("--confirm", !confirmation.confirm.isEmpty), ("--paired-base", !paired.pairedBase.isEmpty),
      ("--against", extent.hasAgainst), ("--budgets", !storage.budgets.isEmpty),
    ]
    guard let name = given.first(where: \.1)?.0 else { return }
    throw ValidationError(
      "--all judges what \(ServicesFile.usualName) names; \(name) is for one service: slogate check --service NAME …"
    )
  }

  /// The results read, with what limits on a change are held against.
  private func check(of gate: Gate) throws -> PreparedCheck {
    var request = context.request(of: results)
    (request.profiles, request.historyIsYoung) = (extent.profiles, extent.bootstrap)
    request.saysYoung = extent.bootstrap && confirmation.confirm.isEmpty
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
