import SLOModel
import SLOStatistics
import SLOSupport
import Synchronization

/// The samples of each group, with an end to the number of endpoints.
///
/// A tag that differs from request to request would make an endpoint of each. Beyond a bound, which no
/// service has, all that is kept in memory is a part of them, the same part however the blocks are dealt out; of
/// these the busiest get names in the end, and the rest is `(other)`.
struct SampleGroups {
  /// How many endpoints a reading names.
  static let endpointLimit = 1_000
  /// How many values of the tag that is kept apart.
  static let splitLimit = 100
  /// How many endpoints are held while reading.
  private static let heldLimit = 10_000

  /// The samples of each group.
  private(set) var sets: [SampleGrouping.Group: SampleSet] = [:]
  /// How many samples and requests were left out, by the group that was to be.
  private(set) var discarded: [String: (samples: Int, requests: Int)] = [:]
  /// Whether endpoints were put together.
  private(set) var isLimited = false
  /// Whether values of the tag that is kept apart were put together.
  private(set) var isSplitLimited = false
  private var held = EndpointLimit(capacity: heldLimit)
  private var splits = EndpointLimit(capacity: splitLimit)
  /// Beyond this number of groups it is time to look for some that are no longer held.
  private var evictionSize = 16 * heldLimit

  /// No samples.
  init() {}

  /// No samples, with the limits that others reached and what they left out.
  init(limitsOf other: SampleGroups) {
    discarded = other.discarded
    (isLimited, isSplitLimited) = (other.isLimited, other.isSplitLimited)
  }

  /// Adds samples to a group.
  mutating func add(_ set: SampleSet, to group: SampleGrouping.Group) {
    if let discarded = group.tags.discarded { return discard(set, of: group.metric, in: discarded) }
    var group = group
    if let endpoint = group.tags.endpoint, !held.admits(endpoint.name) { limitEndpoint(&group) }
    if let split = group.tags.split, !splits.admits(split) { limitSplit(&group) }
    sets[group, default: SampleSet()].merge(set)
    evictWhereMany()
  }

  private mutating func evictWhereMany() {
    guard sets.count > evictionSize else { return }
    evict()
    evictionSize = max(evictionSize, sets.count * 2)
  }

  private mutating func discard(_ set: SampleSet, of metric: String, in group: String) {
    let requests = metric == "http_reqs" ? set.count : 0
    let known = discarded[group] ?? (0, 0)
    discarded[group] = (known.samples + set.count, known.requests + requests)
  }

  /// Adds what another worker has gathered.
  mutating func merge(_ other: SampleGroups) {
    held.merge(other.held)
    splits.merge(other.splits)
    isLimited = isLimited || other.isLimited
    isSplitLimited = isSplitLimited || other.isSplitLimited
    discarded.merge(other.discarded) { ($0.samples + $1.samples, $0.requests + $1.requests) }
    for (group, set) in other.sets { sets[group, default: SampleSet()].merge(set) }
    evictWhereMany()
  }

  /// How many samples each metric has.
  var counts: [String: Int] {
    sets.reduce(into: [:]) { $0[$1.key.metric, default: 0] += $1.value.count }
  }

  /// From now on the last sample of each group is compared with those of other files by its time.
  /// - Parameter file: a number that no other file has.
  mutating func orderByTime(file: UInt64) {
    for group in Array(sets.keys) { sets[group]?.orderByTime(file: file) }
  }

  /// Puts all but the busiest endpoints together, and gives each address its name.
  mutating func settle() {
    evict()
    nameAddresses()
    var samples: [String: Int] = [:]
    for (group, set) in sets {
      if let endpoint = group.tags.endpoint { samples[endpoint.name, default: 0] += set.count }
    }
    guard samples.count > SampleGroups.endpointLimit else { return }
    let busiest = samples.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let kept = Set(busiest.prefix(SampleGroups.endpointLimit).map(\.key))
    regroup { endpoint in
      kept.contains(endpoint)
    } isSplitKept: { _ in
      true
    }
  }

  /// Puts together what is no longer held.
  private mutating func evict() {
    let (held, splits) = (held, splits)
    regroup {
      held.keeps($0)
    } isSplitKept: {
      splits.keeps($0)
    }
  }

  private mutating func regroup(_ isKept: (String) -> Bool, isSplitKept: (String) -> Bool) {
    for (group, set) in sets {
      var other = group
      if let endpoint = group.tags.endpoint, endpoint != .other, !isKept(endpoint.name) {
        limitEndpoint(&other)
      }
      if let split = group.tags.split, split != SampleGrouping.otherSplit, !isSplitKept(split) {
        limitSplit(&other)
      }
      guard other != group else { continue }
      sets[group] = nil
      sets[other, default: SampleSet()].merge(set)
    }
  }

  private mutating func limitEndpoint(_ group: inout SampleGrouping.Group) {
    group.tags.endpoint = .other
    isLimited = true
  }

  private mutating func limitSplit(_ group: inout SampleGrouping.Group) {
    group.tags.split = SampleGrouping.otherSplit
    isSplitLimited = true
  }

  /// Names each address by what other addresses there are, however often each was asked.
  private mutating func nameAddresses() {
    let book = AddressBook(Set(sets.keys.compactMap { $0.tags.endpoint?.address }))
    for (group, set) in sets {
      guard let endpoint = group.tags.endpoint, let address = endpoint.address else { continue }
      let name = book.name(of: address)
      guard name != endpoint.name else { continue }
      var named = group
      named.tags.endpoint?.name = name
      sets[group] = nil
      sets[named, default: SampleSet()].merge(set)
    }
  }

  /// The groups in one order, whatever order they came in, with their samples sorted.
  mutating func sorted() -> [(group: SampleGrouping.Group, samples: SampleSet)] {
    let groups = sets.keys.map { (key: $0.order, group: $0) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.group)
    let batch = SortBatch(groups.map { sets.removeValue(forKey: $0) ?? SampleSet() })
    return Array(zip(groups, batch.sorted()))
  }
}

/// Sets to be sorted on all cores, where that pays.
private final class SortBatch: @unchecked Sendable {
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
    concurrently(count < SortBatch.manySamples ? 1 : Cores.count) { [self] _ in
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
    let address = tags.endpoint?.address
    let endpoint = [tags.endpoint?.name, tags.endpoint?.tag, address?.host, address?.method].map { $0 ?? "" }
    let expected = tags.isExpected.map { $0 ? "1" : "0" } ?? ""
    let matches = tags.matches.map { ($0.metric ?? "") + MetricName(base: "", tags: $0.tags).description }
    return [metric] + endpoint + [expected, tags.split ?? ""] + matches.sorted()
  }
}

/// A bound for the number of distinct endpoint names in memory.
///
/// Of all names ever offered it keeps the `capacity` ones with the smallest hashes, a bottom-k sketch
/// (Bar-Yossef et al., "Counting distinct elements in a data stream", 2002; Cohen and Kaplan, "Summarizing data
/// using bottom-k sketches", 2007). Which ones these are depends on the set of names alone, so that the result
/// is the same in whatever order they come and on however many cores.
///
/// Names are distinguished by their hash alone. Should two of a run share one, which among 200,000
/// names happens once in a billion runs, then both are kept or neither is.
struct EndpointLimit: Sendable {
  /// How many names are kept at most.
  let capacity: Int
  /// The hashes kept, as a heap with the greatest on top.
  private var heap: [UInt64] = []
  private var hashes: Set<UInt64> = []

  /// - Parameter capacity: at least 1.
  init(capacity: Int) {
    precondition(capacity >= 1)
    self.capacity = capacity
  }

  /// Offers a name, which may put out another one.
  /// - Returns: false when it belongs to `(other)`, which no later name changes.
  mutating func admits(_ name: String) -> Bool { admits(EndpointLimit.hash(name)) }

  /// Whether a name that was admitted is kept still. Where it is not, what was counted for it belongs to
  /// `(other)`.
  func keeps(_ name: String) -> Bool { hashes.contains(EndpointLimit.hash(name)) }

  /// Takes what another part of the same run has kept; both parts need the same capacity.
  mutating func merge(_ other: EndpointLimit) {
    precondition(capacity == other.capacity)
    for hash in other.heap { _ = admits(hash) }
  }

  private mutating func admits(_ hash: UInt64) -> Bool {
    if hashes.contains(hash) { return true }
    if heap.count < capacity {
      heap.append(hash)
      raiseLast()
    } else if hash < heap[0] {
      hashes.remove(heap[0])
      heap[0] = hash
      sinkFirst()
    } else {
      return false
    }
    hashes.insert(hash)
    return true
  }

  /// 64-bit FNV-1a (Fowler, Noll, Vo) of the bytes in UTF-8: the same on every machine and in every process,
  /// unlike Swift's own.
  static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}

extension EndpointLimit {
  /// Moves the last hash up to where its parent is greater.
  private mutating func raiseLast() {
    var at = heap.count - 1
    while at > 0, case let parent = (at - 1) / 2, heap[parent] < heap[at] {
      heap.swapAt(parent, at)
      at = parent
    }
  }

  /// Moves the first hash down to where its children are smaller.
  private mutating func sinkFirst() {
    var at = 0
    while case let left = 2 * at + 1, left < heap.count {
      let right = left + 1
      let child = right < heap.count && heap[left] < heap[right] ? right : left
      guard heap[at] < heap[child] else { return }
      heap.swapAt(at, child)
      at = child
    }
  }
}
