import SLOModel

/// Text that strangers chose, as GitHub-flavoured Markdown shows it literally: within a line, a cell of a table or
/// `<code>`. It is no markup, no HTML, no link, and calls nobody: a comment that is not shown stands where GitHub
/// and GitLab would else see a mention, a reference or an address.
/// - Parameter width: columns beyond which it is shortened in the middle.
func markdown(_ text: String, atMost width: Int = 300) -> String {
  let visible = brief(text, to: width).unicodeScalars
  var escaped = ""
  for index in visible.indices {
    let scalar = visible[index]
    let next = visible.index(after: index)
    let follower = next < visible.endIndex ? visible[next] : nil
    let mayBegin = index == visible.startIndex
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "$": escaped += "&#36;"
    case "\\", "`", "*", "_", "~", "[", "]", "|", "!": escaped += "\\\(scalar)"
    case _ where mayBegin && beginsBlock(scalar): escaped += "&#\(scalar.value);"
    default: escaped.unicodeScalars.append(scalar)
    }
    if let follower, refers(scalar, before: follower) { escaped += "<!-- -->" }
  }
  return escaped
}

/// A name as code.
func markdownCode(_ text: String, atMost width: Int = 60) -> String {
  text.isEmpty ? "" : "<code>\(markdown(text, atMost: width))</code>"
}

/// Shortened, and made visible before: a character may be drawn as eight, and a thousand marks take no column.
private func brief(_ text: String, to width: Int) -> String {
  let most = 4 * width
  let scalars = text.unicodeScalars
  let start = scalars.prefix(most + 1).count > most ? String(scalars.prefix(most)) + "…" : text
  return shortened(VisibleText.escaped(start), to: width)
}

/// Whether a line that begins with it may become a heading, a list, code or a rule.
private func beginsBlock(_ scalar: Unicode.Scalar) -> Bool {
  "#+-= :0123456789".unicodeScalars.contains(scalar)
}

/// Whether two characters may be the heart of a mention, a reference, an emoji's name or an address.
private func refers(_ scalar: Unicode.Scalar, before next: Unicode.Scalar) -> Bool {
  switch scalar {
  case "@", "#", "!", "%", "$", "&", "~", "^": isWord(next)
  case ":": isWord(next) || next == "/" || next == "+" || next == "-"
  case "w", "W": next == "."
  case "H", "h": next == "-"
  default: false
  }
}

private func isWord(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "\""
}
