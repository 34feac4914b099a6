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
      ReportCommand.self, SelfTestCommand.self, CapacityCommand.self, BudgetsCommand.self,
      HistoryCommand.self, InitCommand.self,
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
      if let complaint = helpComplaint(typed) {
        refuse(typed, because: Failure.usage(complaint.message))
      }
      let runs = try ServiceArguments.runs(of: typed)
      guard runs.count == 1 else { exit(withError: try reviewed(runs)) }
      var command = parsed(runs[0].arguments)
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
      let name = run.service ?? ""
      try Terminal.print(isMarkdown ? "# \(name)\n\n" : "── \(name)\n")
      do {
        var command = parsed(run.arguments)
        try command.run()
        return ExitCode.success
      } catch {
        return exitCode(for: Failure.told(error))
      }
    }
    return codes.max { $0.rawValue < $1.rawValue } ?? .success
  }

  private static func parsed(_ arguments: [String]) -> any ParsableCommand {
    do { return try parseAsRoot(arguments) } catch { refuse(arguments, because: error) }
  }
}
