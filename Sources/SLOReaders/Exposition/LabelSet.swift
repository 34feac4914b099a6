internal import SLOModel
import SLOSupport

/// The labels of a series, by name: what distinguishes the series of one metric.
struct LabelSet: Hashable, Sendable {
  /// One label.
  struct Label: Hashable, Sendable {
    var name: String
    var value: String
  }

  /// The labels by name, none empty: a label without a value is none.
  private(set) var labels: [Label]

  /// Takes labels in any order.
  init(_ labels: [Label]) { self.labels = labels.filter { !$0.value.isEmpty }.sorted { $0.name < $1.name } }

  /// Reads what `text` wrote.
  init(written text: String) {
    labels = []
    var reader = QuotedText(Array(text.utf8))
    while !reader.isAtEnd {
      let name = reader.isAtQuote ? reader.quoted() : reader.plain(until: UInt8(ascii: "="))
      reader.skip(1)
      labels.append(Label(name: name, value: reader.quoted()))
      reader.skip(1)
    }
  }

  /// The value of a label.
  subscript(name: String) -> String? { labels.first { $0.name == name }?.value }

  /// Without one label.
  func without(_ name: String) -> LabelSet {
    var others = self
    others.labels.removeAll { $0.name == name }
    return others
  }

  /// With the labels of some names alone.
  func only(_ names: Set<String>) -> LabelSet {
    var others = self
    others.labels.removeAll { !names.contains($0.name) }
    return others
  }

  /// As an exposition has it, sorted by name: `queue="orders.dlq",vhost="/"`.
  var text: String {
    labels.map { "\(LabelSet.written($0.name))=\(LabelSet.quoted($0.value))" }.joined(separator: ",")
  }

  /// The same as the name of a subject, without what gives access: in addresses, and under the name of a secret.
  var subject: String {
    LabelSet(labels.map { Label(name: $0.name, value: LabelSet.harmless($0)) }).text
  }

  private static func harmless(_ label: Label) -> String {
    let value = AddressText.cleaned(label.value)
    return SecretText.reason(key: label.name, value: value) == nil ? value : "{token}"
  }

  /// A name, in quotes where it is not one that goes without.
  static func written(_ name: String) -> String {
    isPlain(name) ? name : quoted(name)
  }

  /// Whether a name needs no quotes; a colon only metrics have.
  static func isPlain(_ name: String, isMetric: Bool = false) -> Bool {
    guard let first = name.utf8.first, !first.isDigit else { return false }
    return name.utf8.allSatisfy { $0.isNamePart || isMetric && $0 == UInt8(ascii: ":") }
  }

  static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else { return "\"\(text)\"" }
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
      case 0x5C, 0x22: bytes += [0x5C, byte]
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes + [0x22], as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether a name without quotes may hold it: a letter of ASCII, a digit or an underscore.
  var isNamePart: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
}

/// Reads what is between quotation marks, with the escapes `\\`, `\"` and `\n`; any other backslash stays.
struct QuotedText {
  private let bytes: [UInt8]
  private(set) var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at >= bytes.count }
  var isAtQuote: Bool { !isAtEnd && bytes[at] == 0x22 }

  mutating func skip(_ count: Int) { at += count }

  mutating func plain(until end: UInt8) -> String {
    let start = at
    while at < bytes.count, bytes[at] != end { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  /// The text between the quotes here, and steps behind the second.
  mutating func quoted() -> String {
    var text: [UInt8] = []
    at += 1
    while at < bytes.count, bytes[at] != 0x22 {
      if bytes[at] == 0x5C, at + 1 < bytes.count {
        at += 1
        switch bytes[at] {
        case UInt8(ascii: "n"): text.append(0x0A)
        case 0x5C, 0x22: text.append(bytes[at])
        default: text += [0x5C, bytes[at]]
        }
      } else {
        text.append(bytes[at])
      }
      at += 1
    }
    at += 1
    return String(decoding: text, as: UTF8.self)
  }
}
