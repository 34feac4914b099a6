internal import SLOModel

/// One entry under `endpoints` or `pages`.
struct Entry: Sendable {
  /// Its key.
  var name: String
  var pattern: EndpointPattern
  /// The tag that has to name the endpoint; nil where any may.
  var tag: String?
  var owner: String?
  var place: Place
  var limits: ProfileLimits
  /// The fewest samples its percentiles and rates are judged by, where it says so.
  var minimumSamples: Placed<Int>?

  /// Whether it is for an endpoint; an unknown tag is taken for the right one.
  func matches(_ endpoint: String, tag endpointTag: String?) -> Bool {
    if let tag, let endpointTag, !EndpointTag.isSame(tag, endpointTag) { return false }
    return pattern.matches(endpoint)
  }

  /// The more specific first; of two alike, the one that names its tag.
  static func isMoreSpecific(_ left: Entry, _ right: Entry) -> Bool {
    if left.pattern == right.pattern { return (left.tag ?? "~") < (right.tag ?? "~") }
    return EndpointPattern.isMoreSpecific(left.pattern, right.pattern)
  }

  /// What makes two entries one: pattern and tag.
  var key: String { tag.map { "\(pattern.text)\0\($0)" } ?? pattern.text }
}

/// The endpoints an entry asks for under one profile, so that a gate can say what no run has.
package struct Target: Sendable, Hashable {
  /// The key of the entry.
  package var name: String
  /// The endpoint's name, or a glob.
  package var pattern: String
  /// Whether the pattern names one endpoint: one no run has is missing.
  package var isExact: Bool
  /// The tag that has to name the endpoint, where the entry says so.
  package var tag: String?
  /// Who answers for it.
  package var owner: String?
  /// Where the entry is written.
  package var place: Place
  /// The entry's own limits for the profile.
  package var limits: [Limit]
  /// The entry's own bounds on changes for the profile.
  package var relativeLimits: [RelativeLimit]
  private var compiled: EndpointPattern
  /// The names of hosts, which are part of a path.
  private var hosts: Set<String>

  init(_ entry: Entry, limits: [Limit], relative: [RelativeLimit], hosts: Set<String> = []) {
    (name, pattern, isExact) = (entry.name, entry.pattern.text, entry.pattern.isExact)
    (tag, owner, place) = (entry.tag, entry.owner, entry.place)
    compiled = entry.pattern
    self.limits = limits
    relativeLimits = relative
    self.hosts = hosts
  }

  /// Whether an endpoint of a run is one the entry asks for.
  package func matches(_ endpoint: String, endpointTag: String? = nil) -> Bool {
    if let tag, let endpointTag, !EndpointTag.isSame(tag, endpointTag) { return false }
    return BudgetNames.names(of: endpoint, hosts: hosts).contains(where: compiled.matches)
  }
}
