/// Looking into documents whose form other tools define: what is not there, or is something else, is nil.
extension YAMLNode {
  /// The pairs of a mapping.
  var pairs: [Pair] {
    guard case .mapping(let pairs) = content else { return [] }
    return pairs
  }

  /// The elements of a list.
  var items: [YAMLNode] {
    guard case .sequence(let items) = content else { return [] }
    return items
  }

  /// Whether it is a list of nothing.
  var isEmptyList: Bool {
    if case .sequence(let items) = content { return items.isEmpty }
    return false
  }

  /// A scalar's text.
  var text: String? {
    guard case .scalar(let text, _) = content, !isNull else { return nil }
    return text
  }

  /// A scalar that is a finite number and was written as one.
  var number: Double? {
    guard case .scalar(let text, isPlain: true) = content, text.first?.isLetter == false,
      let number = Double(text), number.isFinite
    else { return nil }
    return number
  }

  /// The value under a key that is not null.
  subscript(key: String) -> YAMLNode? {
    pairs.first { $0.key.value == key && !$0.value.isNull }?.value
  }
}
