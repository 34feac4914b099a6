/// A part of a page: a head, items below it, and an end.
struct MarkdownSection {
  /// What its items are called, where they have to be cut: `notices`.
  var name: String
  var head: String
  var items: [String]
  /// How many items there would be; those not given are too many to read.
  var count: Int
  var tail: String

  init(_ name: String, head: String, items: [String], of count: Int, tail: String = "") {
    self.name = name
    self.head = head
    self.items = items
    self.count = count
    self.tail = tail
  }
}

/// A page that never outgrows its limit: what is added first has the first claim to the room. What is cut is told
/// at its end.
struct MarkdownPage {
  private var body: String
  private var room: Int
  private var cut: [String] = []

  /// Room for the sentence that tells what was cut.
  private static let reserve = 1_000

  /// Begins a page.
  /// - Parameter limit: bytes of UTF-8 it may have.
  init(_ start: String, limit: Int) {
    body = start
    room = limit - start.utf8.count - MarkdownPage.reserve
  }

  /// Adds a section with as many of its items as there is room for; nothing of it, where that is none.
  mutating func add(_ section: MarkdownSection) {
    guard !section.items.isEmpty else { return }
    var left = room - section.head.utf8.count - section.tail.utf8.count - 1
    let shown = section.items.prefix { item in
      left -= item.utf8.count
      return left >= 0
    }
    if shown.count < section.count {
      cut.append("\(section.count - shown.count) of \(section.count) \(section.name)")
    }
    guard !shown.isEmpty else { return }
    let text = "\n" + section.head + shown.joined() + section.tail
    body += text
    room -= text.utf8.count
  }

  /// The page, and what is not on it.
  var text: String {
    guard !cut.isEmpty else { return body }
    return body
      + "\n<sub>Not shown here: \(cut.joined(separator: ", ")). `--report json=FILE` has everything.</sub>\n"
  }
}
