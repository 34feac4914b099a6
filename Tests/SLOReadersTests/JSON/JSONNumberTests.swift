import TestSupport
import Testing

@testable import SLOReaders

@Suite("Numbers of JSON")
struct JSONNumberTests {
  @Test(
    "Numbers are rounded correctly",
    arguments: [
      ("0", 0), ("-0", -0.0), ("0.1", 0.1), ("1e308", 1e308), ("5e-324", .leastNonzeroMagnitude),
      ("1e-400", 0),
      ("9007199254740993", 9007199254740992), ("123456789012345678901234567890", 1.2345678901234568e29),
      // 2^64 and ten times that: what is left of them in 64 bits is 0.
      ("18446744073709551616", 18446744073709551616), ("184467440737095516160", 184467440737095516160),
      ("0.18446744073709551616", 0.18446744073709551616), ("-18446744073709551616.0", -18446744073709551616),
      ("0.000000000000000000000000000001", 1e-30), ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("2.2250738585072011e-308", Double.leastNormalMagnitude.nextDown),
      ("47.000000000000014", 47.000000000000014),
      ("1E+2", 100), ("00".dropFirst().description, 0),
    ] as [(String, Double)])
  func rounded(text: String, expected: Double) throws {
    let value = try Fixtures.document(text).root.number()
    #expect(value == expected && value.sign == expected.sign)
  }

  @Test(
    "What no double can hold is an error",
    arguments: ["1e309", "-1e400", "1\(String(repeating: "0", count: 400))"])
  func overflow(text: String) {
    #expect(throws: InputError.self) { try Fixtures.document(text).root.number() }
  }

  @Test("Any double survives being written and read", arguments: [1, 2, 3] as [UInt64])
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let anything = Double(bitPattern: random.next())
      let everyday = Double(random.next() % 1_000_000_000) / 1e6
      for value in [anything, everyday] where value.isFinite {
        #expect(try Fixtures.document("\(value)").root.number() == value)
      }
    }
  }
}
