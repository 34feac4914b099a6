import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOReaders
import SLOReports
import SLOStatistics

/// Where did the level change? In the history, or in any CSV.
struct Changes: ParsableCommand {
  /// The renderings.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, jsonl
  }

  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Find where the level of series changed, in the history or in any CSV.")

  @OptionGroup var series: SeriesOptions
  @OptionGroup var storage: StorageOptions

  @Option(
    help: ArgumentHelp(
      "Instead of the history, CSV with the columns series_id, index, value; - for standard input.",
      valueName: "file"), completion: .file())
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Judge cases by the test of check: CSV with the columns case_id, role, run, rep, value.",
      valueName: "file"), completion: .file())
  var gateCsv: String?

  @Option(help: "Which way the values of --gate-csv are better (default: lower).")
  var direction: Direction?

  @Option(help: "What to print on standard output.")
  var format: Format?

  @OptionGroup var colour: ColourOptions

  /// Which way is better.
  enum Direction: String, CaseIterable, ExpressibleByArgument {
    case lower, higher
  }

  func validate() throws {
    if csv != nil, gateCsv != nil { throw ValidationError("Give --csv or --gate-csv, not both.") }
    let ofHistory = series.given + (storage.budgets.isEmpty ? [] : ["--budgets"])
    if csv ?? gateCsv != nil, !ofHistory.isEmpty {
      throw ValidationError(
        "A table is taken whole: \(ofHistory.joined(separator: ", ")) can be asked of the history alone.")
    }
    if gateCsv == nil, direction != nil { throw ValidationError("--direction is of --gate-csv.") }
    if gateCsv != nil, let format, format != .jsonl {
      throw ValidationError("--gate-csv is answered in --format jsonl.")
    }
  }

  func run() throws {
    if let gateCsv {
      try judgeCases(gateCsv)
    } else if let csv {
      try searchTable(csv)
    } else {
      try searchHistory()
    }
  }

  private func searchHistory() throws {
    let budgets = try Budgets.reading(storage.budgets)
    let cohorts = try series.recorded(in: storage, under: budgets)
    let trends =
      series.metric.isEmpty
      ? tellingTrends(of: cohorts, budgets: budgets) : trends(of: cohorts, budgets: budgets)
    let events = changeEvents(in: trends).map(named)
    let text =
      switch format ?? .text {
      case .text: textReport(of: events, in: trends, style: colour.style)
      case .json: jsonReport(of: events, in: trends)
      case .jsonl: jsonLines(of: events)
      }
    try Terminal.print(text)
  }

  /// An event with the commits that git knows between its measured ones.
  private func named(_ event: ChangeEvent) -> ChangeEvent {
    var event = event
    if let suspects = event.suspects {
      event.suspects?.changes = Platform.current.repository?.changes(in: suspects) ?? []
    }
    return event
  }

  private func judgeCases(_ path: String) throws {
    let read = Readers.gateCases(path: path, better: direction == .higher ? .higher : .lower)
    try report(read.errors)
    let judgements = RegressionTest().judge(each: read.cases.map(\.candidate))
    try Terminal.print(jsonLines(of: zip(read.cases, judgements).map { ($0.name, $1) }))
  }

  private func searchTable(_ path: String) throws {
    let read = Readers.series(path: path)
    try report(read.errors)
    let changes = ChangePointSearch().changePoints(inEach: read.series.map(\.values))
    let found = zip(read.series, changes).map {
      SeriesChanges(series: $0.name, count: $0.values.count, changes: $1)
    }
    let text =
      switch format ?? .text {
      case .text: textReport(of: found, style: colour.style)
      case .json: jsonReport(of: found)
      case .jsonl: jsonLines(of: found)
      }
    try Terminal.print(text)
  }

  private func report(_ errors: [InputError]) throws {
    var failures = Failure.Collected()
    failures.add(errors)
    try failures.report()
  }
}
