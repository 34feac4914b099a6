import ArgumentParser
import SLOHistory
import SLOReports

/// Proves that a history is what was recorded.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute every hash and compare everything with the journal; exit 74 where anything differs.",
    discussion: """
      It ends with the hash of the journal's last entry. Kept elsewhere, in a release note or a ticket, that hash \
      proves everything before it: whoever rewrites the whole history cannot come to the same one.
      """)

  @Option(help: "What to print.")
  var format = ListFormat.text

  @Flag(help: "No colours, as with the variable NO_COLOR.")
  var noColor = false

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let found = try history.verify()
    switch format {
    case .json: try Terminal.print(jsonReport(of: found))
    case .text: try Terminal.print(textReport(of: found, style: Terminal.style(noColour: noColor)))
    }
    guard found.isIntact else { throw Failure.inputOutput }
  }
}
