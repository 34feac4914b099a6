extension Reading {
  /// Gives endpoints other names, in everything a reading says of them.
  package mutating func rename(_ names: [String: String]) {
    guard names.contains(where: { $0.key != $0.value }) else { return }
    func renamed(_ endpoint: String) -> String { names[endpoint] ?? endpoint }
    for index in measurements.indices {
      measurements[index].series.endpoint = renamed(measurements[index].series.endpoint)
    }
    for index in distributions.indices {
      distributions[index].endpoint = renamed(distributions[index].endpoint)
    }
    for index in thresholds.indices { thresholds[index].endpoint = renamed(thresholds[index].endpoint) }
    endpointTags = Dictionary(endpointTags.map { (renamed($0.key), $0.value) }) { first, _ in first }
    addresses = Dictionary(addresses.map { (renamed($0.key), $0.value) }) { $0.filled(from: $1) }
    subject = subject.map(renamed)
  }

  /// The tag that named each endpoint with the rest of its address, as a history keeps it: `name POST @shop.example`.
  package var recordedTags: [String: String] {
    get {
      let tags = endpointTags.merging(addresses.mapValues { _ in "" }) { tag, _ in tag }
      return Dictionary(
        uniqueKeysWithValues: tags.map { ($0.key, RecordedTag($0.value, addresses[$0.key]).text) })
    }
    set {
      let tags = newValue.mapValues(RecordedTag.init)
      endpointTags = tags.filter { !$0.value.tag.isEmpty || !$0.value.hasAddress }.mapValues(\.tag)
      addresses = Dictionary(
        uniqueKeysWithValues: tags.compactMap { name, tag in tag.address(named: name).map { (name, $0) } })
    }
  }
}

/// A tag, a method and a host in one text.
private struct RecordedTag {
  var tag: String
  private var method: String?
  private var host: String?

  init(_ tag: String, _ address: EndpointAddress?) {
    (self.tag, method, host) = (tag, address?.method, address?.host)
  }

  /// Reads what `text` writes.
  init(_ text: String) {
    var words = text.split(separator: " ", omittingEmptySubsequences: false)
    if words.count > 1, let last = words.last, last.hasPrefix("@") {
      host = String(words.removeLast().dropFirst())
    }
    if words.count > 1, let last = words.last, EndpointName.methods.contains(String(last)) {
      method = String(words.removeLast())
    }
    tag = words.joined(separator: " ")
  }

  var text: String {
    ([tag] + [method, host.map { "@" + $0 }].compactMap { $0 }).joined(separator: " ")
  }

  var hasAddress: Bool { method != nil || host != nil }

  /// The address of an endpoint of this name; nil where nothing of one was kept.
  func address(named name: String) -> EndpointAddress? {
    guard hasAddress else { return nil }
    var address = EndpointAddress(method: method, host: host, path: name)
    if let method, name.hasPrefix(method + " ") {
      address.path = String(name.dropFirst(method.count + 1))
      address.namesMethod = true
    }
    if let host, !host.isEmpty, address.path.hasPrefix(host + "/") {
      address.path = String(address.path.dropFirst(host.count))
    }
    return address
  }
}
