/// The kinds of nodes every section is made of.
extension BudgetReader {
  /// The pairs of a mapping.
  mutating func pairs(of node: YAMLNode, in what: @autoclosure () -> String) -> [YAMLNode.Pair] {
    if case .mapping(let pairs) = node.content { return pairs }
    report("\(what()) must be a mapping, found \(node.kind)", at: node.place)
    return []
  }

  /// The pairs of a mapping with fixed keys; unknown keys are reported.
  mutating func fields(
    of node: YAMLNode, in what: @autoclosure () -> String, known: [String]
  ) -> Fields {
    var fields = Fields()
    for pair in pairs(of: node, in: what()) {
      if known.contains(pair.key.value) {
        fields.pairs.append(pair)
      } else {
        report(
          "unknown key '\(pair.key.value)' in \(what())", at: pair.key.place,
          hint: Suggestion.hint(for: pair.key.value, among: known))
      }
    }
    return fields
  }

  /// A scalar as it was written.
  mutating func text(_ node: YAMLNode, of what: String) -> String? {
    guard case .scalar(let text, _) = node.content, !node.isNull, !text.isEmpty else {
      report(
        "'\(what)' must be a text or a number, found \(node.isEmpty ? "nothing" : node.kind)", at: node.place)
      return nil
    }
    return text
  }

  /// A list of texts, or one.
  mutating func names(_ node: YAMLNode, of what: String) -> [String] {
    let nodes = if case .sequence(let nodes) = node.content { nodes } else { [node] }
    return nodes.compactMap { text($0, of: what) }
  }

  /// `true` or `false`.
  mutating func flag(_ node: YAMLNode, of what: String) -> Bool? {
    if case .scalar(let text, isPlain: true) = node.content, let flag = Bool(text) { return flag }
    report("'\(what)' must be true or false, found \(node.kind)", at: node.place)
    return nil
  }

  /// A whole number within a range.
  mutating func wholeNumber(
    _ node: YAMLNode, of what: String, in range: ClosedRange<Int>, hint: String? = nil
  ) -> Int? {
    if case .scalar(let text, _) = node.content, let number = Int(text), range.contains(number) {
      return number
    }
    report(
      "'\(what)' must be a whole number from \(range.lowerBound) to \(range.upperBound), found \(node.kind)",
      at: node.place, hint: hint)
    return nil
  }

  /// A quantity of one of some dimensions, in their canonical unit.
  mutating func quantity(
    _ node: YAMLNode, of what: String, as dimensions: Set<Quantity.Dimension>, example: String
  ) -> Double? {
    guard let text = text(node, of: what) else { return nil }
    do throws(Quantity.Malformed) {
      let quantity = try Quantity(parsing: text)
      if dimensions.contains(quantity.dimension) { return quantity.value }
      report("'\(what)' must be \(example), found '\(text)'", at: node.place)
    } catch {
      report(error.message, at: node.place, hint: error.hint)
    }
    return nil
  }

  /// A share between 0 and 1, written `5%` or `0.05`.
  mutating func share(_ node: YAMLNode, of what: String) -> Double? {
    let share = quantity(node, of: what, as: [.percent, .plain], example: "a share such as 5%")
    guard let share, share >= 1 else { return share }
    report(
      "'\(what)' must be less than 100 %, found \(node.kind)", at: node.place,
      hint: "write a share such as 5%")
    return nil
  }
}

/// The pairs of a mapping with fixed keys, few enough to look through.
struct Fields {
  fileprivate(set) var pairs: [YAMLNode.Pair] = []

  /// The pair with a key.
  subscript(key: String) -> YAMLNode.Pair? { pairs.first { $0.key.value == key } }
}

extension YAMLNode {
  fileprivate var isEmpty: Bool {
    if case .scalar("", _) = content { return true }
    return false
  }
}
