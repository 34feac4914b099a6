/// A page as a strict reader takes it: its elements with their attributes, and its text.
struct Markup {
  struct Element {
    var name: String
    var attributes: [String: String] = [:]
    var isClosed = false
  }

  enum Fault: Error {
    case unbalanced(String)
    case broken(String)
  }

  private static let void: Set = ["meta", "link", "wbr"]

  private(set) var elements: [Element] = []
  /// The text between tags, without the style sheet, its references resolved.
  private(set) var text = ""

  /// Reads a page, scalar by scalar: a bracket and an accent behind it are one character. Throws where an element is
  /// not closed in its turn, or a tag is not well formed.
  init(_ page: String) throws {
    let start = "<!DOCTYPE html>\n".unicodeScalars
    var rest = Substring(page).unicodeScalars
    var open: [String] = []
    guard rest.starts(with: start) else { throw Fault.broken("no document type") }
    rest = rest.dropFirst(start.count)
    while let start = rest.firstIndex(of: "<") {
      if open.last != "style" { text += try Markup.resolved(rest[..<start]) }
      guard let end = rest[start...].firstIndex(of: ">") else { throw Fault.broken(String(rest.prefix(40))) }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.first == "/" {
        guard open.popLast() == String(tag.dropFirst()) else { throw Fault.unbalanced(String(tag)) }
        continue
      }
      let element = try Markup.element(tag)
      elements.append(element)
      if !element.isClosed && !Markup.void.contains(element.name) { open.append(element.name) }
    }
    guard open.isEmpty else { throw Fault.unbalanced(open.joined(separator: " ")) }
  }

  private static func element(_ tag: Substring.UnicodeScalarView) throws -> Element {
    var rest = tag
    var element = Element(name: "")
    if rest.last == "/" {
      element.isClosed = true
      rest.removeLast()
    }
    element.name = String(rest.prefix { $0 != " " })
    rest = rest.dropFirst(element.name.unicodeScalars.count)
    guard isName(element.name) else { throw Fault.broken(String(tag)) }
    while rest.first == " " {
      rest.removeFirst()
      guard let equals = rest.firstRange(of: "=\"".unicodeScalars) else { throw Fault.broken(String(tag)) }
      let name = String(rest[..<equals.lowerBound])
      guard let close = rest[equals.upperBound...].firstIndex(of: "\""), isName(name),
        element.attributes[name] == nil
      else { throw Fault.broken(String(tag)) }
      element.attributes[name] = try resolved(rest[equals.upperBound..<close])
      rest = rest[rest.index(after: close)...]
    }
    guard rest.isEmpty else { throw Fault.broken(String(tag)) }
    return element
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  private static func resolved(_ text: Substring.UnicodeScalarView) throws -> String {
    let references = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
    var parts = text.split(separator: "&", omittingEmptySubsequences: false)
    var resolved = String(parts.removeFirst())
    for part in parts {
      guard let end = part.firstIndex(of: ";"), let character = references[String(part[..<end])] else {
        throw Fault.broken("&" + String(part.prefix(10)))
      }
      resolved += character + String(part[part.index(after: end)...])
    }
    return resolved
  }

  /// Elements and attributes with an effect, and any address but a place in the page.
  var flaws: [String] {
    elements.flatMap { element in
      let attributes = element.attributes.filter { name, value in
        name.hasPrefix("on") || ["style", "src", "srcset", "action", "srcdoc"].contains(name)
          || (name == "href" && value != "data:," && !value.hasPrefix("#"))
      }
      return (Markup.known.contains(element.name) ? [] : [element.name])
        + attributes.map { "\(element.name) \($0.key)=\($0.value)" }
    }
  }

  private static let known: Set = [
    "html", "head", "meta", "title", "link", "style", "body", "a", "header", "nav", "main", "footer",
    "section",
    "div", "p", "h1", "h2", "h3", "h4", "span", "small", "b", "bdi", "code", "pre", "ul", "ol", "li", "dl",
    "dt",
    "dd", "time", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "g",
    "rect",
    "line", "polyline", "circle", "text", "wbr", "figure", "figcaption", "desc", "polygon",
  ]
}
