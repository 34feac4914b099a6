/// A bound for the number of distinct endpoint names in memory.
///
/// Of all names ever offered it keeps the `capacity` ones with the smallest hashes, a bottom-k sketch
/// (Bar-Yossef et al., "Counting distinct elements in a data stream", 2002; Cohen and Kaplan, "Summarizing data
/// using bottom-k sketches", 2007). Which ones these are depends on the set of names alone, so that the result
/// is the same in whatever order they come and on however many cores.
///
/// Names are told apart by their hash and nothing else. Should two of a run share one, which among 200,000
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
