import ArgumentParser
import Glibc
import SLOGate
import SLOHistory
import SLOModel
import SLOReports

/// One or more series over commits.
struct TrendCommand: ParsableCommand {
  /// The renderings.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, chart, csv, json, svg
  }

  static let configuration = CommandConfiguration(
    commandName: "trend",
    abstract: "Show series over commits: table, terminal chart, CSV, JSON or SVG.",
    discussion: """
      Without --metric it is the p95, without --endpoint the run as a whole, without --last the last 50 commits. \
      Percentiles read off the samples' sketches (to within 1 %) are marked ≈.
      """)

  @OptionGroup var series: SeriesOptions
  @OptionGroup var storage: StorageOptions

  @Option(help: "How to show them.")
  var format = Format.table

  @Option(help: ArgumentHelp("Write to a file in place of standard output.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Columns to fill (default: the terminal's).", valueName: "columns"))
  var width: Int?

  @Flag(help: "No colours, as with the variable NO_COLOR.")
  var noColor = false

  /// How many commits are shown where nobody says how many.
  private static let usualCommits = 50

  func validate() throws {
    if let width, !(40...1_000).contains(width) { throw ValidationError("--width is 40 to 1000 columns.") }
  }

  func run() throws {
    let recorded = try RecordedSeries(
      series, storage, figures: [SeriesQuery.Figure(metric: "http_req_duration", statistic: .p95)],
      endpoints: [.exactly(Series.wholeRun)],
      last: series.since == nil ? TrendCommand.usualCommits : nil)
    let text = render(trends(of: recorded.cohorts, budgets: recorded.budgets))
    guard let output else { return try Terminal.print(text) }
    guard replaceFile(output, with: text) else {
      Terminal.error("\(output): cannot write the report: \(String(cString: strerror(errno)))")
      throw Failure.inputOutput
    }
  }

  private func render(_ trends: [Trend]) -> String {
    switch format {
    case .table: tableReport(of: trends, style: style)
    case .chart: chartReport(of: trends, style: style)
    case .csv: csvReport(of: trends)
    case .json: jsonReport(of: trends)
    case .svg: svgReport(of: trends)
    }
  }

  private var style: TextStyle {
    let terminal = Terminal.style(noColour: noColor || output != nil)
    return TextStyle(isColoured: terminal.isColoured, width: width ?? terminal.width)
  }
}
