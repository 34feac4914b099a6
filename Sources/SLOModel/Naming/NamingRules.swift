/// What budget files say about the names of endpoints and pages that addresses name.
///
/// An address is named by its path: scheme, user, host, port, query and fragment are no part of it. These rules
/// are the two exceptions a team can write down.
public struct NamingRules: Sendable, Hashable {
  /// The name of a host, by the host as addresses write it, with or without its port: `admin.example` → `admin`
  /// makes `admin/health` of `https://admin.example/health`. An empty name leaves the path alone.
  public var hosts: [String: String]
  /// The query parameters that are part of a page's name, by its path or a pattern with `*`: `/search` → `q`
  /// makes `/search?q=shoes` of `/search?q=shoes&page=2`.
  public var queries: [String: [String]]

  /// Creates rules; none unless told.
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
