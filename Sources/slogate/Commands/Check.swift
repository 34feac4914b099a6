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
    let gathered = try Gathered(results, context, storage, only: extent.profiles)
    let history = try storage.openExisting()
    try context.demandKnownService(gathered.budgets, history, at: storage.history)
    var question = Question(gathered, requiresHistory: requireHistory, isStrict: strict)
    question.policy.profiles = extent.profiles
    question.policy.historyIsYoung = extent.bootstrap
    question.against = try against(gathered)
    question.warnings += heldAgainstThemselves(question)
    let ancestry = gathered.origin.ancestry()
    let lookup = ReferenceLookup(
      history: history, repository: Platform.current.repository, ancestors: ancestry.commits)
    let notices = try lookup.complete(&question)
    var verdict = judge(question)
    verdict.notices += notices + [ancestry.notice].compactMap { $0 }
    verdict.details += try history.map { try storage.summary(of: $0, at: gathered.now) } ?? []
    if let base = ancestry.commits?.first, base != question.commit.sha {
      verdict.review(
        question, since: base, at: storage.budgetPaths, endpointTag: results.samples.endpointTag,
        Platform.current.repository)
    }
    verdict.context = Platform.current.context(of: verdict)
    // No verdict is told whose evidence could not be kept.
    if !noRecord, !gathered.runs.isEmpty {
      try storage.record(gathered.runs, verdict, at: gathered.now, in: history)
    }
    try output.write(verdict, answering: question) {
      try lookup.explanationTexts(
        of: verdict, answering: question, storage, style: TextStyle(isColoured: false, width: 100))
    }
    guard verdict.code == .pass else { throw ExitCode(verdict.code.rawValue) }
  }

  /// Results given with `--against` that are the very ones judged.
  private func heldAgainstThemselves(_ question: Question) -> [String] {
    let judged = Set(question.runs.map(\.reading.source.sha256))
    return question.against.map(\.reading.source).filter { judged.contains($0.sha256) }
      .map { "\($0.path): the result is held against itself by --against" }
  }

  /// The runs that limits on a change are held against.
  private func against(_ gathered: Gathered) throws -> [Run] {
    guard extent.hasAgainst else { return [] }
    let options = results.samples.reading(under: gathered.budgets)
    let measured = Set(gathered.runs.map(\.profile))
    return try extent.readings(measured: measured, options).map(gathered.run)
  }
}
