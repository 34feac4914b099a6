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
    let isAdmitted = group.endpoint.map { held.admits($0.name) } ?? true
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
      if let endpoint = group.endpoint { samples[endpoint.name, default: 0] += set.count }
    }
    guard samples.count > SampleGroups.endpointLimit else { return }
    let busiest = samples.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(
      SampleGroups.endpointLimit)
    let kept = Set(busiest.map(\.key))
    collect { kept.contains($0) }
  }

  private mutating func qualifyHosts() {
    guard Set(sets.keys.compactMap(\.endpoint?.host)).count > 1 else { return }
    for (group, set) in sets {
      guard let endpoint = group.endpoint, endpoint.host != nil else { continue }
      let name = EndpointName(name: endpoint.name, host: endpoint.host).nameWithHost
      var qualified = group
      qualified.endpoint = SampleGrouping.Endpoint(tag: endpoint.tag, name: name)
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
      guard let endpoint = group.endpoint, endpoint != .other, !isKept(endpoint.name) else { continue }
      sets[group] = nil
      sets[group.other, default: SampleSet()].merge(set)
      isLimited = true
    }
  }

  /// The groups with their samples in order, sorted on all cores where that pays.
  consuming func sorted() -> [(group: SampleGrouping.Group, samples: SampleSet)] {
    let groups = Array(sets.keys)
    let shelf = Shelf(groups.map { sets.removeValue(forKey: $0) ?? SampleSet() })
    let count = shelf.sets.reduce(0) { $0 + $1.count }
    concurrently(count < 100_000 ? 1 : Cores.count) { _ in shelf.sort() }
    return Array(zip(groups, shelf.sets))
  }
}

/// Sets waiting to be sorted; every worker takes the next.
private final class Shelf: @unchecked Sendable {
  var sets: [SampleSet]
  private let next = Atomic(0)

  init(_ sets: [SampleSet]) { self.sets = sets }

  func sort() {
    // Each place is taken by one worker alone.
    sets.withUnsafeMutableBufferPointer { sets in
      while case let place = next.add(1, ordering: .relaxed).oldValue, place < sets.count {
        sets[place].sort()
      }
    }
  }
}

extension SampleGrouping.Group {
  /// The same samples without telling their endpoint apart.
  fileprivate var other: SampleGrouping.Group {
    var other = self
    other.endpoint = .other
    return other
  }
}
