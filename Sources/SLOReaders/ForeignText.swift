/// Names what holds no JSON from its first bytes: so 100 MB of it need not be read.
enum ForeignText {
  /// What a file is by its start; nil where it may be a JSON document, or a text with one in it.
  static func name(of text: UnsafeRawBufferPointer) -> String? {
    let start = text.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    let bytes = UnsafeRawBufferPointer(rebasing: start)
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return nil }
    for (magic, name) in known where bytes.starts(with: magic.utf8) { return name }
    if bytes.prefix(64).contains(where: isBinary) { return "binary data" }
    return nil
  }

  /// Whether no text has a byte. A terminal's colours and a progress bar's steps back are text.
  private static func isBinary(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(0x08...0x0D).contains(byte) && byte != 0x1B
  }

  private static let known: [(magic: String, name: String)] = [
    ("<?xml", "an XML file"),
    ("<!DOCTYPE", "an HTML page"),
    ("<!doctype", "an HTML page"),
    ("<html", "an HTML page"),
    ("<", "an XML or HTML file"),
    ("PK\u{3}\u{4}", "a zip archive"),
    ("%PDF", "a PDF file"),
  ]
}
