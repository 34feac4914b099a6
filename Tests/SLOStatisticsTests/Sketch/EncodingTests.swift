import TestSupport
import Testing

@testable import SLOStatistics

/// A sketch as bytes.
@Suite struct EncodingTests {
  @Test(arguments: Shape.allCases, [0, 1, 2, 3, 1_000])
  func `A sketch comes back as it went in`(shape: Shape, size: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    let values = random.values(size, of: shape) + (size == 3 ? [.infinity, -.infinity, 1e300, -1e-300] : [])
    let sketch = QuantileSketch(sorted: values.sorted())
    #expect(QuantileSketch(encoded: sketch.encoded) == sketch)
  }

  @Test func `The layout is the one that is written down`() {
    #expect(QuantileSketch().encoded == [1, 10, 0, 0, 0, 0, 0])
    var sketch = QuantileSketch(sorted: [-.infinity, -1, 0, 0, 1.01, 1.06])
    sketch.add(1.06, count: 299)
    // 1.01 lies in bucket 1, folded 2, and 1.06 in bucket 3; between them a run of one empty bucket.
    let stores: [UInt8] = [1, 1, 0, 1, 2, 3, 2, 1, 0, 1, 0xAC, 0x02, 0]
    let range: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0xFF, 0xF6, 0x28, 0x5C, 0x8F, 0xC2, 0xF5, 0xF0, 0x3F]
    #expect(sketch.encoded == [1, 10] + stores + range)
  }

  @Test func `A hundred thousand latencies take less than a kilobyte`() {
    var random = SeededGenerator(seed: 3)
    for shape in [Shape.lognormal, .bimodal] {
      let sketch = QuantileSketch(sorted: random.values(100_000, of: shape).sorted())
      #expect(sketch.encoded.count < 1_000)
    }
  }

  @Test func `What is cut short or goes on is refused`() {
    let bytes = QuantileSketch(sorted: [-2, 0, 1, 5, 5, 900]).encoded
    for length in 0..<bytes.count { #expect(QuantileSketch(encoded: Array(bytes[..<length])) == nil) }
    #expect(QuantileSketch(encoded: bytes + [0]) == nil)
  }

  @Test(
    arguments: [
      ("another version", [2, 10, 0, 0, 0, 0, 0]), ("another accuracy", [1, 20, 0, 0, 0, 0, 0]),
      ("a number longer than it need be", [1, 10, 0, 0, 0x80, 0, 0, 0]),
      ("a number that does not end", [1, 10] + Array(repeating: 0xFF, count: 40)),
      ("more values than there can be", [1, 10, 0, 0] + Array(repeating: 0xFF, count: 8) + [0x7F, 0, 0]),
      ("a store of too many buckets", [1, 10, 0, 0x81, 0x10, 0, 1, 0, 0, 0]),
      ("a range without values", [1, 10, 0, 0, 0, 0, 0] + Array(repeating: 0, count: 16)),
      ("values without a range", [1, 10, 0, 0, 1, 0, 0]),
      ("a run past the end", [1, 10, 0, 0, 0, 2, 0, 1, 0, 2, 0] + Array(repeating: 0, count: 16)),
      ("an empty bucket at the end", [1, 10, 0, 0, 0, 2, 0, 1, 0, 1, 0] + Array(repeating: 0, count: 16)),
      ("an empty bucket in front", [1, 10, 0, 0, 0, 2, 0, 0, 1, 1, 0] + Array(repeating: 0, count: 16)),
      (
        "a bucket no number falls into",
        [1, 10, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1, 0] + Array(repeating: 0, count: 16)
      ),
      ("a range of NaN", [1, 10, 0, 0, 1, 0, 0] + Array(repeating: 0xFF, count: 16)),
      (
        "a negative zero",
        [1, 10, 0, 0, 1, 0, 0] + Array(repeating: 0, count: 7) + [0x80] + Array(repeating: 0, count: 8)
      ),
    ] as [(String, [UInt8])])
  func `What we do not write is refused`(what: String, bytes: [UInt8]) {
    #expect(QuantileSketch(encoded: bytes) == nil, "\(what)")
  }

  @Test(arguments: 0..<20)
  func `Hostile bytes are refused, or are a sketch that answers`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let shape = Shape.allCases.randomElement(using: &random) ?? .mixed
    let bytes = QuantileSketch(sorted: random.values(60, of: shape).sorted()).encoded
    for _ in 0..<500 {
      let damaged = random.damaged(bytes)
      guard var sketch = QuantileSketch(encoded: damaged) else { continue }
      #expect(sketch.encoded == damaged)
      for quantile in [0, 0.5, 0.999, 1] { #expect(sketch.quantile(quantile)?.isNaN != true) }
      for value in [-1e300, -1, 0, 1, 1e300] {
        #expect(sketch.share(atOrBelow: value).map { (0...1).contains($0) } != false)
      }
      sketch.merge(sketch)
      sketch.add(7)
      #expect(sketch.count % 2 == 1)
    }
  }
}

extension SeededGenerator {
  /// Some bytes with a few of them changed, added or missing.
  fileprivate mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &self)
      switch Int.random(in: 0..<4, using: &self) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
      case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      default: bytes[place] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &self) ?? 0
      }
    }
    return bytes
  }
}
