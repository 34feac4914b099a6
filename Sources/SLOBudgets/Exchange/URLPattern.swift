/// Regular expressions over URLs, as globs over path and query where they say no more than those can.
enum URLPattern {
  /// The glob for a regular expression; nil where it says more.
  static func glob(_ pattern: String) -> String? {
    var rest = Substring(pattern)
    if rest.hasPrefix("^") { rest = rest.dropFirst() }
    let isClosed = rest.hasSuffix("$") && !rest.hasSuffix("\\$")
    if isClosed { rest = rest.dropLast() }
    guard let glob = literal(rest) else { return nil }
    let path = withoutHost(glob)
    let start = path != glob || path.hasPrefix("*") ? path : "*" + path
    return isClosed || start.hasSuffix("*") ? start : start + "*"
  }

  /// Literal text with `.*` as `*`; nil where there is more.
  private static func literal(_ pattern: Substring) -> String? {
    var glob = ""
    var rest = pattern
    while let first = rest.popFirst() {
      switch first {
      case "\\":
        guard let escaped = rest.popFirst(), !escaped.isLetter, !escaped.isNumber else { return nil }
        glob.append(escaped)
      case "." where rest.first == "*":
        rest = rest.dropFirst()
        glob.append("*")
      // People write hosts without escaping their dots.
      case ".": glob.append(".")
      case "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "^", "$": return nil
      default: glob.append(first)
      }
    }
    return glob
  }

  /// The part of an address behind its host; of what has none, all of it.
  static func withoutHost(_ url: String) -> String {
    for scheme in ["https://", "http://"] where url.hasPrefix(scheme) {
      let rest = url.dropFirst(scheme.count)
      return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }
    return url
  }
}
