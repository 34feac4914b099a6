import SLOModel

/// The figures of a run under the names of its endpoints, each name once.
struct NamedLoadFigures {
  /// The requests to each endpoint, by its name.
  let requests: [(name: String, figures: LoadFigures)]
  /// What took several requests together.
  let groups: [(name: String, figures: LoadFigures)]
  /// The address behind the name of each endpoint that an address named.
  private(set) var addresses: [String: EndpointAddress] = [:]
  /// What a person should know of the names.
  let notices: [String]

  private typealias Part = (endpoint: LoadEndpoint?, figures: LoadFigures)

  /// Names figures: an address has its method or host in its name where several have its path.
  init(
    _ requests: [(endpoint: LoadEndpoint?, figures: LoadFigures)],
    _ groups: [(endpoint: LoadEndpoint?, figures: LoadFigures)]
  ) {
    let (kept, limit) = NamedLoadFigures.limited(requests)
    let (keptGroups, groupLimit) = NamedLoadFigures.limited(groups)
    let endpoints = (kept + keptGroups).compactMap(\.endpoint)
    let book = AddressBook(endpoints.compactMap(\.address))
    for endpoint in endpoints {
      guard let address = endpoint.address else { continue }
      let name = book.name(of: address)
      addresses[name] = addresses[name]?.filled(from: address) ?? address
    }
    self.requests = NamedLoadFigures.named(kept, book)
    self.groups = NamedLoadFigures.named(keptGroups, book)
    let joined = self.requests.filter { $0.figures.parts > 1 && $0.figures.samples.isEmpty }
    notices =
      [limit ?? groupLimit].compactMap(\.self)
      + joined.filter { $0.name != LoadEndpoint.other.name }.map { name, figures in
        "\(figures.parts) addresses are one endpoint \(UntrustedText.escaped(name)): its percentiles are the worst of"
          + " theirs, for the file does not have those of all requests"
      } + NamedLoadFigures.unnamed(requests)
  }

  private static func named(_ parts: [Part], _ book: AddressBook) -> [(name: String, figures: LoadFigures)] {
    var named: [(name: String, figures: LoadFigures)] = []
    var places: [String: Int] = [:]
    for (endpoint, figures) in parts {
      guard let endpoint else { continue }
      let name = endpoint.address.map(book.name) ?? endpoint.name
      if let place = places[name] {
        named[place].figures.join(figures)
      } else {
        places[name] = named.count
        named.append((name, figures))
      }
    }
    return named.sorted { $0.name < $1.name }
  }

  /// The parts of each endpoint together, all but the busiest as one where there are too many.
  private static func limited(_ parts: [Part]) -> (parts: [Part], notice: String?) {
    var joined: [LoadEndpoint: LoadFigures] = [:]
    for (endpoint, figures) in parts {
      guard let endpoint else { continue }
      if joined[endpoint]?.join(figures) == nil { joined[endpoint] = figures }
    }
    let busiest = joined.sorted {
      (-($0.value.requests ?? 0), $0.key.name, $0.key.address?.method ?? "", $0.key.address?.host ?? "")
        < (-($1.value.requests ?? 0), $1.key.name, $1.key.address?.method ?? "", $1.key.address?.host ?? "")
    }
    let limit = SampleGroups.endpointLimit
    let kept: [Part] = busiest.prefix(limit).map { ($0.key, $0.value) }
    guard busiest.count > limit else { return (kept, nil) }
    let rest = LoadFigures.all(busiest.dropFirst(limit).map(\.value))
    return (
      kept + [(.other, rest)],
      "more than \(limit) endpoints: the others are put together as \(LoadEndpoint.other.name); give requests that"
        + " differ in an identifier alone one name in the script"
    )
  }

  private static func unnamed(_ parts: [Part]) -> [String] {
    let count = parts.filter { $0.endpoint == nil && $0.figures.parts > 0 }.compactMap(\.figures.requests)
      .reduce(0, +)
    guard count > 0, parts.contains(where: { $0.endpoint != nil }) else { return [] }
    return [
      count == 1
        ? "1 request has no name: it counts for the run as a whole alone"
        : "\(shortest(count)) requests have no name: they count for the run as a whole alone"
    ]
  }
}
