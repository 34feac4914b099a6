/// The names of addresses that occur together: in one result, and under one profile in one check.
///
/// Which name an address has depends on which addresses there are, never on how often each was asked or in what
/// order they came.
public struct AddressBook: Sendable {
  /// The methods a path was asked by on each host; nil is an unknown host.
  private var methods: [String: [String?: Set<String>]] = [:]

  /// Collects addresses.
  public init(_ addresses: some Sequence<EndpointAddress> = []) {
    for address in addresses { insert(address) }
  }

  /// Adds an address.
  public mutating func insert(_ address: EndpointAddress) {
    let known = methods[address.path]?[address.host] ?? []
    methods[address.path, default: [:]][address.host] = known.union(address.method.map { [$0] } ?? [])
  }

  /// The name of an address: with its host where several hosts have the path, and with its method where the path
  /// was asked by several.
  public func name(of address: EndpointAddress) -> String {
    let places = methods[address.path] ?? [:]
    let isShared = places.keys.count { $0 != nil } > 1
    let here = isShared ? places[address.host] ?? [] : places.values.reduce(into: []) { $0.formUnion($1) }
    return address.name(withHost: isShared, withMethod: here.count > 1)
  }

  /// The hosts that stand in front of a path because another one has it too.
  public var sharedHosts: Set<String> {
    let shared = methods.values.map { $0.keys.compactMap { $0 } }.filter { $0.count > 1 }
    return Set(shared.joined()).subtracting([""])
  }
}
