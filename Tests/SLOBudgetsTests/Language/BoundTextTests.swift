import SLOModel
import SLOReaders
import TestSupport
import Testing

@testable import SLOBudgets

@Suite("Bounds as text")
struct BoundTextTests {
  @Test(
    "A bound is written in the unit that reads best, with an operator only where it is not the natural one",
    arguments: [
      ("p95", Comparison.below, 400.0, "400ms"), ("p95", .below, 1_500, "1.5s"),
      ("p95", .atMost, 400, "<= 400ms"),
      ("p95", .below, 1_234.5, "1234.5ms"), ("p95", .below, 0.001, "0.001ms"),
      ("error_rate", .below, 0.01, "1%"),
      ("error_rate", .below, 0.001, "0.1%"), ("error_rate", .atMost, 0, "<= 0%"),
      ("error_rate", .below, 0.275 / 100, "0.275%"),
      ("throughput", .atLeast, 230, ">= 230/s"), ("throughput", .atLeast, 0.125, ">= 0.125/s"),
      ("throughput", .atLeast, 1e6 / 86_400, ">= 1000000/d"), ("throughput", .atMost, 5.0 / 3_600, "<= 5/h"),
      ("throughput", .atLeast, 1.0 / 60, ">= 1/min"), ("throughput", .atLeast, 0.1234, ">= 0.1234/s"),
      ("checks", .atLeast, 0.995, ">= 99.5%"), ("vus_max", .atLeast, 500, ">= 500"),
      ("data_received.rate", .atMost, 2e6, "<= 2MB/s"), ("data_received.count", .atMost, 1_536, "<= 1.5KiB"),
      ("payment_time.p95", .below, 700, "700"), ("coverage.value", .above, 1, "> 1"),
    ] as [(String, Comparison, Double, String)])
  func load(key: String, comparison: Comparison, value: Double, text: String) throws {
    let key = try MetricKey(parsing: key, of: .load)
    let unit = key.traits?.unit(of: key.statistic)
    #expect(BoundText.text(comparison, value, unit, of: key.metric, key.statistic, in: .load) == text)
  }

  @Test(
    "Under a page the natural bound is <=",
    arguments: [
      ("lcp", Comparison.atMost, 2_500.0, "2.5s"), ("performance", .atLeast, 0.9, ">= 0.9"),
      ("cls", .atMost, 0.1, "0.1"), ("lcp", .below, 2_500, "< 2.5s"),
      ("resource.script.size", .atMost, 307_200, "300KiB"),
    ])
  func page(key: String, comparison: Comparison, value: Double, text: String) throws {
    let key = try MetricKey(parsing: key, of: .page)
    let unit = key.traits?.unit(of: key.statistic)
    #expect(BoundText.text(comparison, value, unit, of: key.metric, key.statistic, in: .page) == text)
  }

  @Test("Whatever is written is read as exactly the value")
  func exact() throws {
    var generator = SeededGenerator(seed: 7)
    for index in 0..<4_000 {
      let size = Double.random(in: -9...15, using: &generator)
      let whole = Double(Int.random(in: 0...100_000, using: &generator))
      let value = index % 2 == 0 ? whole / 1_000 : pow10(size) * Double.random(in: 1..<10, using: &generator)
      for unit in MetricUnit.allCases + [nil] {
        for isData in [false, true] {
          let text = BoundText.quantity(value, unit, isData: isData)
          #expect(try Quantity(parsing: text).value == value, "\(text) of \(value)")
        }
      }
    }
  }

  @Test(
    "A key is the shortest that stands for the figure",
    arguments: [
      ("http_req_duration", "p95", "p95"), ("http_req_duration", "avg", "avg"),
      ("http_req_duration", "count", "http_req_duration.count"), ("http_req_failed", "rate", "error_rate"),
      ("http_reqs", "rate", "throughput"), ("http_reqs", "count", "http_reqs.count"),
      ("checks", "rate", "checks"),
      ("vus_max", "value", "vus_max"), ("payment_time", "med", "payment_time.med"),
      ("pool", "value", "pool.value"),
      ("http_req_duration{method:GET}", "p95", "http_req_duration{method:GET}.p95"),
    ])
  func key(metric: String, statistic: String, text: String) {
    #expect(budgetKey(of: metric, Statistic(rawValue: statistic), in: .load) == text)
  }

  private func pow10(_ exponent: Double) -> Double {
    let power = (0..<Int(exponent.magnitude)).reduce(1.0) { power, _ in power * 10 }
    return exponent < 0 ? 1 / power : power
  }
}
