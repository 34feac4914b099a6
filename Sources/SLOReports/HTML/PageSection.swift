import SLOModel
import SLOSupport

/// A part of the page that can be jumped to.
struct PageSection {
  let id: String
  let title: String
  /// What is next to the title and in the contents: how many there are.
  var count: Int?
  let body: HTML

  var html: HTML {
    let number = count.map { HTML.element("span", ["class": "count"], " \($0)") } ?? .empty
    return .element(
      "section", ["id": id, "aria-labelledby": "\(id)-title"],
      .element("h2", ["id": "\(id)-title"], HTML(title) + number), body)
  }

  /// Its entry in the contents.
  var link: HTML {
    let number = count.map { HTML.element("span", ["class": "count"], " \($0)") } ?? .empty
    return .element("li", .element("a", ["href": "#\(id)"], HTML(title) + number))
  }
}

extension HTML {
  /// An element without attributes.
  static func element(_ name: StaticString, _ children: HTML...) -> HTML { element(name, [:], children) }

  /// A list of sentences; nothing for none.
  static func list(_ texts: [String]) -> HTML { list(unique(texts).map { HTML($0) }) }

  static func list(_ items: [HTML]) -> HTML {
    items.isEmpty ? .empty : element("ul", [:], items.map { element("li", $0) })
  }

  /// Names with what they stand for; what is empty is left out.
  static func facts(_ facts: [(name: String, value: HTML)]) -> HTML {
    let known = facts.filter { !$0.value.source.isEmpty }
    return known.isEmpty
      ? .empty
      : element(
        "dl", ["class": "facts"],
        known.map { element("div", element("dt", HTML($0.name)), element("dd", $0.value)) })
  }

  /// The columns of a name that are shown of it where it is one among others.
  static let nameWidth = 160

  /// A name that others chose: its direction of writing stays within it, and it hides nothing by its length.
  static func name(_ text: String) -> HTML {
    element("bdi", HTML(shortened(VisibleText.escaped(text), to: nameWidth)))
  }

  static func code(_ text: String) -> HTML { element("code", HTML(text)) }

  /// A command with its commits as links, no option of which is broken behind its hyphens.
  static func command(_ text: String, _ links: LinkedText) -> HTML {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      word.hasPrefix("-") && word.utf8.count < 30
        ? element("span", HTML(String(word))) : links.html(String(word))
    }
    return element("code", words.joined(" "))
  }
}
