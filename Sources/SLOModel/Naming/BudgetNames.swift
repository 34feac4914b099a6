import SLOSupport

/// The names by which a budget may speak of an endpoint.
///
/// An entry for `/orders` reaches `POST /orders`, the pages of `/orders` whose query is kept, and `/orders` on a
/// host that stands in front because no budget file names it: what a path is told apart by is no other thing.
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
