internal import SLOModel

/// The names that a candidate's endpoints may have had, so that what was recorded under them is not missed.
struct FormerNames {
  /// The endpoints that may have had a name, and whether one of both names tells the host.
  private var owners: [String: [(endpoint: String, tellsHost: Bool)]] = [:]
  private let endpoints: [String: EndpointIdentity]
  private let measured: [String: Set<String>]

  /// Looks at what a candidate measured.
  init(_ endpoints: [String: EndpointIdentity], measured: [String: Set<String>]) {
    (self.endpoints, self.measured) = (endpoints, measured)
    for (endpoint, identity) in endpoints {
      let hasHost = identity.names(withHost: true).contains(endpoint)
      for withHost in [false, true] {
        for name in identity.names(withHost: withHost).subtracting([endpoint]) {
          owners[name, default: []].append((endpoint, withHost || hasHost))
        }
      }
    }
  }

  /// Whether the candidate has a metric that a run recorded under another name.
  /// - Parameter recorded: what the run recorded of the endpoint; nil where nothing is known of it.
  func hasOther(nameFor endpoint: String, _ metric: String, _ recorded: EndpointIdentity?) -> Bool {
    if endpoint == Series.wholeRun {
      let name = MetricName(parsing: metric)
      guard name.tags.count == 1, let (tag, value) = name.tags.first else { return false }
      return endpoints[value]?.tag == tag && has(name.base, at: value)
    }
    guard let recorded else { return false }
    if let tag = recorded.tag,
      has(MetricName(base: metric, tags: [tag: endpoint]).description, at: Series.wholeRun)
    {
      return true
    }
    return (owners[endpoint] ?? []).contains { owner, tellsHost in
      has(metric, at: owner)
        && endpoints[owner]?.isAddress(of: recorded, tellingHost: tellsHost) == true
    }
  }

  private func has(_ metric: String, at endpoint: String) -> Bool {
    measured[endpoint]?.contains(metric) == true
  }
}
