import SLOGate
import SLOModel
import SLOSupport

/// A piece of an HTML document. Text becomes part of it escaped, a string literal and what is interpolated into one
/// too; markup is made of elements alone, whose names and attributes' names are literals. So no untrusted
/// text can act as markup.
struct HTML: ExpressibleByStringInterpolation {
  /// The markup.
  private(set) var source: String

  private init(markup: String) { source = markup }

  /// Text, escaped. Where a long word does not fit its line, it is broken between its parts.
  init(_ text: String) { source = parts(of: text).map(xmlText).joined(separator: "<wbr>") }

  /// Text, escaped, for an element that takes no other element.
  static func plain(_ text: String) -> HTML { HTML(markup: xmlText(text)) }

  init(stringLiteral text: String) { self.init(text) }

  /// Nothing.
  static let empty = HTML(markup: "")

  var isEmpty: Bool { source.isEmpty }

  /// An element.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ children: HTML...
  ) -> HTML {
    element(name, attributes, children)
  }

  /// An element with a list of children.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ children: [HTML]
  ) -> HTML {
    var markup = open(name, attributes)
    for child in children { markup += child.source }
    return HTML(markup: markup + "</\(name)>")
  }

  /// An element that has no content and no end tag.
  static func void(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) -> HTML {
    HTML(markup: open(name, attributes))
  }

  private static func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) -> String
  {
    attributes.reduce("<\(name)") { $0 + " \($1.key)=\"\(xmlText($1.value))\"" } + ">"
  }

  /// The style sheet of the page.
  static var style: HTML { HTML(markup: "<style>\(pageStyle)</style>") }

  /// The chart of a trend, which escapes what it shows.
  static func chart(of trend: Trend, width: Int, height: Int) -> HTML {
    HTML(markup: svgChart(of: trend, width: width, height: height))
  }

  /// A document.
  static func document(_ html: HTML) -> String { "<!DOCTYPE html>\n" + html.source + "\n" }

  fileprivate init(_ parts: [HTML], _ separator: HTML) {
    source = parts.first?.source ?? ""
    for part in parts.dropFirst() {
      source += separator.source
      source += part.source
    }
  }

  static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.source + right.source) }
}

extension [HTML] {
  /// All of them, one after the other, with something between.
  func joined(_ separator: HTML = .empty) -> HTML { HTML(self, separator) }
}

/// A text in the parts between which a line may end besides at blanks and hyphens: `http_req_duration.` and
/// `p99`. Words of up to 20 bytes are left whole, and no number is taken apart.
private func parts(of text: String) -> [String] {
  var (parts, start) = ([String](), text.startIndex)
  for word in text.split(separator: " ") where word.utf8.count > 20 {
    for (index, next) in zip(word.indices.dropFirst(), word.indices.dropFirst(2)) {
      guard "/_.:,=".contains(word[index]), word[next].isLetter else { continue }
      parts.append(String(text[start..<next]))
      start = next
    }
  }
  return parts + [String(text[start...])]
}
