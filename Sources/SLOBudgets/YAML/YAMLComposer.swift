internal import CLibYAML

/// Builds nodes with places from libyaml's events.
///
/// A syntax error ends the file. Everything else (a key written twice, a second document, a tag) is
/// collected in `problems`, so that one reading finds all.
struct YAMLComposer {
  /// How deep nodes may nest, aliases followed.
  static let deepest = 64
  /// How many nodes a file may stand for, aliases followed.
  static let most = 200_000

  /// What was wrong and did not end the file.
  private(set) var problems: [BudgetProblem] = []

  private let text: YAMLText
  private let events: YAMLEvents
  private var anchors: [String: Anchor] = [:]
  private var count = 0

  private struct Anchor {
    var node: YAMLNode
    var count: Int
    var height: Int
  }

  /// A node with the number of levels it has.
  private typealias Composed = (node: YAMLNode, height: Int)

  init(_ text: YAMLText) throws(BudgetProblem) {
    self.text = text
    self.events = try YAMLEvents(text)
  }

  /// The one document of the file.
  /// - Throws: a syntax error, an empty file, or a file that would explode.
  mutating func document() throws(BudgetProblem) -> YAMLNode {
    _ = try events.next()
    guard try events.next().kind == YAML_DOCUMENT_START_EVENT else {
      throw BudgetProblem(
        "is empty, expected a budget", at: Place(file: text.file, line: 1, column: 1),
        hint: "a budget file starts with `version: 1`")
    }
    let root = try content()
    let after = try events.next()
    if after.kind == YAML_DOCUMENT_START_EVENT {
      problems.append(
        BudgetProblem(
          "expected one document, found another", at: after.place, hint: "put it into a file of its own"))
    }
    return root
  }

  /// Every document of the file, of those formats that put several into one.
  /// - Throws: a syntax error, or a file that would explode.
  mutating func documents() throws(BudgetProblem) -> [YAMLNode] {
    _ = try events.next()
    var documents: [YAMLNode] = []
    while try events.next().kind == YAML_DOCUMENT_START_EVENT {
      anchors = [:]
      documents.append(try content())
    }
    return documents
  }

  /// What is in the document that has just begun, its end included.
  private mutating func content() throws(BudgetProblem) -> YAMLNode {
    let root = try node(from: try events.next(), depth: 0).node
    _ = try events.next()
    return root
  }

  private mutating func node(from event: YAMLEvent, depth: Int) throws(BudgetProblem) -> Composed {
    try admit(1, depth: depth, at: event.place)
    if let tag = event.tag {
      problems.append(
        BudgetProblem("the tag '\(tag)' is not supported", at: event.place, hint: "write the value alone"))
    }
    let before = count
    let composed = try content(of: event, depth: depth)
    if let anchor = event.anchor, event.kind != YAML_ALIAS_EVENT {
      anchors[anchor] = Anchor(node: composed.node, count: count - before + 1, height: composed.height)
    }
    return composed
  }

  private mutating func content(of event: YAMLEvent, depth: Int) throws(BudgetProblem) -> Composed {
    switch event.kind {
    case YAML_ALIAS_EVENT:
      return try alias(event, depth: depth)
    case YAML_SEQUENCE_START_EVENT:
      return try sequence(at: event.place, depth: depth)
    case YAML_MAPPING_START_EVENT:
      return try mapping(at: event.place, depth: depth)
    default:
      return (YAMLNode(content: .scalar(event.text, isPlain: event.isPlain), place: event.place), 1)
    }
  }

  private mutating func alias(_ event: YAMLEvent, depth: Int) throws(BudgetProblem) -> Composed {
    let name = event.anchor ?? ""
    guard let anchor = anchors[name] else {
      throw BudgetProblem(
        "the alias '*\(name)' stands for nothing written before it", at: event.place,
        hint: Suggestion.hint(for: name, among: anchors.keys.sorted()))
    }
    try admit(anchor.count - 1, depth: depth + anchor.height - 1, at: event.place)
    return (anchor.node, anchor.height)
  }

  private mutating func sequence(at place: Place, depth: Int) throws(BudgetProblem) -> Composed {
    var items: [YAMLNode] = []
    var height = 0
    while true {
      let event = try events.next()
      if event.kind == YAML_SEQUENCE_END_EVENT { break }
      let item = try node(from: event, depth: depth + 1)
      items.append(item.node)
      height = max(height, item.height)
    }
    return (YAMLNode(content: .sequence(items), place: place), height + 1)
  }

  private mutating func mapping(at place: Place, depth: Int) throws(BudgetProblem) -> Composed {
    var pairs: [YAMLNode.Pair] = []
    var seen = FirstPlaces<String>()
    var height = 0
    while true {
      let event = try events.next()
      if event.kind == YAML_MAPPING_END_EVENT { break }
      let key = try self.key(from: try node(from: event, depth: depth + 1).node, at: event.place)
      let value = try node(from: try events.next(), depth: depth + 1)
      height = max(height, value.height)
      if isMerge(event) { continue }
      if let first = seen.note(key.value, at: key.place) {
        report(duplicate: key, first: first)
      } else {
        pairs.append(YAMLNode.Pair(key: key, value: value.node))
      }
    }
    return (YAMLNode(content: .mapping(pairs), place: place), height + 1)
  }

  private func key(from node: YAMLNode, at place: Place) throws(BudgetProblem) -> Placed<String> {
    guard case .scalar(let text, _) = node.content else {
      throw BudgetProblem("expected a word as key, found \(node.kind)", at: node.place)
    }
    return Placed(value: text, place: place)
  }

  /// YAML 1.1's merge key is reported and left out.
  private mutating func isMerge(_ key: YAMLEvent) -> Bool {
    guard key.isPlain, key.text == "<<" else { return false }
    problems.append(
      BudgetProblem(
        "merge keys are not supported", at: key.place,
        hint: "limits merge by themselves: an endpoint's over `defaults`, key by key"))
    return true
  }

  private mutating func report(duplicate key: Placed<String>, first: Place) {
    problems.append(
      BudgetProblem(
        "the key '\(key.value)' is already set on line \(first.line)", at: key.place, hint: "keep one of them"
      ))
  }

  private mutating func admit(_ nodes: Int, depth: Int, at place: Place) throws(BudgetProblem) {
    guard depth < YAMLComposer.deepest else {
      throw BudgetProblem("nests deeper than \(YAMLComposer.deepest) levels", at: place)
    }
    count += nodes
    guard count <= YAMLComposer.most else {
      throw BudgetProblem(
        "stands for more than \(YAMLComposer.most) values", at: place,
        hint: "anchors that hold aliases multiply: write the values out")
    }
  }
}
