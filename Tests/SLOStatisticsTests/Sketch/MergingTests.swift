import TestSupport
import Testing

@testable import SLOStatistics

/// What a sketch holds depends on the values alone.
@Suite struct MergingTests {
  @Test(arguments: Shape.allCases)
  func `The order of values changes nothing`(shape: Shape) {
    var random = SeededGenerator(seed: 1)
    let values = random.values(3_000, of: shape)
    var sketch = QuantileSketch()
    for value in values { sketch.add(value) }
    #expect(sketch == QuantileSketch(sorted: values.sorted()))
    #expect(sketch.encoded == QuantileSketch(sorted: values.sorted()).encoded)
  }

  @Test(arguments: 0..<30)
  func `Merged sketches are the sketch of all their values, in any order and grouping`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let parts = (0..<3).map { _ in values(from: &random) }
    let sketches = parts.map { QuantileSketch(sorted: $0.sorted()) }
    let whole = QuantileSketch(sorted: parts.joined().sorted())
    #expect(merged(merged(sketches[0], sketches[1]), sketches[2]) == whole)
    #expect(merged(sketches[0], merged(sketches[1], sketches[2])) == whole)
    #expect(merged(merged(sketches[2], sketches[0]), sketches[1]) == whole)
    #expect(merged(QuantileSketch(), whole) == whole && merged(whole, QuantileSketch()) == whole)
  }

  @Test func `A value may come many times at once`() {
    var (one, many) = (QuantileSketch(), QuantileSketch())
    one.add(3, count: 1_000)
    one.add(4, count: 0)
    for _ in 0..<1_000 { many.add(3) }
    #expect(one == many && one.count == 1_000 && one.max == 3)
  }

  @Test func `A negative zero is zero`() {
    #expect(QuantileSketch(sorted: [-0.0]).encoded == QuantileSketch(sorted: [0.0]).encoded)
  }

  /// Values of one shape or over more decades than a store reaches, some of them infinite.
  private func values(from random: inout SeededGenerator) -> [Double] {
    let count = Int.random(in: 0...400, using: &random)
    let shape = Shape.allCases.randomElement(using: &random) ?? .mixed
    let scale: Double = [1, 1e-200, 1e60].randomElement(using: &random) ?? 1
    return random.values(count, of: shape).map { random.uniform() < 0.01 ? $0 / 0 : $0 * scale }
      .filter { !$0.isNaN }
  }

  private func merged(_ one: QuantileSketch, _ other: QuantileSketch) -> QuantileSketch {
    var sketch = one
    sketch.merge(other)
    return sketch
  }
}
