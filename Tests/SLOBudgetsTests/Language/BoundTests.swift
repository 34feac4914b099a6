import SLOModel
import SLOReaders
import Testing

@testable import SLOBudgets

@Suite("Bounds")
struct BoundTests {
  @Test(
    "A quantity alone is the natural bound of a load metric, strictly",
    arguments: [
      ("p95", "400ms", 400, .milliseconds), ("error_rate", "1%", 0.01, .ratio),
      ("error_rate", "0.02", 0.02, .ratio), ("dropped_iterations.count", "5", 5, .count),
      ("checkout_errors.count", "5", 5, nil), ("queue_wait.p95", "2s", 2_000, .milliseconds),
    ] as [(String, String, Double, MetricUnit?)])
  func naturalOfLoad(key: String, text: String, value: Double, unit: MetricUnit?) throws {
    let bound = try Bound(parsing: text, of: MetricKey(parsing: key, of: .load), in: .load)
    #expect((bound.comparison, bound.value) == (.below, value))
    #expect(bound.unit == unit)
  }

  @Test(
    "A quantity alone includes the bound on a page, as Lighthouse's budgets do",
    arguments: [
      ("lcp", "2.5s", 2_500, .milliseconds), ("cls", "0.1", 0.1, .unitless),
      ("resource.script.size", "300KB", 300_000, .bytes), ("resource.total.count", "50", 50, .count),
      ("total-byte-weight", "1MiB", 1_048_576, .bytes), ("dom-size", "800", 800, nil),
      ("cls", "0", 0, .unitless),
    ] as [(String, String, Double, MetricUnit?)])
  func naturalOfPage(key: String, text: String, value: Double, unit: MetricUnit?) throws {
    let bound = try Bound(parsing: text, of: MetricKey(parsing: key, of: .page), in: .page)
    #expect((bound.comparison, bound.value) == (.atMost, value))
    #expect(bound.unit == unit)
  }

  @Test(
    "A written operator is kept",
    arguments: [
      ("p95", "<400ms", .below, 400), ("p95", "<= 400ms", .atMost, 400),
      ("throughput", ">= 230/s", .atLeast, 230), ("throughput", "> 13800/min", .above, 230),
      ("throughput", ">= 19872000/d", .atLeast, 230), ("data_received.rate", ">= 3600KB/h", .atLeast, 1_000),
      ("checks", ">= 99.5%", .atLeast, 0.995), ("checks", ">= 1", .atLeast, 1),
      ("payment_success.rate", ">= 99%", .atLeast, 0.99), ("data_received.rate", "<= 1KB/s", .atMost, 1_000),
      ("vus_max", ">= 500", .atLeast, 500), ("error_rate", "<= 0", .atMost, 0),
    ] as [(String, String, Comparison, Double)])
  func written(key: String, text: String, comparison: Comparison, value: Double) throws {
    let bound = try Bound(parsing: text, of: MetricKey(parsing: key, of: .load), in: .load)
    #expect(bound.comparison == comparison)
    #expect(abs(bound.value - value) < 1e-12)
  }

  @Test(
    "What does not fit the metric is refused with what to write",
    arguments: [
      ("p95", "400", "is a time, found a number without unit", "400ms"),
      ("p95", "5%", "found a share", "400ms"),
      ("error_rate", "400ms", "is a share, found a time", "1%"),
      ("error_rate", "2", "between 0 and 100 %", "2%"),
      ("error_rate", "1", "is 100 %", "1%"), ("error_rate", "150%", "found 150%", ""),
      ("error_rate", "0%", "nothing is below 0", "<= 0"),
      ("throughput", "230/s", "needs an operator", ">= 230/s"),
      ("throughput", ">= 230", "a number per time", "230/s"),
      ("throughput", ">= 2MB/s", "a number per time, found a size per time", "2/s"),
      ("data_received.rate", ">= 2MB", "a size per time, found a size", "write 2MB/s"),
      ("data_received.rate", ">= 2", "a size per time, found a number without unit", "write 2KB/s"),
      ("data_received.rate", ">= 2/s", "a size per time, found a number per time", "write 2KB/s"),
      ("vus_max", "500", "needs an operator", "<= 500"),
      ("checks", "99%", "needs an operator", ">= 99%"), ("p95", "=< 400ms", "'=<' is no operator", "<="),
      ("p95", "≤ 400ms", "is no operator", "<="), ("p95", "< -1ms", "is negative", ""),
      ("data_sent.count", "< 5", "is a size", "5KB"),
      ("dropped_iterations.count", "5ms", "found a time", "5"),
      ("orders.count", "5", "needs an operator", "<= 5"),
    ])
  func refused(key: String, text: String, message: String, hint: String) throws {
    let key = try MetricKey(parsing: key, of: .load)
    let error = #expect(throws: Bound.Malformed.self) { try Bound(parsing: text, of: key, in: .load) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    #expect(hint.isEmpty || error?.hint?.contains(hint) == true, "\(String(describing: error))")
  }

  @Test("Comparisons hold as written, and never for NaN", arguments: Comparison.allCases)
  func comparisons(comparison: Comparison) {
    let holds = [399.9, 400, 400.1].map { comparison.holds($0, bound: 400) }
    let expected: [Comparison: [Bool]] = [
      .below: [true, false, false], .atMost: [true, true, false], .above: [false, false, true],
      .atLeast: [false, true, true],
    ]
    #expect(holds == expected[comparison])
    #expect(!comparison.holds(.nan, bound: 400))
  }
}
