import ArgumentParser

@main
struct Slogate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slogate",
    abstract: "May this commit be released? An SLO release gate and performance-regression analyzer.",
    discussion: """
      Exit codes: 0 pass, 1 a budget is exceeded, 2 a regression, 3 inconclusive, 4 only warnings (--strict), \
      64 usage, 65 malformed input, 66 unreadable input, 70 internal error, 74 history or report not readable \
      or writable, 78 wrong budget file.
      """,
    version: "0.1.0",
    subcommands: [Check.self, Record.self])
}
