/// Where the text beside a label begins.
private let labelWidth = 8

/// A text beside its label, wrapped to the style's width; every line after the first is indented.
func labelled(_ label: String, _ text: String, _ style: TextStyle) -> [String] {
  wrapped(text, to: style.width - labelWidth).enumerated().flatMap { index, line in
    labelled(index == 0 ? label : "", verbatim: line, style)
  }
}

/// A line beside its label, as it is.
func labelled(_ label: String, verbatim line: String, _ style: TextStyle) -> [String] {
  [
    label.isEmpty
      ? String(repeating: " ", count: labelWidth) + line
      : style.paint(padded(label, to: labelWidth - 1), .dim) + " " + line
  ]
}
