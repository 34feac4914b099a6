import Testing

@testable import SLOBudgets

@Suite("Quantities")
struct QuantityTests {
  @Test(
    "A number and its unit are read into the canonical unit",
    arguments: [
      ("400ms", 400, .time), ("1s", 1_000, .time), ("250us", 0.25, .time), ("250µs", 0.25, .time),
      ("250μs", 0.25, .time), ("5ns", 5e-6, .time), ("1.5min", 90_000, .time), ("2h", 7_200_000, .time),
      (" 400 ms ", 400, .time), ("1%", 0.01, .percent), ("99.5 %", 0.995, .percent),
      ("0.01", 0.01, .plain), ("230/s", 230, .perSecond), ("60/min", 1, .perSecond),
      ("3600 / h", 1, .perSecond), ("86400/d", 1, .perSecond), ("1000000/d", 1e6 / 86_400, .perSecond),
      ("2MB/s", 2_000_000, .sizePerSecond), ("2MB/h", 2e6 / 3_600, .sizePerSecond),
      ("1KB/h", 1_000 / 3_600.0, .sizePerSecond), ("1KiB/d", 1_024 / 86_400.0, .sizePerSecond),
      ("1B", 1, .size), ("300KB", 300_000, .size), ("300KiB", 307_200, .size), ("1MB", 1e6, .size),
      ("1MiB", 1_048_576, .size), ("1GB", 1e9, .size), ("1GiB", 1_073_741_824, .size), ("0ms", 0, .time),
    ] as [(String, Double, Quantity.Dimension)])
  func canonical(text: String, value: Double, dimension: Quantity.Dimension) throws {
    let quantity = try Quantity(parsing: text)
    #expect(abs(quantity.value - value) <= value * 1e-15)
    #expect(quantity.dimension == dimension)
  }

  @Test(
    "What is no quantity is refused with what to write",
    arguments: [
      ("", "expected a quantity", "400ms"), ("fast", "is no quantity", "400ms"),
      ("-5ms", "is negative", "zero"),
      ("nan", "is no quantity", ""), (".inf", "is no quantity", ""), ("inf", "is no quantity", ""),
      (".5s", "is no quantity", ""), ("5.s", "is no quantity", ""), ("1.2.3s", "is no quantity", ""),
      ("1,200ms", "is no quantity", "decimal point"), ("400MS", "'MS' is no unit", "400ms"),
      ("3m", "'m' is no unit", "3min"), ("2sec", "'sec' is no unit", "2s"),
      ("300kb", "'kb' is no unit", "300KB"),
      ("40rps", "'rps' is no unit", "40/s"), ("5/day", "'/day' is no unit", "5/d"),
      ("5/m", "is no unit", "5/min"),
      ("5d", "'d' is no unit", "/s /min /h /d"), ("1furlong", "is no unit", "units are"),
      ("1ms/s", "is no unit", "units are"), ("1e999ms", "is no unit", "units are"),
      (String(repeating: "9", count: 400) + "ms", "too large", ""),
    ])
  func refused(text: String, message: String, hint: String) {
    let error = #expect(throws: Quantity.Malformed.self) { try Quantity(parsing: text) }
    #expect(error?.message.contains(message) == true)
    #expect(hint.isEmpty || error?.hint?.contains(hint) == true)
  }
}
