import ArgumentParser
import SLOBudgets
import SLOGate
import SLOReports

/// How the verdict is reported, and where to.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What to print on standard output. With github, the job's summary and outputs are written too.",
      valueName: "format"))
  var format = ReportFormat.text

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Also write a report to a file, as in json=verdict.json. Repeat it for more.", valueName: "format=file"),
    completion: .file()
  )
  var report: [String] = []

  @Flag(help: "Print nothing; the exit code and the files of --report are the answer.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Show everything: context, every remark, and how it was judged.")
  var verbose = false

  @OptionGroup var colour: ColourOptions

  func validate() throws {
    for entry in report where file(entry) == nil {
      let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "--report takes FORMAT=FILE with one of the formats \(formats); found '\(entry)'.")
    }
  }

  /// Tries the files that are going to be written, and makes their folders: no check is made whose report has no
  /// place.
  /// - Parameter used: what must not be overwritten.
  func prepare(beside used: [OutputFile.Used]) throws {
    let files = report.compactMap(file).map { OutputFile(option: "--report \($0.0.rawValue)=", path: $0.1) }
    try OutputFile.prepare(files, beside: used)
    if isForGitHub { try GitHubFiles.prepare() }
  }

  /// Whether a page is among what is written: it draws what no other report does.
  var hasPage: Bool { (report.compactMap(file).map(\.0) + [format]).contains(.html) }

  private var isForGitHub: Bool {
    format == .github || report.compactMap(file).contains { $0.0 == .github }
  }

  /// Prints the verdict and writes its files.
  /// - Parameters:
  ///   - explain: explains what blocks, for reports whose readers cannot ask the history themselves.
  func write(
    _ verdict: Verdict, explain: () throws -> [ExplainedText]
  ) throws {
    let formats = report.compactMap(file).map(\.0) + [format]
    let explained = formats.contains { [.github, .markdown].contains($0) } ? try explain() : []
    for (format, path) in report.compactMap(file) {
      let style = TextStyle(isColoured: false, width: 120)
      try Files.write(report(verdict, explained, format, style), to: path)
    }
    if isForGitHub { try GitHubFiles.write(verdict, explained) }
    guard !quiet else { return }
    let text = report(verdict, explained, format, colour.style)
    if format == .github { try Terminal.printCommands(text) } else { try Terminal.print(text) }
  }

  private func report(
    _ verdict: Verdict, _ explained: [ExplainedText], _ format: ReportFormat, _ style: TextStyle
  ) -> String {
    verdict.report(
      format, style: style, explained: explained, isVerbose: verbose, line: { $0.place.sourceLine })
  }

  private func file(_ entry: String) -> (ReportFormat, String)? {
    guard let pair = keyAndValue(entry), !pair.value.isEmpty, let format = ReportFormat(rawValue: pair.key)
    else {
      return nil
    }
    return (format, pair.value)
  }
}
