/// A word as a POSIX shell reads it back, whatever strangers wrote into it.
/// - Returns: nil for what cannot be shown as it is: pasted, it would be another word.
package func shellWord(_ text: String) -> String? {
  guard text == VisibleText.escaped(text), !text.isEmpty else { return nil }
  let isPlain = text.utf8.allSatisfy { byte in
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || "_./:@%+,=-".utf8.contains(byte)
  }
  if isPlain { return text }
  // Scalar by scalar: an apostrophe and an accent behind it are one character.
  let quoted = text.unicodeScalars.reduce(into: "") { word, scalar in
    if scalar == "'" { word += "'\\'" }
    word.unicodeScalars.append(scalar)
  }
  return "'" + quoted + "'"
}

/// An option of a command with its value, as a POSIX shell reads it back. A value that begins with a dash must not
/// pass for an option itself.
/// - Returns: nil for a value that cannot be shown as it is.
package func shellOption(_ name: String, _ value: String) -> String? {
  value.hasPrefix("-") ? shellWord("--\(name)=\(value)") : shellWord(value).map { "--\(name) \($0)" }
}
