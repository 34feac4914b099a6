/// Makes text that strangers chose safe for a terminal and for plain text.
///
/// Control characters could move the cursor or colour a verdict, line breaks could forge a row, and
/// directional marks could reverse one. Each is shown as `\u{1b}`: visible, and without effect.
public func escapedForTerminal(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
  var safe = ""
  for scalar in text.unicodeScalars {
    if isTreacherous(scalar) {
      safe += "\\u{" + String(scalar.value, radix: 16) + "}"
    } else {
      safe.unicodeScalars.append(scalar)
    }
  }
  return safe
}

private func isTreacherous(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
    // The joiner and the variation selector's neighbour that emoji are made of are harmless.
    scalar.value != 0x200D
  default: false
  }
}
