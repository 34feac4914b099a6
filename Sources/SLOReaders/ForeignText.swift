/// Names what is no JSON, or JSON lines, from its first bytes: so 100 MB of it need not be read.
enum ForeignText {
  /// What a text is by its start; nil where it may be a JSON document.
  static func name(of text: UnsafeRawBufferPointer) -> String? {
    let start = text.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    let bytes = UnsafeRawBufferPointer(rebasing: start)
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "{") { return isSampleLine(bytes) ? rawSamples : nil }
    if first == UInt8(ascii: "[") { return nil }
    for (magic, name) in known where bytes.starts(with: magic.utf8) { return name }
    if bytes.prefix(64).contains(where: { $0 < 0x20 && !(0x09...0x0D).contains($0) }) { return "binary data" }
    return "text that is no JSON (\(UntrustedText.quoted(bytes)))"
  }

  /// k6's raw samples, in any of its forms.
  static let rawSamples = "k6's raw samples"

  private static let known: [(magic: String, name: String)] = [
    ("metric_name,timestamp,metric_value", rawSamples),
    ("timeStamp,elapsed", "a JMeter result in CSV"),
    ("Type,Name,Request Count", "a Locust result in CSV"),
    ("<?xml", "an XML file"),
    ("<!DOCTYPE", "an HTML page"),
    ("<!doctype", "an HTML page"),
    ("<html", "an HTML page"),
    ("<", "an XML or HTML file"),
    ("PK\u{3}\u{4}", "a zip archive"),
    ("%PDF", "a PDF file"),
  ]

  /// k6 writes one object a line, `{"metric":…,"type":"Point",…}` or in older versions `{"type":"Point",…}`.
  private static func isSampleLine(_ text: UnsafeRawBufferPointer) -> Bool {
    let line = String(decoding: text.prefix { $0 != 0x0A }.prefix(4_096), as: UTF8.self).filter { $0 != " " }
    let isSample = line.contains("\"type\":\"Metric\"") || line.contains("\"type\":\"Point\"")
    return isSample && line.contains("\"data\":{") && line.contains("\"metric\":")
  }
}
