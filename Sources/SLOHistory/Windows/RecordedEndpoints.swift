internal import SLOModel

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
