/// Texts changed scalar by scalar: a quotation mark, bracket or sign with an accent behind it is one character, which
/// `replacing` passes over and other tools do not.
extension String {
  /// The text with every occurrence of a part exchanged.
  package func replacingScalars(_ part: String, with other: String) -> String {
    String(unicodeScalars.replacing(part.unicodeScalars, with: other.unicodeScalars))
  }

  /// The text with some scalars written otherwise.
  /// - Parameter replacement: what is written for a scalar; nil where it stays.
  package func replacingScalars(_ replacement: (Unicode.Scalar) -> String?) -> String {
    unicodeScalars.reduce(into: "") { text, scalar in
      if let other = replacement(scalar) { text += other } else { text.unicodeScalars.append(scalar) }
    }
  }

  /// The text with a sign before each scalar that is one of some.
  package func escapingScalars(_ special: String, with sign: Unicode.Scalar = "\\") -> String {
    unicodeScalars.reduce(into: "") { text, scalar in
      if special.unicodeScalars.contains(scalar) { text.unicodeScalars.append(sign) }
      text.unicodeScalars.append(scalar)
    }
  }
}

/// Fields as one line of CSV (RFC 4180), with a line break at the end.
package func csvLine(_ fields: [String]) -> String { fields.map(csvField).joined(separator: ",") + "\n" }

/// Untrusted text as a field that no spreadsheet takes for a formula.
///
/// Spreadsheets compute what begins with `=`, `+`, `-` or `@`, also behind a tab or a carriage return. An
/// apostrophe in front makes a text of it.
package func csvText(_ text: String) -> String {
  guard let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) else {
    return text
  }
  return "'" + text
}

private func csvField(_ field: String) -> String {
  guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
  return "\"" + field.escapingScalars("\"", with: "\"") + "\""
}

/// Untrusted text as character data or an attribute's value of XML, without invisible characters.
package func xmlText(_ text: String) -> String {
  let visible = VisibleText.escaped(text)
  guard visible.utf8.contains(where: { [0x26, 0x3C, 0x3E, 0x22, 0x27].contains($0) }) else { return visible }
  var escaped: [UInt8] = []
  escaped.reserveCapacity(visible.utf8.count + 32)
  for byte in visible.utf8 {
    switch byte {
    case 0x26: escaped += "&amp;".utf8
    case 0x3C: escaped += "&lt;".utf8
    case 0x3E: escaped += "&gt;".utf8
    case 0x22: escaped += "&quot;".utf8
    case 0x27: escaped += "&#39;".utf8
    default: escaped.append(byte)
    }
  }
  return String(decoding: escaped, as: UTF8.self)
}

/// A word as a POSIX shell reads it back, whatever it contains.
/// - Returns: nil for what cannot be shown as it is: pasted, it would be another word.
package func shellWord(_ text: String) -> String? {
  guard text == VisibleText.escaped(text), !text.isEmpty else { return nil }
  let isPlain = text.utf8.allSatisfy { byte in
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || "_./:@%+,=-".utf8.contains(byte)
  }
  if isPlain { return text }
  return "'" + text.replacingScalars("'", with: "'\\''") + "'"
}

/// An option of a command with its value, as a POSIX shell reads it back. A value that begins with a dash must not
/// pass for an option itself.
/// - Returns: nil for a value that cannot be shown as it is.
package func shellOption(_ name: String, _ value: String) -> String? {
  value.hasPrefix("-") ? shellWord("--\(name)=\(value)") : shellWord(value).map { "--\(name) \($0)" }
}
