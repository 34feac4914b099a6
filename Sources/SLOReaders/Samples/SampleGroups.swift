internal import SLOModel
internal import Synchronization

/// The samples of each group, with an end to the number of endpoints.
///
/// A tag that differs from request to request would make an endpoint of each. Beyond a bound, which no
/// service has, all that is kept in memory is a part of them, the same part whoever reads which block; of
/// these the busiest are told apart in the end, and the rest is `(other)`.
struct SampleGroups {
  /// How many endpoints a reading tells apart.
  static let endpointLimit = 1_000
  /// How many are held while reading.
  private static let heldLimit = 20_000

  /// The samples of each group.
  private(set) var sets: [SampleGrouping.Group: SampleSet] = [:]
  /// Whether endpoints were put together.
  private(set) var isLimited = false
  private var held = EndpointLimit(capacity: heldLimit)

  /// Adds samples to a group.
  mutating func add(_ set: SampleSet, to group: SampleGrouping.Group) {
    let isAdmitted = group.tags.endpoint.map { held.admits($0.name) } ?? true
    sets[isAdmitted ? group : group.other, default: SampleSet()].merge(set)
    if !isAdmitted { isLimited = true }
    if sets.count > 16 * SampleGroups.heldLimit { evict() }
  }

  /// Adds what another worker has gathered.
  mutating func merge(_ other: SampleGroups) {
    held.merge(other.held)
    isLimited = isLimited || other.isLimited
    for (group, set) in other.sets { sets[group, default: SampleSet()].merge(set) }
  }

  /// Puts all but the busiest endpoints together, and the host in front of the others where there are several.
  mutating func settle() {
    evict()
    qualifyHosts()
    var samples: [String: Int] = [:]
    for (group, set) in sets {
      if let endpoint = group.tags.endpoint { samples[endpoint.name, default: 0] += set.count }
    }
    guard samples.count > SampleGroups.endpointLimit else { return }
    let busiest = samples.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(
      SampleGroups.endpointLimit)
    let kept = Set(busiest.map(\.key))
    collect { kept.contains($0) }
  }

  private mutating func qualifyHosts() {
    guard Set(sets.keys.compactMap(\.tags.endpoint?.host)).count > 1 else { return }
    for (group, set) in sets {
      guard let endpoint = group.tags.endpoint, endpoint.host != nil else { continue }
      let name = EndpointName(name: endpoint.name, host: endpoint.host).nameWithHost
      var qualified = group
      qualified.tags.endpoint = SampleGrouping.Endpoint(tag: endpoint.tag, name: name)
      sets[group] = nil
      sets[qualified, default: SampleSet()].merge(set)
    }
  }

  /// Puts endpoints together that are no longer held.
  private mutating func evict() {
    let held = held
    collect { held.keeps($0) }
  }

  private mutating func collect(except isKept: (String) -> Bool) {
    for (group, set) in sets {
      guard let endpoint = group.tags.endpoint, endpoint != .other, !isKept(endpoint.name) else { continue }
      sets[group] = nil
      sets[group.other, default: SampleSet()].merge(set)
      isLimited = true
    }
  }

  /// The groups in one order, whatever order they came in, with their samples sorted.
  consuming func sorted() -> [(group: SampleGrouping.Group, samples: SampleSet)] {
    let groups = sets.keys.map { (key: $0.order, group: $0) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.group)
    let shelf = Shelf(groups.map { sets.removeValue(forKey: $0) ?? SampleSet() })
    return Array(zip(groups, shelf.sorted()))
  }
}

/// Sets to be sorted on all cores, where that pays.
private final class Shelf: @unchecked Sendable {
  /// Below this number of samples another thread costs more than it gains.
  private static let manySamples = 100_000

  // Each place is sorted by the one worker that took its number.
  private let places: UnsafeMutableBufferPointer<SampleSet>
  private let next = Atomic(0)

  init(_ sets: [SampleSet]) {
    places = .allocate(capacity: sets.count)
    _ = places.initialize(from: sets)
  }

  deinit { places.deinitialize().deallocate() }

  func sorted() -> [SampleSet] {
    let count = places.reduce(0) { $0 + $1.count }
    concurrently(count < Shelf.manySamples ? 1 : Cores.count) { [self] _ in
      while case let place = next.add(1, ordering: .relaxed).oldValue, place < places.count {
        places[place].sort()
      }
    }
    return Array(places)
  }
}

extension SampleGrouping.Group {
  /// What groups are ordered by, so that sums and reports do not depend on who met them first.
  fileprivate var order: [String] {
    let endpoint = [tags.endpoint?.name, tags.endpoint?.tag, tags.endpoint?.host].map { $0 ?? "" }
    let expected = tags.isExpected.map { $0 ? "1" : "0" } ?? ""
    let matches = tags.matches.map { ($0.metric ?? "") + MetricName(base: "", tags: $0.tags).description }
    return [metric] + endpoint + [expected, tags.split ?? ""] + matches.sorted()
  }

  /// The same samples without telling their endpoint apart.
  fileprivate var other: SampleGrouping.Group {
    var other = self
    other.tags.endpoint = .other
    return other
  }
}
