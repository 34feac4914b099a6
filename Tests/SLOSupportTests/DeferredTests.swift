import Synchronization
import Testing

@testable import SLOSupport

@Suite("A deferred value")
struct DeferredTests {
  @Test("It is computed when it is asked for, and once")
  func once() {
    let computed = Atomic(0)
    let deferred = Deferred { computed.add(1, ordering: .relaxed).newValue }
    #expect(computed.load(ordering: .relaxed) == 0)
    let asked = concurrentMap(Array(0..<100), workers: 4) { _ in deferred.value }
    #expect(asked.allSatisfy { $0 == 1 })
  }
}
