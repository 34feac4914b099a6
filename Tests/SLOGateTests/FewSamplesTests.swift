import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Few samples are no measurement")
struct FewSamplesTests {
  private func failures(_ hits: Int, of samples: Int, endpoint: String = Series.wholeRun) -> MetricValue {
    value(
      "http_req_failed", .rate, Double(hits) / Double(samples), of: endpoint, samples: samples)
  }

  @Test(
    "A limit on a rate is judged from twenty samples on, whether the value is beyond it or not",
    arguments: [(0, 12), (1, 12), (0, 19), (19, 19)])
  func rate(hits: Int, samples: Int) throws {
    let verdict = try Check(
      [failures(hits, of: samples)], budget: "run: { baseline: { error_rate: 1% } }"
    ).verdict()
    #expect(verdict.code == .inconclusive)
    #expect(verdict.findings.map(\.outcome) == [.missing] && verdict.evaluated == 0)
  }

  @Test("From twenty on it is over or not")
  func enough() throws {
    let budget = "run: { baseline: { error_rate: 1% } }"
    #expect(try Check([failures(1, of: 20)], budget: budget).verdict().code == .overBudget)
    #expect(try Check([failures(0, of: 20)], budget: budget).verdict().code == .pass)
  }

  @Test("So it is of percentiles, and of no other statistic")
  func percentiles() throws {
    for (statistic, code) in [
      (Statistic.p95, Verdict.Code.inconclusive), (.median, .inconclusive), (.maximum, .pass),
      (.average, .pass),
    ] {
      let measured = value("http_req_duration", statistic, 100, samples: 19)
      let verdict = try Check([measured], budget: "run: { baseline: { \(statistic): 1s } }").verdict()
      #expect(verdict.code == code, "\(statistic)")
    }
  }

  @Test("What is not known is not held against it, but a part has no more samples than the run")
  func unknown() throws {
    let budget = "defaults: { baseline: { p95: 1s } }"
    #expect(try Check([p95(100)], budget: budget).verdict().code == .pass)
    let whole = value("http_req_duration", .p95, 100, samples: 10)
    #expect(
      try Check([whole, p95(100, of: "search")], budget: budget).verdict().outcomes[.missing] == 2)
  }

  @Test("The number is the budget's: of the file, a profile, an entry")
  func settings() throws {
    let measured = failures(0, of: 30, endpoint: "search")
    let limits = "endpoints: { search: { \"*\": { error_rate: 1% } } }"
    for (setting, code) in [
      ("", Verdict.Code.pass), ("min_samples: 31", .inconclusive),
      ("profiles: { baseline: { min_samples: 31 } }", .inconclusive),
      ("min_samples: 31\nprofiles: { baseline: { min_samples: 30 } }", .pass),
    ] {
      let verdict = try Check([measured], budget: "\(limits)\n\(setting)").verdict()
      #expect(verdict.code == code, "\(setting)")
    }
  }

  @Test("A percentile of fewer samples than it is made of is said to be their maximum")
  func maximum() throws {
    func said(_ statistic: Statistic, _ samples: Int) throws -> String? {
      let measured = value("http_req_duration", statistic, 100, samples: samples)
      return try Check([measured], budget: "run: { baseline: { \(statistic): 1s } }").verdict()
        .finding(measured)?.fewSamples
    }
    #expect(try said(.p99, 49) == "p99 of 49 samples is about their maximum")
    #expect(try said(.p99, 100) == nil)
    #expect(try said(.p95, 20) == nil)
    #expect(try said(.median, 20) == nil)
  }

  @Test("A rate says its counts", arguments: [(1, 49), (0, 20), (333, 1_000), (7, 7)])
  func counts(hits: Int, samples: Int) throws {
    let measured = failures(hits, of: samples)
    let finding = try #require(try Check([measured]).verdict().finding(measured))
    #expect((finding.hits, finding.samples) == (hits, samples))
  }
}
