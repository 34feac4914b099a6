import ArgumentParser
import Glibc
import SLOBudgets
import SLOCheck
import SLOHistory
import SLOModel

@main
struct Slogate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slogate",
    abstract: "May this commit be released? An SLO release gate and performance-regression analyzer.",
    discussion: """
      Exit codes: 0 pass, 1 a budget is exceeded, 2 a regression, 3 inconclusive, 4 only warnings (--strict), \
      5 suspect (--two-step), 64 usage, 65 malformed input, 66 unreadable input, 70 internal error, 74 history, \
      report or output not readable or writable, 78 wrong budget file.
      """,
    version: Tool.version,
    subcommands: [
      Check.self, Record.self, TrendCommand.self, Compare.self, Changes.self, Explain.self,
      ReportCommand.self, SelfTestCommand.self, BudgetsCommand.self, HistoryCommand.self, InitCommand.self,
    ])

  static func main() {
    // Whoever reads the report may stop reading; the verdict is still recorded and given by the exit code.
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow is reported as a full disk is.
    signal(SIGXFSZ, SIG_IGN)
    // Swift reads the arguments from /proc. Without it a check would pass for a call without arguments, which is help.
    guard !CommandLine.arguments.isEmpty else {
      Terminal.error(
        "the arguments of the command cannot be read: /proc is not mounted; mount it, as every container has it"
      )
      exit(withError: Failure.internalError)
    }
    let typed = ShardGroups.marked(familiar(Array(CommandLine.arguments.dropFirst())))
    do {
      let runs = try ServiceArguments.runs(of: typed)
      guard runs.isEmpty else { exit(withError: try reviewed(runs)) }
      var command = try parsed(typed)
      try command.run()
    } catch {
      answer(Failure.told(error))
    }
  }

  /// Runs a review of budgets for each service, under its name.
  /// - Returns: the largest exit code.
  private static func reviewed(_ runs: [ServiceArguments.Run]) throws -> ExitCode {
    let isMarkdown = runs.contains { $0.arguments.contains { $0.hasSuffix("markdown") } }
    let codes = try runs.map { run in
      try Terminal.print(isMarkdown ? "# \(run.service)\n\n" : "── \(run.service)\n")
      do {
        var command = try parsed(run.arguments)
        try command.run()
        return ExitCode.success
      } catch {
        return exitCode(for: Failure.told(error))
      }
    }
    return codes.max { $0.rawValue < $1.rawValue } ?? .success
  }

  /// The command of arguments, completed by what `slogate.yaml` says of the service they name.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    if let complaint = helpComplaint(arguments) {
      refuse(arguments, because: Failure.usage(complaint.message))
    }
    let arguments = try ServiceArguments.completed(arguments)
    do { return try parseAsRoot(arguments) } catch { refuse(arguments, because: error) }
  }
}
