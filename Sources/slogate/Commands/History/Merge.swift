import ArgumentParser
import Glibc
import SLOCheck
import SLOSupport
import SLOHistory
import SLOModel
import SLOReports

/// Joins histories.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Take everything that other history files hold into this one.",
    discussion:
      "In any order, and as often as you like: the result is the same. The other files stay as they are.")

  @Argument(help: ArgumentHelp("The other histories.", valueName: "file"), completion: .file())
  var files: [String]

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    var others: [History] = []
    for file in files {
      let other = try History.openExisting(path: file)
      guard let other else {
        throw GateError(.unreadable, "\(file): there is no history; check the path")
      }
      others.append(other)
    }
    let result = try History.open(path: storage.history).merge(others, at: .current)
    try Terminal.print(told(result, storage.history))
  }
}

/// Writes a history as files.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the history as a folder of JSON files that git can merge.",
    discussion: """
      One file a run, named by the SHA-256 of its content, and one an entry of the journal, named by its hash. \
      Files that lie there already stay; none is ever changed or deleted.
      """)

  @Argument(
    help: ArgumentHelp("The folder; it is made when it is not there.", valueName: "folder"),
    completion: .directory)
  var folder: String

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let summary = try exchanging { () throws(ExchangeError) in try exportHistory(history, to: folder) }
    try Terminal.print(
      "\(VisibleText.escaped(folder)): \(summary.runs) runs and \(summary.entries) entries of the journal, "
        + "\(summary.written) files written\n")
  }
}

/// Takes exported files into a history.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Merge folders that 'export' wrote into the history.",
    discussion: """
      Every file is checked first, against its name and against the journal; where one is wrong or missing, all of \
      them are listed and nothing is taken.
      """)

  @Argument(help: ArgumentHelp("The folders.", valueName: "folder"), completion: .directory)
  var folders: [String]

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let target = try storage.openExisting()
    var drafts: [HistoryDraft] = []
    var failures = Failure.Collected()
    for folder in folders {
      do throws(ExchangeError) {
        drafts.append(try readHistory(from: folder, for: target).draft)
      } catch .malformed(let problems) {
        failures.add(problems)
      } catch {
        try exchanging { () throws(ExchangeError) in throw error }
      }
    }
    try failures.report()
    let result = try History.open(path: storage.history).merge(drafts.map(\.history), at: .current)
    try Terminal.print(told(result, storage.history))
  }
}

/// What a merge brought, in a line.
private func told(_ result: MergeResult, _ path: String) -> String {
  var parts = ["\(result.runs) new runs", "\(result.entries) new entries of the journal"]
  if result.replaced > 0 { parts.append("\(result.replaced) runs as recorded first or held elsewhere") }
  if result.pruned > 0 { parts.append("\(result.pruned) runs pruned elsewhere") }
  return "\(VisibleText.escaped(path)): \(result.isEmpty ? "nothing new" : parts.joined(separator: ", "))\n"
    + result.acceptances.map(told).joined()
}

/// A level that another history accepted and that is the new normal here too from now on.
private func told(_ recorded: RecordedAcceptance) -> String {
  let accepted = recorded.acceptance
  return VisibleText.escaped(
    "accepted there: \(scope(of: accepted)) of \(accepted.service) since \(accepted.commit.prefix(10))"
      + " (\(accepted.since.date)), by \(accepted.by): \(accepted.reason);"
      + " 'slogate history revoke \(recorded.shortID)' takes it back")
    + "\n"
}

/// Runs what an exchange may refuse; its error is reported, and ends in its exit code.
private func exchanging<Result>(_ body: () throws(ExchangeError) -> Result) throws -> Result {
  do throws(ExchangeError) {
    return try body()
  } catch {
    switch error {
    case .history(let error): Terminal.error(error.description)
    case .unwritable(let path, let reason): Terminal.error("\(path): cannot be written: \(reason)")
    case .malformed(let problems):
      var failures = Failure.Collected()
      failures.add(problems)
      try failures.report()
    }
    throw Failure.inputOutput
  }
}
