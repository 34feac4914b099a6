import TestSupport
import Testing

@testable import SLOReaders

@Suite("A bound for endpoint names")
struct EndpointLimitTests {
  private let names = (0..<500).map { "/endpoints/\($0)" }

  private func limit(_ capacity: Int, _ names: some Sequence<String>) -> EndpointLimit {
    var limit = EndpointLimit(capacity: capacity)
    for name in names { _ = limit.admits(name) }
    return limit
  }

  private func kept(_ limit: EndpointLimit) -> Set<String> { Set(names.filter(limit.keeps)) }

  @Test("Up to its capacity every name is kept")
  func room() {
    var limit = EndpointLimit(capacity: 500)
    for name in names + names {
      let isIn = limit.admits(name)
      #expect(isIn)
    }
    #expect(kept(limit) == Set(names))
  }

  @Test("Beyond it exactly as many are kept, those with the smallest hashes", arguments: [1, 2, 7, 100, 499])
  func full(capacity: Int) {
    let smallest = names.sorted { EndpointLimit.hash($0) < EndpointLimit.hash($1) }.prefix(capacity)
    #expect(kept(limit(capacity, names)) == Set(smallest))
  }

  @Test(
    "The order in which names come, and how often, changes nothing", arguments: 1...10 as ClosedRange<UInt64>)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let shuffled = (names + names.shuffled(using: &random).prefix(200)).shuffled(using: &random)
    #expect(kept(limit(40, shuffled)) == kept(limit(40, names)))
  }

  @Test("Nor does the number of parts that are counted apart", arguments: 1...10 as ClosedRange<UInt64>)
  func partition(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var parts = (0..<Int.random(in: 1...8, using: &random)).map { _ in EndpointLimit(capacity: 40) }
    for name in names + names.prefix(100) {
      _ = parts[parts.indices.randomElement(using: &random) ?? 0].admits(name)
    }
    var whole = EndpointLimit(capacity: 40)
    for part in parts.shuffled(using: &random) { whole.merge(part) }
    #expect(kept(whole) == kept(limit(40, names)))
  }

  @Test("A name that was refused stays out, and one that was put out is refused from then on")
  func refusal() {
    var limit = EndpointLimit(capacity: 10)
    var out: Set<String> = []
    for name in names {
      let isIn = limit.admits(name)
      #expect(isIn == limit.keeps(name))
      if !isIn { out.insert(name) }
    }
    for name in names where !limit.keeps(name) {
      let isIn = limit.admits(name)
      #expect(!isIn)
    }
    #expect(out.isDisjoint(with: kept(limit)))
  }

  @Test(
    "The hash is FNV-1a as its authors publish it",
    arguments: [
      ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
    ] as [(String, UInt64)])
  func vectors(text: String, hash: UInt64) {
    #expect(EndpointLimit.hash(text) == hash)
  }
}
