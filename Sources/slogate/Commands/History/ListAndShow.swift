import ArgumentParser
import SLOCheck
import SLOHistory
import SLOModel
import SLOReports

/// The runs that are recorded.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List recorded runs, the last recorded first.")

  @Option(help: ArgumentHelp("Only this service.", valueName: "name"))
  var service: String?

  @Option(help: ArgumentHelp("Only this profile.", valueName: "name"))
  var profile: String?

  @Option(help: ArgumentHelp("Only this branch.", valueName: "name"))
  var branch: String?

  @Option(help: ArgumentHelp("Only the sizing of this name.", valueName: "name"))
  var environment: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Only sizings with these facts.", valueName: "key=value"))
  var env: [String] = []

  @Option(
    help: ArgumentHelp("Only this commit, or the beginning of its SHA.", valueName: "sha"),
    completion: Completions.commits)
  var commit: String?

  @Option(help: ArgumentHelp("Only runs recorded on this day or later.", valueName: "yyyy-mm-dd"))
  var since: String?

  @Option(help: "At most so many runs.")
  var limit = 20

  @Option(help: "What to print.")
  var format = ListFormat.text

  @Flag(help: "No colours, as with the variable NO_COLOR.")
  var noColor = false

  @OptionGroup var storage: HistoryOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is a number of runs, 1 or more.") }
    try ScopeOptions.demandPairs(env, of: "--env", as: "stage=perf")
    if let since, Timestamp(date: since) == nil {
      throw ValidationError("--since is a day as in 2026-11-20; found '\(since)'.")
    }
  }

  func run() throws {
    let history = try storage.open()
    let headers = try history.runHeaders(filter)
    let runs = try history.listed(Array(headers.prefix(limit)))
    if format == .json {
      try Terminal.print(jsonReport(of: runs))
    } else if runs.isEmpty {
      Terminal.notice("no such run")
    } else {
      let hasMore = headers.count > limit
      try Terminal.print(textReport(of: runs, hasMore: hasMore, style: Terminal.style(noColour: noColor)))
    }
  }

  private var filter: RunFilter {
    var filter = RunFilter()
    (filter.service, filter.profile, filter.branch) = (service, profile, branch)
    filter.environmentName = environment
    filter.sizing = Dictionary(env.compactMap(keyAndValue)) { _, last in last }
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

  @Argument(help: ArgumentHelp("A run's id or a commit, or the beginning of one.", valueName: "run|commit"))
  var name: String

  @Option(help: "What to print.")
  var format = ListFormat.text

  @Flag(help: "No colours, as with the variable NO_COLOR.")
  var noColor = false

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let listed = try history.listed(RunNames(history).runs(name))
    let runs = try history.runs(listed.map(\.header.id))
    switch format {
    case .json: try Terminal.print(jsonReport(ofWhole: zip(listed, runs).map { ($0, $1) }))
    case .text:
      let style = Terminal.style(noColour: noColor)
      let texts = zip(listed, runs).map { textReport(of: $0, $1, style: style) }
      try Terminal.print(texts.joined(separator: "\n"))
    }
  }
}
