import ArgumentParser
import Glibc
import SLOBudgets
import SLOGate
import SLOReports

/// How the verdict is told, and where to.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What to print on standard output. With github, the job's summary and outputs are written too.",
      valueName: "format"))
  var format = ReportFormat.text

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Also write a report to a file, as in json=verdict.json. Repeat it for more.", valueName: "format=file")
  )
  var report: [String] = []

  @Flag(help: "Print nothing; the exit code and the files of --report tell.")
  var quiet = false

  @Flag(help: "No colours, as with the variable NO_COLOR.")
  var noColor = false

  func validate() throws {
    for entry in report where file(entry) == nil {
      let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "--report takes FORMAT=FILE with one of the formats \(formats); found '\(entry)'.")
    }
  }

  /// Prints the verdict and writes its files.
  /// - Parameter question: what it is the answer to.
  func write(_ verdict: Verdict, answering question: Question) throws {
    for (format, path) in report.compactMap(file) {
      let style = TextStyle(isColoured: false, width: 120)
      guard replaceFile(path, with: report(verdict, question, format, style)) else {
        Terminal.error("\(path): cannot write the report: \(String(cString: strerror(errno)))")
        throw Failure.inputOutput
      }
    }
    if format == .github || report.compactMap(file).contains(where: { $0.0 == .github }) {
      try GitHubFiles.write(verdict)
    }
    guard !quiet else { return }
    let style = Terminal.style(noColour: noColor)
    try Terminal.print(report(verdict, question, format, style))
  }

  private func report(
    _ verdict: Verdict, _ question: Question, _ format: ReportFormat, _ style: TextStyle
  ) -> String {
    format.report(of: verdict, review: Review(verdict, answering: question), style: style)
  }

  private func file(_ entry: String) -> (ReportFormat, String)? {
    guard let pair = keyAndValue(entry), !pair.value.isEmpty, let format = ReportFormat(rawValue: pair.key)
    else {
      return nil
    }
    return (format, pair.value)
  }
}

extension Review {
  /// A verdict with what a page tells beside it, the lines of its limits as the budget files have them now.
  init(_ verdict: Verdict, answering question: Question) {
    self.init(of: verdict, answering: question) { $0.place.sourceLine }
  }
}

/// Writes a file whole or not at all: to a neighbour first, which then takes its name. A pipe or a device is
/// written as it is.
func replaceFile(_ path: String, with text: String) -> Bool {
  var status = stat()
  if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return write(text, to: path) }
  let target = realpath(path, nil).map { path in
    defer { free(path) }
    return String(cString: path)
  }
  let file = target ?? path
  let neighbour = "\(file).\(getpid()).tmp"
  guard write(text, to: neighbour), rename(neighbour, file) == 0 else {
    let cause = errno
    unlink(neighbour)
    errno = cause
    return false
  }
  return true
}

private func write(_ text: String, to path: String) -> Bool {
  guard let stream = fopen(path, "w") else { return false }
  let bytes = Array(text.utf8)
  let isWritten = fwrite(bytes, 1, bytes.count, stream) == bytes.count
  return fclose(stream) == 0 && isWritten
}
