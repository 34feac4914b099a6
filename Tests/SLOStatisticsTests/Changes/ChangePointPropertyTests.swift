import TestSupport
import Testing

@testable import SLOStatistics

/// What holds for every series.
@Suite struct ChangePointPropertyTests {
  /// Series of one to four levels at least 15 runs long, a fifth or more apart, with a scatter of 1 … 5 %.
  private static let series: [[Double]] = {
    var random = SeededGenerator(seed: 42)
    return (0..<80).map { _ in
      var level = 10 + 1_000 * random.uniform()
      let scatter = 0.01 + 0.04 * random.uniform()
      return (0...random.next() % 4).flatMap { _ in
        level *= random.uniform() < 0.5 ? 1.25 + random.uniform() : 0.4 + 0.4 * random.uniform()
        return random.timings(15 + Int(random.next() % 60), about: level, scatter: scatter)
      }
    }
  }()

  private func changes(_ values: [Double]) -> [ChangePoint] { ChangePointSearch().changePoints(in: values) }
  private func indices(_ values: [Double]) -> [Int] { changes(values).map(\.index) }

  @Test func `Change points rise, lie inside and are surer than chance`() {
    for values in Self.series {
      let found = changes(values)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.index < $1.index })
      #expect(found.allSatisfy { (1..<values.count).contains($0.index) && (0...2e-4).contains($0.p) })
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.after == $1.before })
    }
  }

  @Test func `The suspects of a step are the fewest that hold it with 95 %, its own place among them`() {
    for change in Self.series.flatMap(changes) {
      let chances = change.suspects.map(\.probability)
      #expect(change.suspects.contains { $0.index == change.index })
      #expect(chances == chances.sorted(by: >) && chances.reduce(0, +) >= 0.95)
      #expect(chances.dropLast().reduce(0, +) < 0.95)
      #expect(Set(change.suspects.map(\.index)).count == chances.count)
    }
  }

  @Test(arguments: [0.001, 0.37, 1_000, 1e12])
  func `Scaling moves no change point`(factor: Double) {
    for values in Self.series {
      let scaled = changes(values.map { $0 * factor })
      #expect(scaled.map(\.index) == indices(values))
      #expect(scaled.map { $0.suspects.map(\.index) } == changes(values).map { $0.suspects.map(\.index) })
    }
  }

  @Test func `A turned series has the same change points, up to one run`() {
    for values in Self.series {
      let turned = indices(values.reversed()).map { values.count - $0 }.reversed()
      let found = indices(values)
      #expect(turned.count == found.count)
      #expect(zip(turned, found).allSatisfy { abs($0 - $1) <= 1 })
    }
  }

  @Test func `One over the values changes at the same places, the other way`() {
    for values in Self.series {
      let (found, turned) = (changes(values), changes(values.map { 1 / $0 }))
      #expect(turned.count == found.count)
      #expect(zip(found, turned).allSatisfy { abs($0.index - $1.index) <= 1 })
      #expect(zip(found, turned).allSatisfy { ($0.after > $0.before) != ($1.after > $1.before) })
    }
  }

  @Test func `More runs at the last level take back no earlier change point`() {
    var random = SeededGenerator(seed: 43)
    for values in Self.series {
      let found = changes(values)
      let last = (found.last?.index).map { Array(values[$0...]) } ?? values
      let more = (0..<30).map { _ in last[Int(random.next() % UInt64(last.count))] }
      let later = indices(values + more)
      for change in found where !change.isProvisional {
        #expect(later.contains { abs($0 - change.index) <= 2 })
      }
    }
  }

  @Test func `The same input gives the same output`() {
    for values in Self.series.prefix(30) { #expect(changes(values) == changes(values)) }
  }

  @Test(arguments: [
    0, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .leastNormalMagnitude,
    .greatestFiniteMagnitude,
    -.greatestFiniteMagnitude, 1e-300, 5,
  ])
  func `No values and no number of them break the search`(odd: Double) {
    for count in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 40] {
      let fillers: [(Int) -> Double] = [
        { _ in odd },
        { $0 == 1 ? odd : 0.5 },
        { $0 % 2 == 0 ? odd : -odd },
        { $0 < count / 2 ? odd : 0 },
        { $0 < count / 2 ? odd : Double(1 + $0 * $0 % 7) },
        { $0 % 3 == 0 ? odd : Double($0) },
      ]
      for filler in fillers {
        let values = (0..<count).map(filler)
        let found = changes(values)
        #expect(found.allSatisfy { (0...1).contains($0.p) && values.indices.contains($0.index) })
        #expect(found.flatMap(\.suspects).allSatisfy { (1..<count).contains($0.index) && $0.probability > 0 })
      }
    }
  }

  @Test func `A hundred thousand values are no more than a long series`() {
    var random = SeededGenerator(seed: 44)
    // Whole numbers: few levels to choose from, so that the test is quick without optimisation too.
    let values = (0..<100).flatMap { random.timings(1_000, about: $0 % 2 == 0 ? 100 : 120, scatter: 0.03) }
    let found = indices(values.map { $0.rounded() })
    #expect(found.count == 99)
    #expect(zip(found, 1...).allSatisfy { abs($0 - 1_000 * $1) <= 3 })
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 20, 101, 1_000])
  func `The selected median is the sorted one`(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let kinds: [(Int) -> Double] = [
      { _ in random.normal() }, { _ in Double(random.next() % 3) }, { Double($0) }, { -Double($0) },
      { _ in 4 },
    ]
    for kind in kinds {
      let numbers = (0..<count).map(kind)
      #expect(median(of: numbers) == SortedSample(sorting: numbers).median)
    }
  }
}
