internal import SLOModel

/// The name that the value of a tag gives, in every format alike: an address is named by its path, and no text
/// leaves a reader with what gives access.
enum TagName {
  /// The address that a tag which names endpoints names, where it names one. k6 itself puts the URL into `name` and
  /// `url`; of any other tag only a whole URL is one, and a path is a name that people gave.
  static func address(_ tag: String, _ value: String, by rules: NamingRules) -> EndpointAddress? {
    guard isOfAddresses(tag) || value.contains("://") else { return nil }
    return EndpointAddress(value, by: rules)
  }

  /// Whether k6 puts URLs into a tag of its own accord.
  static func isOfAddresses(_ tag: String) -> Bool { tag == "name" || tag == "url" }

  /// The text that stands for a value of any tag.
  static func text(_ tag: String, _ value: String, by rules: NamingRules) -> String {
    let address = K6SeriesNames.endpointTags.contains(tag) ? address(tag, value, by: rules) : nil
    return address?.name() ?? AddressText.cleaned(ComposedText.composed(value))
  }

  /// The method in some tags, where it is one of HTTP's: gRPC puts its own names there.
  static func method(in tags: [String: String]) -> String? {
    tags[methodTag].flatMap { EndpointName.methods.contains($0) ? $0 : nil }
  }

  /// The tag in which k6 says how a request was made.
  static let methodTag = "method"
}
