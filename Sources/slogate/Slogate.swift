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
      64 usage, 65 malformed input, 66 unreadable input, 70 internal error, 74 history, report or output not \
      readable or writable, 78 wrong budget file.
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
    let arguments = ShardGroups.marked(familiar(Array(CommandLine.arguments.dropFirst())))
    var command: any ParsableCommand
    do {
      if let complaint = helpComplaint(arguments) { throw Failure.usage(complaint.message) }
      command = try parseAsRoot(arguments)
    } catch {
      refuse(arguments, because: error)
    }
    do {
      try run(&command)
    } catch {
      answer(error)
    }
  }

  /// Runs a command. What no command foresaw must not end in exit code 1, which says that a budget is exceeded.
  private static func run(_ command: inout any ParsableCommand) throws {
    do {
      try command.run()
    } catch let error as ValidationError {
      // Told as every other failure: the usage would be that of `slogate` as a whole.
      Terminal.error(error.message)
      throw ExitCode.validationFailure
    } catch let error as GateError {
      throw Failure.code(printing: error)
    } catch let error as HistoryError {
      throw Failure.code(printing: GateError(error))
    } catch let error as BudgetProblems {
      throw Failure.code(printing: GateError(error))
    } catch let error as UnknownEnvironment {
      throw Failure.code(printing: GateError(error))
    } catch  where !(error is ExitCode) && exitCode(for: error) == .failure {
      Terminal.error("internal error: \(error)")
      throw Failure.internalError
    }
  }
}
