internal import SLOModel

/// Which endpoint each metric of a summary belongs to, and under which name.
///
/// A sub-metric with one tag that names an endpoint belongs to that endpoint. So does one with further tags where
/// all its siblings have the same; it keeps its place among the sub-metrics of the run too. Every other keeps its
/// tags in its name.
struct K6SeriesNames {
  /// The tags that name endpoints, the first first.
  static let endpointTags = ["endpoint", "route", "name", "url", "group", "scenario"]

  /// A place among the series.
  struct Identity: Hashable {
    var endpoint: String
    var metric: String
  }

  /// What a metric says of where it belongs.
  private struct Claim {
    var tag: String
    var rank: Int
    /// The endpoint's name; of an address the one it has alone.
    var endpoint: String
    var address: EndpointAddress?
    var metric: String
    /// The tags besides that of the endpoint.
    var rest: [String: String] = [:]
    /// Whether the endpoint was named already, as of raw samples.
    var isNamed = false

    /// What its siblings have in common with it.
    var kin: [String] { [metric, tag] }
  }

  private let order: [String]
  private let naming: NamingRules
  /// The tags besides the endpoint's that siblings have, by metric and tag.
  private var rests: [[String]: Set<[String: String]>] = [:]
  /// The metrics that have an address both with a method and without.
  private var partlyByMethod: Set<[String]> = []
  private var book = AddressBook()
  /// The rank of the tag that got a metric of an endpoint.
  private var winners: [Identity: Int] = [:]

  /// The tag that named each endpoint.
  private(set) var tags: [String: String] = [:]
  /// The address behind the name of each endpoint that an address named.
  private(set) var addresses: [String: EndpointAddress] = [:]

  /// Looks at all names first, for two tags may claim the same endpoint: the earlier tag gets it.
  init(_ metrics: [K6Metric], endpointTag: String?, naming: NamingRules = NamingRules()) {
    order = (endpointTag.map { [$0] } ?? []) + K6SeriesNames.endpointTags.filter { $0 != endpointTag }
    self.naming = naming
    var claims = metrics.filter(\.isSampled).compactMap(claim)
    for claim in claims { rests[claim.kin, default: []].insert(claim.rest) }
    noteMethods(of: claims)
    claims = claims.filter(isHeard).map(resolved)
    for claim in claims where !claim.isNamed { claim.address.map { book.insert($0) } }
    var ranks: [String: Int] = [:]
    for claim in claims {
      let identity = identity(of: claim)
      winners[identity] = min(claim.rank, winners[identity] ?? claim.rank)
      if claim.rank < ranks[identity.endpoint] ?? .max {
        ranks[identity.endpoint] = claim.rank
        tags[identity.endpoint] = claim.tag.isEmpty ? nil : claim.tag
      }
      if let address = claim.address {
        addresses[identity.endpoint] = addresses[identity.endpoint]?.filled(from: address) ?? address
      }
    }
  }

  /// Where a metric is, the endpoint's place first.
  func identities(of metric: K6Metric) -> [Identity] {
    let ofRun = Identity(endpoint: Series.wholeRun, metric: cleaned(metric.name))
    guard let claim = claim(of: metric), isHeard(claim) else { return [ofRun] }
    let place = identity(of: resolved(claim))
    guard winners[place] == claim.rank else { return [ofRun] }
    return claim.rest.isEmpty ? [place] : [place, ofRun]
  }

  /// The endpoint and the metric's name there.
  func identity(of metric: K6Metric) -> Identity {
    identities(of: metric).first ?? Identity(endpoint: Series.wholeRun, metric: metric.name.description)
  }
}

extension K6SeriesNames {
  private func claim(of metric: K6Metric) -> Claim? {
    if let endpoint = metric.endpoint {
      let rank = order.firstIndex(of: endpoint.tag) ?? order.count
      return Claim(
        tag: order.contains(endpoint.tag) ? endpoint.tag : "", rank: rank, endpoint: endpoint.name,
        address: endpoint.address, metric: cleaned(metric.name), isNamed: true)
    }
    guard metric.mayBeEndpoint, let rank = order.firstIndex(where: { isName(metric.name.tags[$0]) }) else {
      return nil
    }
    let tag = order[rank]
    var rest = metric.name.tags
    let value = rest.removeValue(forKey: tag) ?? ""
    var address = TagName.address(tag, value, by: naming)
    if let named = address, let method = TagName.method(in: rest) {
      address?.method = named.method ?? method
      rest[TagName.methodTag] = nil
    }
    // What has the endpoint's tag alone goes before what has others too.
    return Claim(
      tag: tag, rank: rest.isEmpty ? rank : rank + order.count,
      endpoint: TagName.text(tag, value, by: naming),
      address: address, metric: metric.name.base, rest: rest)
  }

  private func isName(_ value: String?) -> Bool { value != nil && value != "" && value != Series.wholeRun }

  /// Whether a claim can be granted: siblings with other tags would be other parts of the same endpoint.
  private func isHeard(_ claim: Claim) -> Bool { claim.rest.isEmpty || rests[claim.kin]?.count == 1 }

  private mutating func noteMethods(of claims: [Claim]) {
    var methods: [[String]: Set<String?>] = [:]
    for claim in claims where !claim.isNamed {
      guard let address = claim.address else { continue }
      methods[[claim.metric, address.name(withHost: true)], default: []].insert(address.method)
    }
    partlyByMethod = Set(methods.filter { $0.value.count > 1 && $0.value.contains(nil) }.keys)
  }

  /// A claim whose address names its method where the path has figures over all methods too.
  private func resolved(_ claim: Claim) -> Claim {
    guard !claim.isNamed, let address = claim.address, address.method != nil,
      partlyByMethod.contains([claim.metric, address.name(withHost: true)])
    else { return claim }
    var resolved = claim
    resolved.address?.namesMethod = true
    return resolved
  }

  private func identity(of claim: Claim) -> Identity {
    let name = claim.isNamed ? nil : claim.address.map(book.name)
    return Identity(endpoint: name ?? claim.endpoint, metric: claim.metric)
  }

  private func cleaned(_ name: MetricName) -> String {
    guard !name.tags.isEmpty else { return name.description }
    let tags = Dictionary(
      uniqueKeysWithValues: name.tags.map { ($0.key, TagName.text($0.key, $0.value, by: naming)) })
    return MetricName(base: name.base, tags: tags).description
  }
}
