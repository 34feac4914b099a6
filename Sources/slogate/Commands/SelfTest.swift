import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOReports

/// Proves on the team's own history that the gate can block, and shows how often it would block for nothing.
struct SelfTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Prove that the gate can block: slow stored runs down, and replay them as they were.",
    discussion: """
      The runs of the newest commit are slowed down endpoint by endpoint, to find the smallest slowdown that \
      blocks. The last commits are replayed as they were, each against those before it, to count false alarms and \
      to name rules that never fired or always do. Nothing is recorded. Exits 3 where nothing can be blocked, or \
      an endpoint's slowdown of --require is not caught.
      """)

  @Option(help: ArgumentHelp("How many commits to replay.", valueName: "number"))
  var last = 50

  @Option(
    help: ArgumentHelp(
      "The slowdown of any one endpoint that the gate must catch, as in --require 20%.", valueName: "percent")
  )
  var require: String?

  @OptionGroup var output: PrintOptions

  @OptionGroup var target: ReferenceOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var storage: StorageOptions

  func validate() throws {
    guard (1...10_000).contains(last) else {
      throw ValidationError("--last is a number of commits, 1 or more.")
    }
    guard require == nil || wanted != nil else {
      throw ValidationError("--require takes a slowdown, as in --require 20%; found '\(require ?? "")'.")
    }
  }

  /// The slowdown to be caught, as a share.
  private var wanted: Double? {
    guard let require else { return nil }
    let digits = require.hasSuffix("%") ? require.dropLast() : Substring(require)
    return Double(digits).flatMap { $0 > 0 && $0.isFinite ? $0 / 100 : nil }
  }

  func run() throws {
    let test = selfTest(try replays(of: try storage.gate().demandHistory()))
    try output.print(
      text: { textReport(of: test, wanted: wanted, style: $0) },
      json: { jsonReport(of: test, wanted: wanted) })
    let isBlind = wanted != nil && !test.blindSpots(beyond: wanted).isEmpty
    if !test.canBlock || isBlind { throw ExitCode(Verdict.Code.inconclusive.rawValue) }
  }

  private func replays(of history: History) throws -> Replays {
    let budgets = try Budgets.reading(storage.budgets)
    let named = try budgets.environment(named: scope.environment, refinedBy: scope.sizing)
    let stored = try StoredChecks(
      in: history, service: scope.namedService ?? budgets.service, environment: named,
      reference: target.reference, commits: last + GatePolicy(budgets).test.window, on: .current)
    guard let stored else {
      let reference = target.reference ?? Platform.current.usualReference
      throw Failure.usage(
        "\(storage.history) has no run on the branch '\(reference)'; name another with --reference")
    }
    let replays = try stored.completed(try stored.replays(last: last, under: budgets, now: .current))
    replays.checks.last?.references.notices.forEach(Terminal.notice)
    return replays
  }
}
