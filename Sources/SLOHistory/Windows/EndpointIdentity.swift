package import SLOModel

/// What an endpoint is besides its name: the tag that named it and the address behind it. One text may name a request
/// and a scenario, and one address may have had another name in a run that knew fewer hosts or methods.
package struct EndpointIdentity: Sendable, Hashable {
  /// The tag that named it; nil where it is unknown.
  package var tag: String?
  /// The address behind the name, where one named it.
  package var address: EndpointAddress?

  /// Creates an identity.
  package init(tag: String?, address: EndpointAddress?) { (self.tag, self.address) = (tag, address) }

  /// The identities of a run's endpoints, by name.
  package static func identities(of reading: Reading) -> [String: EndpointIdentity] {
    let names = Set(reading.endpointTags.keys).union(reading.addresses.keys)
    return names.reduce(into: [:]) {
      $0[$1] = EndpointIdentity(tag: reading.endpointTags[$1], address: reading.addresses[$1])
    }
  }

  /// Whether a recorded endpoint of the same name is the same; what is not known of either is taken to be.
  func isNamed(like other: EndpointIdentity) -> Bool {
    if let tag, let theirs = other.tag, !EndpointTag.isSame(tag, theirs) { return false }
    guard let mine = address?.method, let theirs = other.address?.method else { return true }
    return mine == theirs
  }

  /// The names the address may have, by whether the host is part of them.
  func names(withHost: Bool) -> Set<String> {
    guard var address, !withHost || address.host?.isEmpty == false else { return [] }
    // A name with its method may have got it only when a second one was known.
    address.namesMethod = false
    return Set([false, true].map { address.name(withHost: withHost, withMethod: $0) })
  }

  /// Whether a recorded endpoint of another name is the same address: by method and, where one of the two names
  /// tells the host, by host.
  func isAddress(of other: EndpointIdentity, tellingHost: Bool) -> Bool {
    guard let address, let theirs = other.address, theirs.path == address.path,
      theirs.method == address.method
    else { return false }
    return !tellingHost || theirs.host == address.host
  }
}

/// A place where values of a series may have been recorded.
struct RecordedPlace: Hashable {
  /// What has to be so in a run for its values to count.
  enum Condition: Hashable {
    /// The endpoint is the same but for what is not known.
    case sameName(EndpointIdentity)
    /// The endpoint of another name is the same address.
    case sameAddress(EndpointIdentity, tellingHost: Bool)
    /// A tag named the endpoint.
    case tag(String)
    case none
  }

  var endpoint: String
  var metric: String
  var condition: Condition

  /// A series as it is called there.
  func named(_ series: Series) -> Series {
    Series(profile: series.profile, endpoint: endpoint, metric: metric, statistic: series.statistic)
  }

  /// Whether the values of a run count that recorded these endpoints.
  func counts(in recorded: [String: EndpointIdentity]) -> Bool {
    let there = recorded[endpoint] ?? EndpointIdentity(tag: nil, address: nil)
    return switch condition {
    case .none: true
    case .tag(let tag): there.tag == tag
    case .sameName(let identity): identity.isNamed(like: there)
    case .sameAddress(let identity, let tellingHost): identity.isAddress(of: there, tellingHost: tellingHost)
    }
  }

  /// The places of a series, its own first.
  static func places(of series: Series, _ identity: EndpointIdentity?) -> [RecordedPlace] {
    if series.endpoint == Series.wholeRun { return placesOfRun(series) }
    guard let identity else {
      return [RecordedPlace(endpoint: series.endpoint, metric: series.metric, condition: .none)]
    }
    let own = RecordedPlace(
      endpoint: series.endpoint, metric: series.metric, condition: .sameName(identity))
    let hasHost = identity.names(withHost: true).contains(series.endpoint)
    let others = [false, true].flatMap { withHost in
      identity.names(withHost: withHost).subtracting([series.endpoint]).sorted().map { name in
        RecordedPlace(
          endpoint: name, metric: series.metric,
          condition: .sameAddress(identity, tellingHost: withHost || hasHost))
      }
    }
    return [own] + others + amongSubMetrics(series, identity)
  }

  /// Where another tag claimed its name, the series is a sub-metric of the run.
  private static func amongSubMetrics(_ series: Series, _ identity: EndpointIdentity) -> [RecordedPlace] {
    guard let tag = identity.tag, !series.metric.contains("{") else { return [] }
    let name = MetricName(base: series.metric, tags: [tag: series.endpoint])
    return [RecordedPlace(endpoint: Series.wholeRun, metric: name.description, condition: .none)]
  }

  /// A sub-metric of the run by one tag may have been an endpoint.
  private static func placesOfRun(_ series: Series) -> [RecordedPlace] {
    let own = RecordedPlace(endpoint: Series.wholeRun, metric: series.metric, condition: .none)
    let name = MetricName(parsing: series.metric)
    guard name.tags.count == 1, let (tag, value) = name.tags.first else { return [own] }
    return [own, RecordedPlace(endpoint: value, metric: name.base, condition: .tag(tag))]
  }
}

/// What the runs of a window say of their endpoints. Most runs say the same, and each text is taken apart once.
struct RecordedEndpoints {
  /// The identities by text.
  private var known: [[String: EndpointIdentity]] = []
  /// For each of `References.runs` its place in `known`.
  private var places: [Int] = []

  /// Reads what the runs recorded.
  init(_ references: References, _ database: Database) throws(SQLiteError) {
    var texts: [String: Int] = [:]
    let row = try database.prepare("SELECT endpoint_tags, facts FROM runs WHERE id = ?1")
    for run in references.runs {
      try row.bind(.integer(run.run.id))
      guard try row.step() else {
        places.append(try place(of: "{}", "{}", &texts))
        continue
      }
      places.append(try place(of: row.text(0), row.text(1), &texts))
    }
  }

  private mutating func place(
    of tags: String, _ facts: String, _ texts: inout [String: Int]
  ) throws(SQLiteError) -> Int {
    let text = tags == "{}" ? tags + facts : tags
    if let known = texts[text] { return known }
    guard let recorded = FlatJSON.dictionary(tags) else { throw .unexpected(tags, in: "endpoint_tags") }
    var reading = Reading(profile: "", source: Reading.Source(path: "", format: "", sha256: ""))
    reading.recordedTags = recorded
    // Before tags were kept of pages, their host stood among the facts.
    if recorded.isEmpty, let facts = FlatJSON.dictionary(facts), let page = facts["page"], page.hasPrefix("/")
    {
      reading.addresses[page] = EndpointAddress(host: facts["host"]?.withoutPort, path: page)
    }
    texts[text] = known.count
    known.append(EndpointIdentity.identities(of: reading))
    return known.count - 1
  }

  /// The values of the runs in which a place is the series'.
  func values(
    _ found: [ReferenceValue.Repetition?], at place: RecordedPlace
  ) -> [ReferenceValue.Repetition?] {
    if place.condition == .none { return found }
    let counts = known.map(place.counts)
    return zip(found, places).map { value, run in counts[run] ? value : nil }
  }

  /// The values of the runs whose series a candidate has under no other name.
  func missed(
    _ found: [ReferenceValue.Repetition?], of endpoint: String, _ metric: String, _ names: FormerNames
  ) -> [ReferenceValue.Repetition?] {
    let isKept = known.map { names.hasOther(nameFor: endpoint, metric, $0[endpoint]) }
    return zip(found, places).map { value, run in isKept[run] ? nil : value }
  }

  /// The tags that named an endpoint in at least half of the runs, where it was another thing; sorted.
  func otherTags(of endpoint: String, _ identity: EndpointIdentity) -> [String] {
    guard let tag = identity.tag else { return [] }
    let tags = known.map { $0[endpoint]?.tag }
    let runs = places.reduce(into: [String: Int]()) { runs, place in
      if let other = tags[place], !EndpointTag.isSame(other, tag) { runs[other, default: 0] += 1 }
    }
    return runs.filter { $0.value * 2 >= places.count }.keys.sorted()
  }
}
