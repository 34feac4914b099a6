/// Fields as one line of CSV (RFC 4180), with a line break at the end.
package func csvLine(_ fields: [String]) -> String { fields.map(csvField).joined(separator: ",") + "\n" }

/// A text that strangers chose, as a field that no spreadsheet takes for a formula.
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
  // Scalar by scalar: a quotation mark and an accent behind it are one character.
  let doubled = field.unicodeScalars.reduce(into: "") { text, scalar in
    text.unicodeScalars.append(scalar)
    if scalar == "\"" { text.unicodeScalars.append(scalar) }
  }
  return "\"" + doubled + "\""
}
