import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOReports
import SLOSupport

/// One or more series over commits.
struct TrendCommand: ParsableCommand {
  /// The renderings.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, log, chart, csv, json, svg
  }

  static let configuration = CommandConfiguration(
    commandName: "trend",
    abstract: "Show series over commits: table, log of commits, terminal chart, CSV, JSON or SVG.",
    discussion: """
      Without --metric it is the p95 of the durations, or the largest contentful paint of a page; without --endpoint \
      the run as a whole and every endpoint ('*' is the run as a whole alone, '**' everything); without --last the \
      last 50 commits. --format log is a line a commit, the newest last, with what it did as far as git knows, and \
      each change between its commits. Percentiles read off the samples' sketches (to within 1 %) are marked ≈.
      """)

  @OptionGroup var series: SeriesOptions
  @OptionGroup var storage: StorageOptions

  @Option(help: "How to show them; of one series a table has a row a commit.")
  var format = Format.table

  @Option(
    help: ArgumentHelp("Write to a file in place of standard output.", valueName: "file"), completion: .file()
  )
  var output: String?

  @Option(help: ArgumentHelp("Columns to fill (default: the terminal's).", valueName: "columns"))
  var width: Int?

  @OptionGroup var colour: ColourOptions

  /// How many commits are shown where no number is given.
  private static let usualCommits = 50

  func validate() throws {
    if let width, !(40...1_000).contains(width) { throw ValidationError("--width is 40 to 1000 columns.") }
  }

  func run() throws {
    let files = [output].compactMap(\.self).map { OutputFile(option: "--output ", path: $0) }
    try OutputFile.prepare(files, beside: storage.files)
    let budgets = try Budgets.reading(storage.budgets)
    let recorded = try series.recorded(
      in: storage, under: budgets, figures: KeyFigures.all,
      last: series.since == nil ? TrendCommand.usualCommits : nil)
    let cohorts = series.metric.isEmpty ? recorded.map(KeyFigures.chosen) : recorded
    let text = try render(trends(of: cohorts, budgets: budgets))
    guard let output else { return try Terminal.print(text) }
    try Files.write(VisibleText.inert(text), to: output)
  }

  private func render(_ trends: [Trend]) throws -> String {
    switch format {
    case .table where trends.count > 1: tableReport(of: trends, style: style)
    case .table: tableReport(of: trends, notes: try storage.gate().notes(on: trends), style: style)
    case .log: logReport(of: trends, notes: try storage.gate().notes(on: trends), style: style)
    case .chart: chartReport(of: trends, style: style)
    case .csv: csvReport(of: trends)
    case .json: jsonReport(of: trends)
    case .svg: svgReport(of: trends)
    }
  }

  private var style: TextStyle {
    let terminal = output == nil ? colour.style : Terminal.style(.never)
    return TextStyle(isColoured: terminal.isColoured, width: width ?? terminal.width)
  }
}
