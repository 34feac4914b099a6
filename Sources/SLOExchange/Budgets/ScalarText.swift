extension String {
  /// The text with a part of it exchanged, scalar by scalar: a sign and an accent behind it are one character, which
  /// `replacing` passes over and other tools do not.
  func replacingScalars(_ part: String, with other: String) -> String {
    String(unicodeScalars.replacing(part.unicodeScalars, with: other.unicodeScalars))
  }

  /// The text with a sign before each scalar that is one of some.
  func escapingScalars(_ special: String, with sign: Unicode.Scalar = "\\") -> String {
    unicodeScalars.reduce(into: "") { text, scalar in
      if special.unicodeScalars.contains(scalar) { text.unicodeScalars.append(sign) }
      text.unicodeScalars.append(scalar)
    }
  }
}
