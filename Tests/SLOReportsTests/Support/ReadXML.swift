import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An XML document read back by a parser that is not ours: its elements in order.
final class ReadXML: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var parent: String
    var text = ""
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    try #require(parser.parse(), "not well-formed: \(parser.parserError.map(String.init(describing:)) ?? "")")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let parent = open.last.map { elements[$0].name } ?? ""
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes, parent: parent))
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  /// Every attribute's value and every text.
  var words: [String] { elements.flatMap { Array($0.attributes.values) + [$0.text] } }

  /// What is wrong with it as JUnit's XML in the dialect Jenkins and GitLab read.
  var junitFlaws: [String] {
    let parents = [
      "testsuites": "", "testsuite": "testsuites", "properties": "testsuite", "property": "properties",
      "testcase": "testsuite", "failure": "testcase", "error": "testcase", "skipped": "testcase",
      "system-out": "testcase",
    ]
    let needed = [
      "testsuite": ["name", "tests", "failures", "errors", "skipped"], "property": ["name", "value"],
      "testcase": ["classname", "name"], "failure": ["type", "message"], "error": ["type", "message"],
      "skipped": ["message"],
    ]
    var flaws: [String] = []
    for element in elements {
      if parents[element.name] != element.parent { flaws.append("\(element.name) in \(element.parent)") }
      for name in needed[element.name] ?? [] where element.attributes[name] == nil {
        flaws.append("\(element.name) without \(name)")
      }
    }
    for (attribute, name) in [
      ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"),
    ] {
      let counted = elements.count { $0.name == name }
      let told = elements.filter { $0.name == "testsuite" }.compactMap { Int($0.attributes[attribute] ?? "") }
      if told.reduce(0, +) != counted { flaws.append("\(attribute): \(told), but \(counted) \(name)") }
      if elements.first?.attributes[attribute] != "\(counted)" { flaws.append("testsuites \(attribute)") }
    }
    return flaws
  }
}
