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

  private var isForGitHub: Bool { formats.contains(.github) }

  private var formats: [ReportFormat] { report.compactMap(file).map(\.0) + [format] }

  /// Whether a page is among what is written: it draws what no other report does.
  var hasPage: Bool { formats.contains(.html) }

  /// Whether a report is written for readers who cannot ask the history themselves.
  var needsExplanations: Bool { formats.contains { [.github, .markdown].contains($0) } }

  /// Prints the verdict and writes its files.
  /// - Parameter explain: explains what blocks.
  func write(_ verdict: Verdict, explain: () throws -> [ExplainedText]) throws {
    let explained = needsExplanations ? try explain() : []
    try write { format, style in
      verdict.report(
        format, style: style, explained: explained, isVerbose: verbose, line: { $0.place.sourceLine })
    } forGitHub: {
      try GitHubFiles.write(
        summary: { markdownSummary(of: verdict, explained: explained, limit: $0) },
        output: { gitHubOutput(of: verdict, explained: explained, delimiter: $0) })
    }
  }

  /// Prints the verdicts of several services and writes their files.
  func write(_ services: ServicesVerdict) throws {
    try write { format, style in
      services.report(format, style: style, isVerbose: verbose) { verdict in
        Review(of: verdict, line: { $0.place.sourceLine })
      }
    } forGitHub: {
      try GitHubFiles.write(
        summary: { services.markdown(start: "", limit: $0, explained: 20) },
        output: { services.gitHubOutput(delimiter: $0) })
    }
  }

  private func write(
    _ report: (ReportFormat, TextStyle) -> String, forGitHub: () throws -> Void
  ) throws {
    for (format, path) in self.report.compactMap(file) {
      try Files.write(report(format, TextStyle(isColoured: false, width: 120)), to: path)
    }
    if isForGitHub { try forGitHub() }
    guard !quiet else { return }
    let text = report(format, colour.style)
    if format == .github { try Terminal.printCommands(text) } else { try Terminal.print(text) }
  }

  private func file(_ entry: String) -> (ReportFormat, String)? {
    guard let pair = keyAndValue(entry), !pair.value.isEmpty, let format = ReportFormat(rawValue: pair.key)
    else {
      return nil
    }
    return (format, pair.value)
  }
}
