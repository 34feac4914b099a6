import SLOModel
import TestSupport
import Testing

@testable import SLOBudgets

@Suite("Damaged budgets")
struct DamageTests {
  @Test("However a budget is damaged, it is read or every problem has a place in it", arguments: 0..<8)
  func mutations(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let bytes = Self.damaged(Array(sampleBudget.utf8), by: &generator)
      let lines = bytes.count { $0 == 10 || $0 == 13 } + 1
      do throws(BudgetProblems) {
        let budgets = try Budgets.parse(bytes: bytes, file: "b.yaml")
        #expect(
          budgets.limits(profile: "spike", endpoint: "search").allSatisfy {
            $0.bound.isFinite && $0.bound >= 0
          })
      } catch {
        #expect(!error.problems.isEmpty)
        #expect(error.problems == error.problems.sorted { $0.place < $1.place })
        for problem in error.problems {
          #expect((1...lines).contains(problem.place.line) && problem.place.column >= 1, "\(problem)")
          #expect(problem.place.file == "b.yaml" && !problem.message.isEmpty)
        }
      }
    }
  }

  /// Bytes with one to four pieces deleted, doubled, replaced, swapped or cut off.
  private static func damaged(_ bytes: [UInt8], by generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let start = Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, start + Int.random(in: 1...12, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2: bytes[start] = UInt8.random(in: 0...255, using: &generator)
      case 3: bytes[start] = Array("{}[]:,*&!|>'\"#%@`-? \n\t0~".utf8).randomElement(using: &generator) ?? 32
      case 4: bytes.swapAt(start, Int.random(in: 0..<bytes.count, using: &generator))
      default: bytes.removeSubrange(end...)
      }
    }
    return bytes
  }
}
