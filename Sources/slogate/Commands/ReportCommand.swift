import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOReports

/// Tells a recorded check again, as a page or as the dated report.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "The report of a recorded check: a page in one file, or a dated file in Markdown.",
    discussion: """
      It is of the newest recorded check, or of the last one of --commit, judged again by the budgets of now. \
      With --dated it becomes DIR/YYYYMMDD-summary.md, by the day of the check; a file of that name that says \
      something else is never overwritten: the next is YYYYMMDD-summary-2.md.
      """)

  @Option(
    help: ArgumentHelp("The commit whose last check is shown (default: the newest check).", valueName: "sha"),
    completion: Completions.commits)
  var commit: String?

  @Option(help: ArgumentHelp("The branch whose runs are the reference.", valueName: "branch"))
  var reference: String?

  @Option(help: ArgumentHelp("What to write.", valueName: "format"))
  var format: ReportFormat?

  @Option(
    help: ArgumentHelp("Write to a file in place of standard output.", valueName: "file"), completion: .file()
  )
  var output: String?

  @Option(
    help: ArgumentHelp("Write the dated report into a folder, which is made.", valueName: "folder"),
    completion: .directory)
  var dated: String?

  @Flag(help: "With --dated, also write the page.")
  var html = false

  @OptionGroup var storage: StorageOptions

  func validate() throws {
    guard dated != nil else {
      if html { throw ValidationError("--html is of --dated; a page alone is --format html.") }
      return
    }
    if output != nil || format != nil {
      throw ValidationError("--dated takes neither --output nor --format; --html also writes the page.")
    }
  }

  func run() throws {
    let outputs = [output].compactMap(\.self).map { OutputFile(option: "--output ", path: $0) }
    try OutputFile.prepare(outputs, beside: storage.files)
    let gate = try storage.gate()
    let past = try gate.past(PastCheck.Wanted(commit: commit), reference: reference, isDescribed: true)
    let given = past.verdict.noting([past.change].compactMap { $0 })
    let hasPage = html || dated == nil && (format ?? .html) == .html
    let verdict = hasPage ? try gate.showingShifts(of: given.findingsWithShifts, in: given) : given
    guard let dated else { return try write(verdict, gate) }
    let folder = DatedFolder(dated, day: past.recorded.recordedAt)
    var files = [("md", datedReport(of: verdict, at: past.recorded.recordedAt))]
    if html { files.append(("html", verdict.report(.html, line: { $0.place.sourceLine }))) }
    try folder.write(files).forEach(Terminal.notice)
  }

  private func write(_ verdict: Verdict, _ gate: Gate) throws {
    let style = output == nil ? Terminal.style(.auto) : TextStyle(isColoured: false, width: 120)
    let format = format ?? .html
    let explained =
      [.github, .markdown].contains(format)
      ? try gate.explanationTexts(of: verdict, storage) : []
    let text = verdict.report(
      format, style: style, explained: explained, line: { $0.place.sourceLine })
    guard let output else { return try Terminal.print(text) }
    try Files.write(text, to: output)
  }
}

extension PastCheck {
  /// What differs from the verdict that was given then; nil where nothing does.
  fileprivate var change: String? {
    guard Int(verdict.code.rawValue) != recorded.exitCode else { return nil }
    return
      "the check of \(recorded.recordedAt) said \(recorded.verdict) (exit code \(recorded.exitCode)); judged again by"
      + " the budgets and the history of now it is \(verdict.outcome.rawValue) (exit code \(verdict.code.rawValue))"
  }
}
