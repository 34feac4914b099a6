import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Selections that tags match")
struct SelectionIndexTests {
  @Test("They are those that trying each one finds, in the same order", arguments: 0..<200)
  func asTryingEach(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let words = ["a", "b", "c"]
    func tags(_ most: Int) -> [String: String] {
      let count = Int.random(in: 0...most, using: &generator)
      let pairs = (0..<count).map { _ in
        (words.randomElement(using: &generator) ?? "a", words.randomElement(using: &generator) ?? "a")
      }
      return Dictionary(pairs) { first, _ in first }
    }
    let selections = (0..<12).map { _ in
      SampleDemand.Selection(
        metric: Bool.random(using: &generator) ? "m" : nil,
        tags: tags(2).mapValues { value in
          Bool.random(using: &generator) ? .exactly(value) : EndpointPattern(value + "*")
        })
    }
    let index = SelectionIndex(selections)
    for _ in 0..<20 {
      let tags = tags(3)
      let expected = selections.filter { selection in
        selection.tags.allSatisfy { tag, pattern in tags[tag].map(pattern.matches) == true }
      }
      let found = index.matches(tags)
      #expect(found.map(\.metric) == expected.map(\.metric))
      #expect(found.map(\.tags) == expected.map { $0.tags.keys.reduce(into: [:]) { $0[$1] = tags[$1] } })
    }
  }
}
