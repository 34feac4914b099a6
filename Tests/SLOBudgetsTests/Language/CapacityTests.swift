import SLOModel
import SLOReaders
import Testing

@testable import SLOBudgets

@Suite("Capacities")
struct CapacityTests {
  /// Expected rates by bc: 1000000 / 86400 * 20 * 1.2 = 277.7777…
  @Test(
    "The average demand times the burst, with headroom above",
    arguments: [
      ("capacity(1e6/d, burst 20, headroom 20%)", 277.777_777_777_778),
      ("capacity(1000000/d, burst 20, headroom 0.2)", 277.777_777_777_778),
      ("capacity(1e6/d, headroom 20%, burst 20)", 277.777_777_777_778),
      ("capacity( 1.5E+3 / h ,burst 2)", 0.833_333_333_333_333), ("capacity(230/s)", 230),
      ("capacity(60/min, headroom 150%)", 2.5), ("capacity(86400/d, burst 1, headroom 0%)", 1),
    ])
  func value(text: String, rate: Double) throws {
    let quantity = try Quantity(parsing: text)
    #expect(abs(quantity.value - rate) < 1e-12 * rate)
    #expect(quantity.dimension == .perSecond && quantity.formula?.hasPrefix("capacity(") == true)
  }

  @Test("A demand of bytes is a rate of bytes")
  func bytes() throws {
    let quantity = try Quantity(parsing: "capacity(86.4GB/d, burst 3)")
    #expect(abs(quantity.value - 3e6) < 1e-6 && quantity.dimension == .sizePerSecond)
  }

  @Test(
    "Each part that is wrong is named, with what to write",
    arguments: [
      ("capacity", "'capacity' is no capacity", "write capacity(1e6/d, burst 20, headroom 20%)"),
      ("capacity(1e6/d", "is no capacity", "write capacity("), ("capacity 1e6/d", "is no capacity", "write"),
      ("capacity()", "the demand '' is no number per time", "such as 1e6/d"),
      ("capacity(1e6)", "the demand '1e6' is no number per time", "such as 1e6/d"),
      ("capacity(400ms)", "the demand '400ms' is no number per time", "such as 1e6/d"),
      ("capacity(-5/d)", "the demand '-5/d' is negative", "above 0"),
      ("capacity(nan/d)", "the demand 'nan/d' is no number per time", "above 0"),
      ("capacity(0/d)", "the demand '0/d' is not above 0", "above 0"),
      ("capacity(1e999/d)", "'1e999/d' is too large a number", ""),
      ("capacity(1e300/s, burst 1e10)", "is too large or too small a rate", ""),
      ("capacity(1e-6/d)", "the demand '1e-6/d' is no number per time", ""),
      ("capacity(1e6/d, brust 20)", "'brust 20' is no part of a capacity", "write capacity("),
      ("capacity(1e6/d, 20)", "'20' is no part of a capacity", ""), ("capacity(1e6/d,)", "'' is no part", ""),
      ("capacity(1e6/d, burst 2, burst 3)", "has burst twice", ""),
      ("capacity(1e6/d, burst)", "the burst '' is no number from 1 on", ""),
      ("capacity(1e6/d, burst 0.5)", "the burst '0.5' is no number from 1 on", "twenty times"),
      ("capacity(1e6/d, burst 20%)", "the burst '20%' is no number from 1 on", ""),
      ("capacity(1e6/d, headroom 20)", "the headroom '20' is no share from 0 on", "write 20%"),
      ("capacity(1e6/d, headroom -5%)", "the headroom '-5%' is no share from 0 on", "20% or 0.2"),
    ])
  func refused(text: String, message: String, hint: String) {
    let error = #expect(throws: Quantity.Malformed.self) { try Quantity(parsing: text) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    #expect(hint.isEmpty || error?.hint?.contains(hint) == true, "\(String(describing: error))")
  }

  @Test("Whatever follows the word, reading ends with a rate or an error")
  func hostile() {
    let parts = [
      "capacity", "(", ")", "1e6", "/d", ",", " ", "burst", "headroom", "%", "e", "é", "9", "-", "/",
    ]
    for first in parts {
      for second in parts {
        for third in parts {
          for text in ["capacity(\(first)\(second)\(third))", "capacity(1/d, \(first)\(second)\(third))"] {
            if let quantity = try? Quantity(parsing: text) {
              #expect(quantity.value > 0 && quantity.value.isFinite, "\(text)")
            }
          }
        }
      }
    }
  }

  @Test("A limit has the value and what it was computed from, and its operator has to be written")
  func limit() throws {
    let budgets = try Budgets.parse(
      "run: { spike: { throughput: \">= capacity(1e6/d, burst 20, headroom 20%)\" } }", file: "b.yaml")
    let limit = try #require(budgets.limits(profile: "spike", endpoint: "*").first)
    #expect(abs(limit.bound - 277.777_777_777_778) < 1e-9 && limit.unit == .perSecond)
    #expect(limit.formula == "capacity(1e6/d, burst 20, headroom 20%)")
    let alone = problems(in: "run: { spike: { throughput: \"capacity(1e6/d)\" } }")
    #expect(alone.first?.hint == "more is better: write \">= capacity(1e6/d)\"")
    let time = problems(in: "run: { spike: { p95: \"capacity(1e6/d)\" } }")
    #expect(time.first?.message == "'p95' is a time, found a number per time")
  }

  @Test("Rules and waivers take one too")
  func elsewhere() throws {
    let budgets = try Budgets.parse(
      """
      rules: ["throughput >= capacity(1e6/d, burst 2)"]
      waivers: [{ endpoint: "*", metric: throughput, max: "capacity(432000/d)", until: 2999-12-31, owner: a, reason: b }]
      """, file: "b.yaml")
    #expect(abs((budgets.rules.first?.bound ?? 0) - 23.148_148_148_148) < 1e-9)
    #expect(budgets.waivers.first?.bound == 5)
  }
}
