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

  private static let void: Set = ["meta", "link"]

  private(set) var elements: [Element] = []
  /// The text between tags, without the style sheet, its references resolved.
  private(set) var text = ""

  /// Reads a page; throws where an element is not closed in its turn, or a tag is not well formed.
  init(_ page: String) throws {
    var rest = Substring(page)
    var open: [String] = []
    guard rest.hasPrefix("<!DOCTYPE html>\n") else { throw Fault.broken("no document type") }
    rest = rest.dropFirst(16)
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

  private static func element(_ tag: Substring) throws -> Element {
    var rest = tag
    var element = Element(name: "")
    if rest.last == "/" {
      element.isClosed = true
      rest.removeLast()
    }
    element.name = String(rest.prefix { $0 != " " })
    rest = rest.dropFirst(element.name.count)
    guard element.name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }), !element.name.isEmpty
    else { throw Fault.broken(String(tag)) }
    while rest.first == " " {
      rest.removeFirst()
      guard let equals = rest.firstRange(of: "=\"") else { throw Fault.broken(String(tag)) }
      let name = String(rest[..<equals.lowerBound])
      guard let close = rest[equals.upperBound...].firstIndex(of: "\""),
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
        element.attributes[name] == nil
      else { throw Fault.broken(String(tag)) }
      element.attributes[name] = try resolved(rest[equals.upperBound..<close])
      rest = rest[rest.index(after: close)...]
    }
    guard rest.isEmpty else { throw Fault.broken(String(tag)) }
    return element
  }

  private static func resolved(_ text: Substring) throws -> String {
    let references = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
    var parts = text.split(separator: "&", omittingEmptySubsequences: false)
    var resolved = String(parts.removeFirst())
    for part in parts {
      guard let end = part.firstIndex(of: ";"), let character = references[String(part[..<end])] else {
        throw Fault.broken("&" + part.prefix(10))
      }
      resolved += character + part[part.index(after: end)...]
    }
    return resolved
  }
}
