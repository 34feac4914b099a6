import SLOSupport

/// What budget files say about the names of endpoints and pages that addresses name.
///
/// An address is named by its path: scheme, user, host, port, query and fragment are no part of it. These rules
/// are the two exceptions a team can write down.
///
/// ```swift
/// let rules = NamingRules(hosts: ["admin.example": "admin"], queries: ["/search": ["q"]])
/// ```
public struct NamingRules: Sendable, Hashable {
  /// The name of a host, by the host as addresses write it, with or without its port: `admin.example` → `admin`
  /// makes `admin/health` of `https://admin.example/health`. An empty name leaves the path alone.
  public var hosts: [String: String]
  /// The query parameters that are part of a page's name, by its path or a pattern with `*`: `/search` → `q`
  /// makes `/search?q=shoes` of `/search?q=shoes&page=2`.
  public var queries: [String: [String]]

  /// Creates rules; none by default.
  public init(hosts: [String: String] = [:], queries: [String: [String]] = [:]) {
    self.hosts = hosts
    self.queries = queries
  }

  /// The name a host was given, in front of which its port goes: `localhost:3001` before `localhost`; nil for a
  /// host that is not listed.
  package func name(ofHost host: String) -> String? {
    let known =
      hosts.first { $0.key.lowercased() == host } ?? hosts.first { $0.key.lowercased() == host.withoutPort }
    return known?.value
  }

  /// The query parameters that are kept of a path, the most specific pattern first.
  package func parameters(ofPath path: String) -> [String] {
    let matching = queries.keys.map(EndpointPattern.init).filter { $0.matches(path) }
    return matching.min(by: EndpointPattern.isMoreSpecific).flatMap { queries[$0.text] } ?? []
  }
}

extension String {
  /// A host without the port behind it; an IPv6 address keeps its brackets.
  package var withoutPort: String {
    guard let colon = utf8.lastIndex(of: UInt8(ascii: ":")), !utf8[colon...].contains(UInt8(ascii: "]"))
    else {
      return self
    }
    return String(self[..<colon])
  }
}

/// The names by which a budget may speak of an endpoint.
///
/// An entry for `/orders` reaches `POST /orders`, the pages of `/orders` whose query is kept, and `/orders` on a
/// host that is in front because no budget file names it: the part that makes a path unique is no other thing.
package enum BudgetNames {
  /// The endpoint's own name first, then the wider ones.
  /// - Parameter hosts: the names that budget files give to hosts, which are part of a path.
  package static func names(of endpoint: String, hosts: some Collection<String>) -> [String] {
    var names = [endpoint]
    // A history of before names were so has whole URLs.
    if endpoint.contains("://"), let address = EndpointAddress(endpoint) { names.append(address.name()) }
    if endpoint.utf8.contains(UInt8(ascii: "?")), endpoint.utf8.contains(UInt8(ascii: "/")) {
      names.append(String(endpoint.prefix { $0 != "?" }))
    }
    names += names.map(withoutMethod)
    names += names.compactMap { withoutHost($0, hosts) }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  private static func withoutMethod(_ name: String) -> String {
    guard let blank = name.firstIndex(of: " "), EndpointName.methods.contains(String(name[..<blank])),
      name[blank...].contains("/")
    else { return name }
    return String(name[name.index(after: blank)...])
  }

  private static func withoutHost(_ name: String, _ hosts: some Collection<String>) -> String? {
    let place = withoutMethod(name)
    guard let slash = place.firstIndex(of: "/"), slash > place.startIndex else { return nil }
    let host = String(place[..<slash])
    guard !hosts.contains(host), isHost(host) else { return nil }
    return String(name.dropLast(place.count)) + place[slash...]
  }

  /// Whether a text in front of a path is a host: with a dot inside, `localhost`, or an address of IPv6.
  private static func isHost(_ text: String) -> Bool {
    if text == "localhost" || text.hasPrefix("[") && text.hasSuffix("]") { return true }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1
      && labels.allSatisfy { label in
        !label.isEmpty && label.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
      }
  }
}

/// The tag that names an endpoint: a part of what the endpoint is, for a request and a scenario of one name are
/// two things.
package enum EndpointTag {
  /// Whether two tags name the same: load tools put a request's URL into both `name` and `url`.
  package static func isSame(_ left: String, _ right: String) -> Bool {
    left == right || areAddresses.isSuperset(of: [left, right])
  }

  private static let areAddresses: Set<String> = ["name", "url"]
}

extension EndpointPattern {
  /// The pattern of an entry that is a whole URL, or a path: by the name that the address has.
  /// - Parameter names: how subjects are named. Of a page the parameters of its query may be part of its name.
  package static func named(
    _ text: String, _ names: EvidenceKind.SubjectNames = .addresses
  ) -> EndpointPattern {
    let isPage = names == .addressesWithQueries
    guard text.contains("://"), names != .plain else { return EndpointPattern(text) }
    let rules = NamingRules(queries: isPage ? ["*": NamingRules.parameters(in: text)] : [:])
    return EndpointPattern(EndpointAddress(text, by: rules, isPage: isPage)?.name() ?? text)
  }
}

extension NamingRules {
  /// The names of the parameters in the query of an address, in their order.
  package static func parameters(in address: String) -> [String] {
    guard let mark = address.firstIndex(of: "?") else { return [] }
    let query = address[address.index(after: mark)...].prefix { $0 != "#" }
    return query.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
  }
}

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
