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
