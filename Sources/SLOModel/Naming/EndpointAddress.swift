/// An address that names an endpoint or page, without what is no part of its name: scheme, user, port, query,
/// fragment and identifiers.
///
/// Its name is its path. Where two unlisted hosts of one check have a path, the host is in front of it; where
/// a path was asked by more than one method, the method does.
package struct EndpointAddress: Sendable, Hashable {
  /// The HTTP method: `POST`; nil where none is known.
  package var method: String?
  /// The host in lower case and without its port; nil where none is known or a budget file names it, which then
  /// begins the path. Empty for a host that budget files leave without a name.
  package var host: String?
  /// The path with its identifiers replaced: `/users/{id}`, `admin/health` on a host that a budget file names.
  package var path: String
  /// Whether the method is part of the name in any case, because the script wrote it there.
  package var namesMethod = false

  /// Creates an address.
  package init(method: String? = nil, host: String? = nil, path: String) {
    (self.method, self.host, self.path) = (method, host, path)
  }

  /// Reads a URL or an absolute path, each perhaps behind a method and a blank.
  /// - Parameters:
  ///   - rules: what budget files say about names.
  ///   - isPage: whether it is of a page, whose query budget files may keep.
  /// - Returns: nil for any other text, which is a name that people gave.
  package init?(_ text: String, by rules: NamingRules = NamingRules(), isPage: Bool = false) {
    let name = EndpointName(collapsing: ComposedText.composed(text))
    guard name.isAddress else { return nil }
    method = name.method
    namesMethod = name.method != nil
    let query = isPage ? EndpointAddress.kept(name.query, by: rules.parameters(ofPath: name.path)) : ""
    let given = name.host.flatMap(rules.name)
    host = given.map { $0.isEmpty ? "" : nil } ?? name.host?.withoutPort
    path = (given ?? "") + name.path + query
  }

  /// The name.
  package func name(withHost: Bool = false, withMethod: Bool = false) -> String {
    let place = withHost ? (host ?? "") + path : path
    guard withMethod || namesMethod, let method else { return place }
    return "\(method) \(place)"
  }

  /// The parameters that are part of a name, in the order of the rule: two orders are one page.
  private static func kept(_ query: String?, by names: [String]) -> String {
    let pairs = (query ?? "").split(separator: "&")
    let kept = names.flatMap { name in pairs.filter { $0 == name || $0.hasPrefix(name + "=") } }
    return kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
  }
}

extension EndpointAddress {
  /// The same address, completed by another one of the same name.
  package func filled(from other: EndpointAddress) -> EndpointAddress {
    var filled = self
    filled.method = method ?? other.method
    filled.host = host ?? other.host
    return filled
  }
}

/// The names of addresses that occur together: in one result, and under one profile in one check.
///
/// Which name an address has depends on which addresses there are, never on how often each was asked or in what
/// order they came.
package struct AddressBook: Sendable {
  /// The methods a path was asked by on each host; nil is an unknown host.
  private var methods: [String: [String?: Set<String>]] = [:]

  /// Collects addresses.
  package init(_ addresses: some Sequence<EndpointAddress> = []) {
    for address in addresses { insert(address) }
  }

  /// Adds an address.
  package mutating func insert(_ address: EndpointAddress) {
    let known = methods[address.path]?[address.host] ?? []
    methods[address.path, default: [:]][address.host] = known.union(address.method.map { [$0] } ?? [])
  }

  /// The name of an address: with its host where several hosts have the path, and with its method where the path
  /// was asked by several.
  package func name(of address: EndpointAddress) -> String {
    let places = methods[address.path] ?? [:]
    let isShared = places.keys.count { $0 != nil } > 1
    let here = isShared ? places[address.host] ?? [] : places.values.reduce(into: []) { $0.formUnion($1) }
    return address.name(withHost: isShared, withMethod: here.count > 1)
  }

  /// The hosts that are in front of a path because another one has it too.
  package var sharedHosts: Set<String> {
    let shared = methods.values.map { $0.keys.compactMap { $0 } }.filter { $0.count > 1 }
    return Set(shared.joined()).subtracting([""])
  }
}
