import Glibc
import Synchronization
import Testing

@testable import SLOSupport

@Suite("Working on several cores")
struct ConcurrentlyTests {
  @Test("Results stand in the order of the elements, whoever was done first", arguments: [1, 2, 3, 16])
  func order(workers: Int) {
    let elements = Array(0..<500)
    let squares = concurrentMap(elements, workers: workers) { element in
      // The first elements take longest.
      (0..<(500 - element) * 20).reduce(0) { $0 ^ $1 } &* 0 &+ element * element
    }
    #expect(squares == elements.map { $0 * $0 })
  }

  @Test("Every element is taken once")
  func once() {
    let taken = Mutex([Int](repeating: 0, count: 1_000))
    _ = concurrentMap(Array(0..<1_000), workers: 4) { element in taken.withLock { $0[element] += 1 } }
    #expect(taken.withLock { $0 } == Array(repeating: 1, count: 1_000))
  }

  @Test("No element needs no thread, and one is done by the caller")
  func few() {
    #expect(concurrentMap([Int](), workers: 8) { $0 }.isEmpty)
    let caller = UInt(pthread_self())
    #expect(concurrentMap([7], workers: 8) { _ in UInt(pthread_self()) } == [caller])
  }
}
