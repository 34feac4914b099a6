import ArgumentParser
import SLOCheck
import SLOHistory
import SLOModel
import SLOReports

/// What is kept, what was decided about it, and whether it is still what was recorded.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List, accept, revoke, hold, prune, merge, export and verify what was recorded.",
    discussion: """
      Every recording, verdict and decision is an entry of a journal in which each entry holds the hash of those \
      before it. 'verify' recomputes all of them.
      """,
    subcommands: [
      List.self, Show.self, Accept.self, Revoke.self, Hold.self, Release.self, Prune.self, Merge.self,
      Export.self,
      Import.self, Verify.self,
    ])
}

/// Which history is meant.
struct HistoryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The history's file.", valueName: "path"), completion: .file())
  var history = HistoryName.usual

  func validate() throws { try HistoryName.demand(history) }

  /// The history for reading; nil where none was written yet.
  func openExisting() throws -> History? {
    try History.openExisting(path: history)
  }

  /// The history; where there is none, nothing that is asked for can be in it.
  func open() throws -> History {
    guard let history = try openExisting() else { throw GateError.noHistory(at: history) }
    return history
  }
}

/// Who decides and why.
struct DecisionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Why; it is kept with the decision.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("Who decides (default: git's user.name, else USER).", valueName: "name"))
  var by: String?

  func validate() throws {
    guard !reason.allSatisfy(\.isWhitespace) else { throw ValidationError("--reason says why; it is empty.") }
  }

  /// Who decides.
  func person() throws -> String {
    let found = [by, Git.userName, variable("USER")].compactMap { $0 }
    guard let person = found.first(where: { !$0.allSatisfy(\.isWhitespace) }) else {
      throw Failure.usage("it is not known who decides: pass --by NAME")
    }
    return person
  }
}
