import ArgumentParser
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOReports

/// Two commits, runs or results side by side, with the statistics and what differs in sizing and settings.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Two commits, runs or result files side by side: what changed, and how sure that is.",
    discussion: """
      A and B are result files (a path, a folder, a pattern, snapshots of one run behind commas), a run by the first \
      four or more digits of its id, or a commit by its SHA, a tag, a branch or any other name that git knows. A commit \
      stands for all its usable runs.

      Exit codes: 0 compared, 2 B is worse (--fail-on regression), 3 not comparable: nothing in common, or only at \
      different sizings; otherwise as everywhere.
      """)

  /// What ends in an exit code of its own.
  enum Failing: String, CaseIterable, ExpressibleByArgument { case regression }

  @Argument(help: ArgumentHelp("What to compare with.", valueName: "a"), completion: .file())
  var before: String

  @Argument(help: ArgumentHelp("What to compare.", valueName: "b"), completion: .file())
  var after: String

  @Flag(help: "Compare what was measured at different sizings all the same, and mark it.")
  var acrossEnvironments = false

  @Option(
    help: ArgumentHelp(
      "End with exit code 2 when B is worse by what check holds against the history.", valueName: "what"))
  var failOn: Failing?

  @Flag(help: "Show every series and distribution, not only what moved.")
  var all = false

  @OptionGroup var output: PrintOptions

  @Flag(help: "Print nothing; the exit code is the answer.")
  var quiet = false

  @OptionGroup var naming: SideOptions

  func run() throws {
    let history = try naming.storage.gate().existing()
    var question = try naming.question(
      before, after, history: history, isAcrossEnvironments: acrossEnvironments)
    if let history {
      let noise = NoiseLookup(
        history: history, reference: naming.target.reference ?? Platform.current.usualReference)
      for pair in question.pairing.pairs { question.histories[pair.key] = try noise.history(of: pair) }
    }
    let comparison = compare(question)
    if !quiet { try write(comparison) }
    let code = comparison.code(failsOnRegression: failOn == .regression)
    guard code == .compared else { throw ExitCode(code.rawValue) }
  }

  private func write(_ comparison: SideBySide) throws {
    try output.print(
      text: { textReport(of: comparison, style: $0, showsAll: all) },
      json: { jsonReport(of: comparison, failsOnRegression: failOn == .regression) })
  }
}
