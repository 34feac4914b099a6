import ArgumentParser
import SLOReports

/// How text looks.
struct ColourOptions: ParsableArguments {
  /// When text is coloured.
  enum Choice: String, CaseIterable, ExpressibleByArgument { case auto, always, never }

  @Option(
    help: ArgumentHelp(
      "Colours in text: auto is on a terminal, unless NO_COLOR or CLICOLOR=0 is set, and everywhere with FORCE_COLOR or"
        + " CLICOLOR_FORCE.", valueName: "when"))
  var color = Choice.auto

  @Flag(help: "The same as --color never.")
  var noColor = false

  func validate() throws {
    if noColor, color == .always {
      throw ValidationError("--no-color and --color always contradict each other.")
    }
  }

  /// The style of a report on standard output.
  var style: TextStyle { Terminal.style(noColor ? .never : color) }
}

/// What a command prints that has text for people and JSON for programs.
struct PrintOptions: ParsableArguments {
  /// The forms.
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Option(help: "What to print.")
  var format = Format.text

  @OptionGroup var colour: ColourOptions

  /// The style of the text.
  var style: TextStyle { colour.style }

  /// Prints one of the two.
  func print(text: (TextStyle) -> String, json: () -> String) throws {
    try Terminal.print(format == .json ? json() : text(style))
  }
}
