import ArgumentParser
import SLOReports

/// How text looks.
struct ColourOptions: ParsableArguments {
  @Flag(help: "No colours, as with the variable NO_COLOR; FORCE_COLOR asks for them where no terminal is.")
  var noColor = false

  /// The style of a report on standard output.
  var style: TextStyle { Terminal.style(noColour: noColor) }
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
