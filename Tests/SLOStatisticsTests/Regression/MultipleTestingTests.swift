import TestSupport
import Testing

@testable import SLOStatistics

@Suite struct MultipleTestingTests {
  @Test func `Holm steps down until the first that does not pass`() {
    #expect(MultipleTesting.holm([0.01, 0.04, 0.03, 0.005], errorRate: 0.05) == [true, false, false, true])
    #expect(MultipleTesting.holm([], errorRate: 0.05).isEmpty)
  }

  @Test func `Benjamini and Hochberg's adjusted values`() {
    let adjusted = MultipleTesting.adjusted([0.01, 0.04, 0.03, 0.005])
    let expected = [0.02, 0.04, 0.04, 0.02]
    #expect(zip(adjusted, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func `An adjusted value is never below its own`() {
    var random = SeededGenerator(seed: 2)
    let p = (0..<200).map { _ in random.uniform() }
    #expect(zip(MultipleTesting.adjusted(p), p).allSatisfy { $0 >= $1 && $0 <= 1 })
  }
}
