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

  @OptionGroup var output: PrintOptions

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let found = try history.verify()
    try output.print(text: { textReport(of: found, style: $0) }, json: { jsonReport(of: found) })
    guard found.isIntact else { throw Failure.inputOutput }
  }
}
