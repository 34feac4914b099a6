/// Makes text that strangers chose safe for a terminal and for plain text.
///
/// Control characters could move the cursor or colour a verdict, line breaks could forge a row, directional
/// marks could reverse one, and `##[` or `##vso[` would be a command to a build server. Each is shown as
/// `\u{1b}`: visible, and without effect.
public func escapedForTerminal(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) { return text }
  var safe = ""
  var previous: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    if isTreacherous(scalar, after: previous) {
      safe += "\\u{" + String(scalar.value, radix: 16) + "}"
    } else {
      safe.unicodeScalars.append(scalar)
    }
    previous = scalar
  }
  return safe
}

private func isTreacherous(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
  if scalar.isASCII {
    return scalar.value < 0x20 || scalar.value == 0x7F || (scalar == "#" && previous == "#")
  }
  return switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
    !(scalar == joiner && previous.map(isPartOfEmoji) == true)
  default: false
  }
}

/// The zero-width joiner: between emoji it makes one of two, elsewhere it makes two names look like one.
private let joiner: Unicode.Scalar = "\u{200D}"

private func isPartOfEmoji(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value == 0xFE0F || scalar.properties.isEmojiPresentation
}
