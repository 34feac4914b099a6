import SLOModel

/// The endpoint that a load tool's name of a request stands for, before it is known what else the run asked.
struct LoadEndpoint: Hashable {
  /// The name; of an address the one it has alone.
  var name: String
  /// The address behind the name, where it is one, or where requests of one name differ in their method.
  var address: EndpointAddress?

  /// What requests beyond the limit are put together as.
  static let other = LoadEndpoint(name: SampleGrouping.Endpoint.other.name, address: nil)

  private init(name: String, address: EndpointAddress?) { (self.name, self.address) = (name, address) }

  /// Reads the name of a request. A URL or an absolute path is an address: it loses host, query and identifiers. Every
  /// other text is a name that people gave.
  /// - Parameter method: the HTTP method the tool gives besides the name; of any other word it is a part of the name.
  /// - Returns: nil for a name that stands for no endpoint of its own: none, and `*`.
  init?(_ label: String, method: String? = nil, by rules: NamingRules) {
    let isHTTP = method.map(EndpointName.methods.contains) == true
    if var address = EndpointAddress(label, by: rules) {
      address.method = address.method ?? (isHTTP ? method : nil)
      (name, self.address) = (address.name(), address)
    } else {
      let kind = method.flatMap { isHTTP || $0.isEmpty ? nil : $0 + " " } ?? ""
      name = AddressText.cleaned(ComposedText.composed(kind + label))
      address = isHTTP ? EndpointAddress(method: method, path: name) : nil
    }
    if name.isEmpty || name == Series.wholeRun { return nil }
  }
}
