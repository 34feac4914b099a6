internal import Glibc
import TestSupport
import Testing

@testable import SLOStatistics

/// What holds for every two commits.
@Suite struct DifferenceTests {
  private static let kinds: [ComparedSeries.Kind] = [.positive, .bounded, .share]

  private func randomSeries(_ count: Int) -> [ComparedSeries] {
    var random = SeededGenerator(seed: 11)
    return (0..<count).map { _ in
      let level = 10 + 1_000 * random.uniform()
      func commit(_ factor: Double) -> ComparedSeries.Repetitions {
        .init(random.timings(1 + Int(random.next() % 5), about: level * factor, scatter: 0.05))
      }
      let factor = 0.7 + random.uniform()
      return ComparedSeries(
        before: commit(1), after: commit(factor),
        history: (0..<4 + Int(random.next() % 20)).map { _ in commit(1) })
    }
  }

  private func shares(_ before: Double, _ after: Double, history: [Double], trials: Int = 5_000)
    -> ComparedSeries
  {
    func commit(_ share: Double) -> ComparedSeries.Repetitions { .init([share], trials: [trials]) }
    return ComparedSeries(
      before: commit(before), after: commit(after), history: history.map(commit), kind: .share)
  }

  @Test func `A commit beside itself has not changed`() throws {
    for series in randomSeries(100) {
      var same = series
      same.after = series.before
      let difference = DifferenceTest.compare(same)
      #expect(difference.change == Judgement.Change(0, from: try #require(difference.before)))
      #expect(difference.p == 1 && !difference.isSignificant)
      #expect(try #require(difference.interval).absolute.contains(0))
    }
    let same = DifferenceTest.compare(shares(0.01, 0.01, history: [0.01, 0.012, 0.009, 0.011]))
    #expect(same.p == 1 && same.change?.absolute == 0)
  }

  @Test func `Swapping the sides turns the change and its interval, and changes no p`() throws {
    for series in randomSeries(200) {
      var swapped = series
      (swapped.before, swapped.after) = (series.after, series.before)
      let (one, other) = (DifferenceTest.compare(series), DifferenceTest.compare(swapped))
      #expect(try #require(one.change).absolute == -(try #require(other.change).absolute))
      #expect(abs(try #require(one.p) - (try #require(other.p))) < 1e-12)
      let (there, back) = (try #require(one.interval?.relative), try #require(other.interval?.relative))
      #expect(abs((1 + there.lowerBound) * (1 + back.upperBound) - 1) < 1e-9)
      #expect(abs((1 + there.upperBound) * (1 + back.lowerBound) - 1) < 1e-9)
    }
    let history = [0.01, 0.02, 0.012, 0.015, 0.008]
    let one = DifferenceTest.compare(shares(0.01, 0.03, history: history))
    let other = DifferenceTest.compare(shares(0.03, 0.01, history: history))
    let (there, back) = (try #require(one.interval?.absolute), try #require(other.interval?.absolute))
    #expect(
      abs(there.lowerBound + back.upperBound) < 1e-12 && abs(there.upperBound + back.lowerBound) < 1e-12)
    #expect(one.p == other.p)
  }

  @Test(arguments: [0.001, 0.37, 1_000])
  func `Another unit changes no proportion and no p`(factor: Double) throws {
    for series in randomSeries(100) {
      func scaled(_ repetitions: ComparedSeries.Repetitions) -> ComparedSeries.Repetitions {
        .init(repetitions.values.map { $0 * factor })
      }
      let other = DifferenceTest.compare(
        ComparedSeries(
          before: scaled(series.before), after: scaled(series.after), history: series.history.map(scaled)))
      let one = DifferenceTest.compare(series)
      #expect(abs(try #require(one.p) - (try #require(other.p))) < 1e-9)
      let (here, there) = (try #require(one.interval?.relative), try #require(other.interval?.relative))
      #expect(
        abs(here.lowerBound - there.lowerBound) < 1e-9 && abs(here.upperBound - there.upperBound) < 1e-9)
    }
  }

  @Test func `p is below 5 % exactly where the interval leaves out no change`() throws {
    for series in randomSeries(300) {
      let difference = DifferenceTest.compare(series)
      #expect(
        (try #require(difference.p) < 0.05) == !(try #require(difference.interval).absolute.contains(0)))
    }
    for after in stride(from: 0.0, through: 0.04, by: 0.001) {
      let difference = DifferenceTest.compare(
        shares(0.01, after, history: [0.01, 0.014, 0.008, 0.011, 0.012]))
      #expect(
        (try #require(difference.p) < 0.05) == !(try #require(difference.interval).absolute.contains(0)))
    }
  }

  @Test func `Fewer than four commits tell no p, and repetitions do not stand in for them`() {
    let calm = ComparedSeries.Repetitions([100, 101, 100.5, 99.5, 100.25])
    let slow = ComparedSeries.Repetitions([150, 151, 150.5, 149.5, 150.25])
    for count in 0...7 {
      let difference = DifferenceTest.compare(
        ComparedSeries(before: calm, after: slow, history: Array(repeating: calm, count: count)))
      #expect((difference.p == nil) == (count < 4) && difference.commits == count)
      #expect((difference.interval == nil) == (count < 4))
      #expect(difference.change?.absolute == 50)
      #expect(difference.spreadBefore == 99.5...101 && difference.spreadAfter == 149.5...151)
    }
  }

  @Test func `The spread of two repetitions is not shown`() {
    let difference = DifferenceTest.compare(ComparedSeries(before: .init([1, 2]), after: .init([1, 2, 3])))
    #expect(difference.spreadBefore == nil && difference.spreadAfter == 1...3)
  }

  @Test func `A step in the history widens no interval`() throws {
    var random = SeededGenerator(seed: 3)
    let level = random.timings(8, about: 100, scatter: 0.02)
    let old = random.timings(8, about: 60, scatter: 0.02)
    func width(_ history: [Double]) throws -> Double {
      let interval = try #require(
        DifferenceTest.compare(
          ComparedSeries(before: .init([100]), after: .init([104]), history: history.map { .init([$0]) })
        ).interval?.relative)
      return interval.upperBound - interval.lowerBound
    }
    #expect(try width(old + level) < 1.2 * width(level))
  }

  @Test func `Runs whose error rates differ by more than tosses widen the interval`() throws {
    let calm = try #require(
      DifferenceTest.compare(shares(0.01, 0.02, history: [0.01, 0.0102, 0.0098, 0.01, 0.0101])).p)
    let wild = try #require(
      DifferenceTest.compare(shares(0.01, 0.02, history: [0.002, 0.03, 0.01, 0.018, 0.005])).p)
    #expect(calm < 0.001 && wild > 0.05)
  }

  @Test func `Newcombe's own example`() throws {
    // Statist. Med. 17 (1998), table II (a): 56/70 and 48/80, method 10: 0.0524 to 0.3339.
    let series = ComparedSeries(
      before: .init([48.0 / 80], trials: [80]), after: .init([56.0 / 70], trials: [70]),
      history: Array(repeating: .init([0.7], trials: [75]), count: 8), kind: .share)
    let interval = try #require(DifferenceTest.compare(series).interval?.absolute)
    #expect(abs(interval.lowerBound - 0.0524) < 0.0005 && abs(interval.upperBound - 0.3339) < 0.0005)
  }

  @Test func `One unit of whole numbers is no more than their rounding`() throws {
    let eight = ComparedSeries.Repetitions([8])
    let difference = DifferenceTest.compare(
      ComparedSeries(before: eight, after: .init([9]), history: Array(repeating: eight, count: 5)))
    #expect(try #require(difference.p) > 0.05)
  }

  @Test func `Significance is that of the family`() {
    var random = SeededGenerator(seed: 5)
    let family = (0..<200).map { _ in
      ComparedSeries(
        before: .init(random.timings(1, about: 100, scatter: 0.03)),
        after: .init(random.timings(1, about: 100, scatter: 0.03)),
        history: random.timings(10, about: 100, scatter: 0.03).map { .init([$0]) })
    }
    let differences = DifferenceTest.compare(family)
    #expect(differences.count(where: { $0.p ?? 1 < 0.05 }) > 3)
    #expect(differences.count(where: \.isSignificant) == 0)
  }

  @Test func `Calm siblings make a short history surer, and those of another group do not`() throws {
    func family(_ group: (Int) -> Int?) -> [ComparedSeries] {
      var random = SeededGenerator(seed: 6)
      return (0..<12).map { index in
        ComparedSeries(
          before: .init([100]), after: .init([105]),
          history: random.timings(4, about: 100, scatter: 0.005).map { .init([$0]) }, siblings: group(index))
      }
    }
    func typical(_ family: [ComparedSeries]) throws -> Double {
      try #require(SortedSample(DifferenceTest.compare(family).compactMap(\.p))).median
    }
    let alone = try typical(family { _ in nil })
    #expect(try typical(family { _ in 1 }) < alone / 2)
    #expect(try typical(family { $0 }) == alone)
  }

  @Test(arguments: [
    0, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e-300, 5,
  ])
  func `No values and no number of them break the comparison`(odd: Double) {
    for count in 0...7 {
      for kind in DifferenceTests.kinds {
        for trials in [nil, 0, 1, 500, Int.max] {
          for (left, right) in [([odd], [odd]), ([0.5, odd], [1]), ([], [odd]), ([odd, odd, 1], [0])] {
            func side(_ values: [Double]) -> ComparedSeries.Repetitions {
              .init(values, trials: trials.map { Array(repeating: $0, count: values.count) })
            }
            let history = (0..<count).map { side($0 == 1 ? [odd] : [0.5, 0.25]) }
            let difference = DifferenceTest.compare(
              ComparedSeries(before: side(left), after: side(right), history: history, kind: kind))
            #expect(difference.p.map { (0...1).contains($0) } ?? true)
            #expect((difference.p == nil) == (difference.interval == nil))
          }
        }
      }
    }
  }

  @Test func `Of the largest numbers there are nothing is said, and nothing breaks`() {
    let most = 1.7e308
    for after in [[most, most], [-most, most], [most / 2]] {
      for history in [[most, most * 0.99], [-most, most], [most, -most, most]] {
        let difference = DifferenceTest.compare(
          ComparedSeries(
            before: .init([most, most]), after: .init(after),
            history: (0..<6).map { .init([history[$0 % history.count], history[0]]) }))
        #expect(difference.interval.map { $0.absolute.lowerBound.isFinite } ?? true)
      }
    }
  }
}
