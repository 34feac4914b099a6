import SLOModel
import SLOSupport

/// Untrusted text, as GitHub-flavoured Markdown shows it literally: within a line, a cell of a table or
/// `<code>`. It is no markup, no HTML, no link, and mentions no one: a comment that is not shown is where GitHub
/// and GitLab would else see a mention, a reference, an emoji's name or an address.
/// - Parameter width: columns beyond which it is shortened in the middle.
func markdown(_ text: String, atMost width: Int = 300) -> String {
  let scalars = Array(brief(text, to: width).unicodeScalars)
  var escaped = ""
  for (index, scalar) in scalars.enumerated() {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "$": escaped += "&#36;"
    case "\\", "`", "*", "_", "~", "[", "]", "|", "!": escaped += "\\\(scalar)"
    default: escaped.unicodeScalars.append(scalar)
    }
    if refers(scalars, at: index) { escaped += "<!-- -->" }
  }
  return escaped
}

/// A name as code.
func markdownCode(_ text: String, atMost width: Int = 60) -> String {
  text.isEmpty ? "" : "<code>\(markdown(text, atMost: width))</code>"
}

/// A text as an item of a list. Where it begins as a heading, a list or a rule would, it is kept from being one.
func markdownItem(_ text: String) -> String { item(ofMarkdown: markdown(text, atMost: 600)) }

/// The same of a text that is Markdown already.
func item(ofMarkdown escaped: String) -> String {
  guard let first = escaped.unicodeScalars.first else { return "" }
  let afterDigits = escaped.unicodeScalars.drop { ("0"..."9").contains($0) }.first
  let isNumbered = ("0"..."9").contains(first) && (afterDigits == "." || afterDigits == ")")
  let begins = isNumbered || "#+-= :".unicodeScalars.contains(first)
  let start = begins ? "&#\(first.value);" : String(first)
  return "- \(start)\(String(escaped.unicodeScalars.dropFirst()))\n"
}

/// Shortened, and made visible before: a character may be drawn as eight, and a thousand marks take no column.
private func brief(_ text: String, to width: Int) -> String {
  let most = 4 * width
  let scalars = text.unicodeScalars
  let start = scalars.prefix(most + 1).count > most ? String(scalars.prefix(most)) + "…" : text
  return shortened(VisibleText.escaped(start), to: width)
}

/// Whether what is at an index and after it may be the heart of a mention, a reference, an emoji's name or an
/// address.
private func refers(_ text: [Unicode.Scalar], at index: Int) -> Bool {
  guard index + 1 < text.count else { return false }
  let next = text[index + 1]
  switch text[index] {
  case "@", "#", "!", "%", "$", "&", "~", "^": return isWord(next)
  case ":": return next == "/" || next == "+" || next == "-" || isEmojiName(text[(index + 1)...])
  case "w", "W": return next == "."
  case "H", "h": return next == "-" && index > 0 && (text[index - 1] == "G" || text[index - 1] == "g")
  default: return false
  }
}

/// Whether a text after a colon could be an emoji's name, or what follows a scheme; a line's number alone is not.
private func isEmojiName(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
  guard let end = text.firstIndex(where: { !("0"..."9").contains($0) }) else { return false }
  return text[end] == ":" || isWord(text[end])
}

private func isWord(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "\""
}
