import SLOModel
import Testing

@Suite("Units that values are published in")
struct BaseUnitTests {
  @Test("Times are seconds, shares and scores ratios; what has no unit has no name")
  func base() {
    let bases = Dictionary(uniqueKeysWithValues: MetricUnit.allCases.map { ($0, $0.base.rawValue) })
    #expect(
      bases == [
        .milliseconds: "seconds", .bytes: "bytes", .ratio: "ratio", .score: "ratio", .perSecond: "per_second",
        .count: "", .unitless: "",
      ])
  }

  @Test("A time is divided, so that 700 ms are 0.7 s and no neighbour of it")
  func size() {
    #expect(700 / MetricUnit.milliseconds.base.size == 0.7)
    #expect(MetricUnit.allCases.filter { $0.base.size != 1 } == [.milliseconds])
  }
}
