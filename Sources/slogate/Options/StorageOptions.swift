import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel

/// Where budgets are read from and runs are kept.
struct StorageOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Budget files or folders (default: budgets/ where it exists).", valueName: "path"),
    completion: .file())
  var budgets: [String] = []

  @Option(help: ArgumentHelp("The history's file.", valueName: "path"), completion: .file())
  var history = HistoryName.usual

  /// The budgets of the paths given, else of `budgets/`, else the six defaults.
  func loadBudgets(
    knownMetrics: [String: Set<String>]?, knownUnits: [String: Set<SLOModel.Unit>] = [:], endpointTag: String?
  ) throws(BudgetProblems) -> Budgets {
    guard !budgets.isEmpty || Budgets.hasFiles(in: "budgets") else { return .builtIn }
    return try Budgets.load(
      paths: budgetPaths, knownMetrics: knownMetrics, knownUnits: knownUnits, endpointTag: endpointTag)
  }

  func validate() throws { try HistoryName.demand(history) }

  /// What is read and kept, as what must not be overwritten.
  var files: [OutputFile.Used] {
    HistoryName.files(history) + budgets.map { (what: "a budget file", path: $0) }
  }

  /// Where budget files are, or would be.
  var budgetPaths: [String] { budgets.isEmpty ? ["budgets"] : budgets }

  /// The budgets before it is known which metrics there are; of wrong ones the built-in ones, for they are reported
  /// later.
  func draftedBudgets(endpointTag: String?) -> Budgets {
    (try? loadBudgets(knownMetrics: nil, endpointTag: endpointTag)) ?? .builtIn
  }

  /// The history for reading; nil where none was written yet.
  func openExisting() throws -> History? {
    try History.openExisting(path: history)
  }

  /// Stores runs, with their verdict where they were judged, which can also be done without.
  @discardableResult
  func record(
    _ runs: [Run], _ verdict: Verdict?, at now: Timestamp, in opened: History? = nil
  ) throws -> Recording {
    let recorded = verdict.map {
      RecordedVerdict(
        commit: $0.commit, environment: $0.environment, verdict: $0.outcome.rawValue,
        exitCode: Int($0.code.rawValue), regressed: $0.regressed)
    }
    do throws(HistoryError) {
      let target = if let opened { opened } else { try History.open(path: history) }
      return try target.record(runs, verdict: recorded, at: now)
    } catch {
      guard verdict != nil, error.kind == .unwritable else { throw error }
      throw HistoryError(
        path: error.path, kind: error.kind, message: error.message,
        remedy: error.remedy + ", or pass --no-record")
    }
  }

  /// Refuses results under a name that nothing knows and that is nearly a known one: they would have no limits and no
  /// history.
  func refuseMisspelt(profiles: Set<String>, _ budgets: Budgets, service: String) throws {
    for name in profiles.sorted() where !budgets.knows(profile: name) {
      let recorded = try History.openExisting(path: history)?.profiles(of: service) ?? []
      guard let near = budgets.suggestion(forGivenProfile: name, recorded: recorded) else { continue }
      throw Failure.usage(
        "no budget file and no earlier run knows the profile '\(name)'; did you mean '\(near)'? Where the name is"
          + " meant, write profiles: { \(name): {} } into a budget file")
    }
  }

  /// Size and age of the history in one line, so that an empty or stale one is seen.
  func summary(of history: History, at now: Timestamp) throws -> [String] {
    let counts = try history.summary()
    guard counts.runs > 0, let newest = counts.newest else { return ["history: \(self.history) is empty"] }
    let days = now.days(since: newest)
    let age = days < 1 ? "less than a day ago" : days == 1 ? "1 day ago" : "\(days) days ago"
    return ["history: \(counts.runs) runs, the newest recorded \(age)"]
  }
}
