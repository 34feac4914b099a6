@_spi(_Unicode) import Swift

/// The one spelling of texts that are canonically equal: Unicode's Normalization Form C (UAX #15), in which `é` is
/// one character and not an `e` with an accent behind it. Names are brought to it where they are read, for files
/// and databases compare bytes.
public enum ComposedText {
  /// A text in Normalization Form C.
  public static func composed(_ text: String) -> String {
    guard needsLook(text) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text._nfc { scalars.append(scalar) }
    return String(scalars)
  }

  /// Texts in Normalization Form C.
  public static func composed(_ words: [String: String]) -> [String: String] {
    guard words.contains(where: { needsLook($0.key) || needsLook($0.value) }) else { return words }
    return Dictionary(words.map { (composed($0.key), composed($0.value)) }) { _, last in last }
  }

  /// Whether a text has a character from U+0300 on: all others are as they are in every form.
  private static func needsLook(_ text: String) -> Bool { text.utf8.contains { $0 >= 0xCC } }
}
