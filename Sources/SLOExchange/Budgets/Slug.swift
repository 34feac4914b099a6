import SLOSupport

/// A name made of small letters, digits and hyphens for a text that may hold anything.
enum Slug {
  /// The text itself where it is such a name already; else what is left of it, with a few digits of its SHA-256, for
  /// two texts must not share a name.
  static func text(_ text: String, length: Int = 63) -> String {
    let kept = text.lowercased().utf8.map { byte in
      (48...57).contains(byte) || (97...122).contains(byte) ? byte : UInt8(ascii: "-")
    }
    let words = String(decoding: kept, as: UTF8.self).split(separator: "-").joined(separator: "-")
    if words == text, text.utf8.count <= length { return text }
    let digits = String(SHA256Digest(of: text).description.prefix(8))
    let short = words.prefix(length - 9)
    let start = short.hasSuffix("-") ? short.dropLast() : short
    return start.isEmpty ? digits : start + "-" + digits
  }
}
