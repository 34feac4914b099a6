import ArgumentParser
import SLOCheck
import SLOHistory
import SLOModel
import SLOReports

/// The runs that are recorded.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List recorded runs, the last recorded first.")

  @Option(help: ArgumentHelp("Only this profile.", valueName: "name"))
  var profile: String?

  @Option(help: ArgumentHelp("Only this branch.", valueName: "name"))
  var branch: String?

  @OptionGroup var scope: ScopeOptions

  @Option(
    help: ArgumentHelp("Only this commit, or the beginning of its SHA.", valueName: "sha"),
    completion: Completions.commits)
  var commit: String?

  @Option(help: ArgumentHelp("Only runs recorded on this day or later.", valueName: "yyyy-mm-dd"))
  var since: String?

  @Option(help: "At most so many runs.")
  var limit = 20

  @OptionGroup var output: PrintOptions

  @OptionGroup var storage: HistoryOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is a number of runs, 1 or more.") }
    if let since, Timestamp(date: since) == nil {
      throw ValidationError("--since is a day as in 2026-11-20; found '\(since)'.")
    }
  }

  func run() throws {
    let history = try storage.open()
    let headers = try history.runHeaders(filter)
    let runs = try history.listed(Array(headers.prefix(limit)))
    guard output.format == .json || !runs.isEmpty else { return Terminal.notice("no such run") }
    try output.print(
      text: { textReport(of: runs, hasMore: headers.count > limit, style: $0) },
      json: { jsonReport(of: runs) })
  }

  private var filter: RunFilter {
    var filter = RunFilter()
    (filter.service, filter.profile, filter.branch) = (scope.service, profile, branch)
    filter.environmentName = scope.environment
    filter.sizing = scope.sizing
    filter.commit = commit.map { Platform.current.repository?.commit(named: $0)?.sha ?? $0 }
    filter.since = since.flatMap { Timestamp(date: $0) }
    filter.limit = limit + 1
    return filter
  }
}

/// Runs in full.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a run, or every run of a commit, in full.")

  @Argument(
    help: ArgumentHelp("A run's id or a commit, or the beginning of one.", valueName: "run|commit"),
    completion: Completions.commits)
  var name: String

  @OptionGroup var output: PrintOptions

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let listed = try history.listed(RunNames(history).runs(name))
    let runs = try history.runs(listed.map(\.header.id))
    try output.print(
      text: { style in
        zip(listed, runs).map { textReport(of: $0, $1, style: style) }.joined(separator: "\n")
      }, json: { jsonReport(ofWhole: zip(listed, runs).map { ($0, $1) }) })
  }
}
