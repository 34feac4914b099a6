import SLOModel
import Testing

@testable import SLOReports

@Suite("Figures as people read them")
struct QuantityTextTests {
  @Test(
    "About three significant digits, in the multiple people would choose",
    arguments: [
      (0, MetricUnit.milliseconds, "0 ms"), (0.0123, .milliseconds, "0.0123 ms"),
      (3.14159, .milliseconds, "3.14 ms"),
      (41.26, .milliseconds, "41.3 ms"), (612.4, .milliseconds, "612 ms"), (999.4, .milliseconds, "999 ms"),
      (999.6, .milliseconds, "1 s"), (1_080, .milliseconds, "1.08 s"), (59_949, .milliseconds, "59.9 s"),
      (60_000, .milliseconds, "1 min"), (5_400_000, .milliseconds, "90 min"),
      (-3.5, .milliseconds, "-3.5 ms"),
      (0, .bytes, "0 B"), (999, .bytes, "999 B"), (300_000, .bytes, "300 kB"), (999_600, .bytes, "1 MB"),
      (1_234_567, .bytes, "1.23 MB"), (2.5e9, .bytes, "2.5 GB"), (-2_500, .bytes, "-2.5 kB"),
      (0, .ratio, "0 %"), (0.0067, .ratio, "0.67 %"), (0.07, .ratio, "7 %"), (1, .ratio, "100 %"),
      (0.00001, .ratio, "0.001 %"), (230, .perSecond, "230/s"), (0, .perSecond, "0/s"),
      (0.01, .perSecond, "0.01/s"), (5.0 / 3_600, .perSecond, "5/h"), (-5.0 / 3_600, .perSecond, "-5/h"),
      (0.01 / 3_600, .perSecond, "0.01/h"), (0.2 / 86_400, .perSecond, "0.2/d"),
      (0.9, .score, "0.90"), (1, .score, "1.00"),
      (17, .count, "17"), (123_456_789, .count, "123456789"), (0.1, .unitless, "0.1"),
      (1e-9, .milliseconds, "1e-09 ms"), (1.23456e-9, .milliseconds, "1.23e-09 ms"),
      (1e300, .milliseconds, "1.67e+295 min"), (-1e300, .bytes, "-1e+291 GB"), (1e17, .count, "1e+17"),
    ] as [(Double, MetricUnit, String)])
  func quantities(value: Double, unit: MetricUnit, text: String) { #expect(quantity(value, unit) == text) }

  @Test(
    "Beside its limit a value has the digits that tell the two apart",
    arguments: [
      (400, 400, MetricUnit.milliseconds, "400 ms"), (399.9996, 400, .milliseconds, "399.9996 ms"),
      (400.0004, 400, .milliseconds, "400.0004 ms"), (399.99, 400, .milliseconds, "399.99 ms"),
      (399, 400, .milliseconds, "399 ms"), (999.9996, 1_000, .milliseconds, "0.9999996 s"),
      (1_000.4, 1_000, .milliseconds, "1.0004 s"), (1_199.999, 1_200, .milliseconds, "1.199999 s"),
      (0.010_000_1, 0.01, .ratio, "1.00001 %"), (0.000_100_004, 0.000_1, .ratio, "0.0100004 %"),
      (0.009_999, 0.01, .ratio, "0.9999 %"), (0.899_6, 0.9, .score, "0.8996"),
      (300_000.4, 300_000, .bytes, "300.0004 kB"), (1_234.7, 1_234.5, .milliseconds, "1.235 s"),
      (1_234.3, 1_234.5, .milliseconds, "1.23 s"), (1_234.52, 1_234.5, .milliseconds, "1.235 s"),
      (229.999, 230, .perSecond, "229.999/s"),
      (5.01 / 3_600, 5.0 / 3_600, .perSecond, "5.01/h"),
    ] as [(Double, Double, MetricUnit, String)])
  func besideLimit(value: Double, limit: Double, unit: MetricUnit, text: String) {
    #expect(quantity(value, unit, besideLimit: limit) == text)
  }

  @Test(
    "A limit has the digits it was written with",
    arguments: [
      (400, MetricUnit.milliseconds, "400 ms"), (1_234.5, .milliseconds, "1.2345 s"), (0.07, .ratio, "7 %"),
      (0.015, .ratio, "1.5 %"), (0.9, .score, "0.90"), (0.895, .score, "0.895"), (230, .perSecond, "230/s"),
      (5.0 / 3_600, .perSecond, "5/h"), (0.125 / 86_400, .perSecond, "0.125/d"),
      (230.125, .perSecond, "230.125/s"), (1e6 / 86_400, .perSecond, "11.57/s"),
      (1e6 / 86_400 * 20 * 1.2, .perSecond, "277.8/s"),
    ] as [(Double, MetricUnit, String)])
  func limits(bound: Double, unit: MetricUnit, text: String) {
    #expect(quantity(ofLimit: bound, unit) == text)
  }

  @Test("However close, a value never looks like the limit it is not", arguments: MetricUnit.allCases)
  func neverAlike(unit: MetricUnit) {
    for limit in [0.001, 0.01, 0.9, 1, 400, 999.5, 1_000, 60_000, 1e6, 1e9, 1e15] {
      for value in [limit.nextUp, limit.nextDown, limit * (1 + 1e-9), limit * (1 - 1e-5)] {
        let text = quantity(value, unit, besideLimit: limit)
        #expect(text != quantity(ofLimit: limit, unit), "\(value) beside \(limit)")
        #expect(text.hasSuffix(suffix(of: unit, value)), "\(text)")
      }
    }
  }

  private func suffix(of unit: MetricUnit, _ value: Double) -> String {
    let text = quantity(value, unit)
    return String(text.drop { $0.isNumber || ".-+e".contains($0) })
  }

  @Test(
    "Noise is in the multiple of its typical value, and no finer than it has to be",
    arguments: [
      (448, 21.3, MetricUnit.milliseconds, "448 ms ±21"), (1_050, 30, .milliseconds, "1.05 s ±0.03"),
      (12.1, 0.27, .milliseconds, "12.1 ms ±0.3"), (620, 0.2, .milliseconds, "620 ms ±0.2"),
      (620, 0, .milliseconds, "620 ms ±0"), (0.002, 0.0001, .ratio, "0.2 % ±0.01"),
      (0, 0.001, .ratio, "0 % ±0.1"), (0.87, 0.014, .score, "0.87 ±0.01"), (3e6, 2e4, .bytes, "3 MB ±0.02"),
    ] as [(Double, Double, MetricUnit, String)])
  func noise(typical: Double, noise: Double, unit: MetricUnit, text: String) {
    #expect(quantity(typical, unit, noise: noise) == text)
  }

  @Test(
    "Fixed decimals round half away from zero",
    arguments: [
      (0.5, 0, "1"), (-0.5, 0, "-1"), (-0.04, 1, "0.0"), (0.000_123_456, 8, "0.00012346"), (2, 3, "2.000"),
    ] as [(Double, Int, String)])
  func fixedDecimals(number: Double, decimals: Int, text: String) { #expect(fixed(number, decimals) == text) }

  @Test("Shares are signed, p-values carry their relation, things are counted")
  func words() {
    #expect(signedPercent(0.2213) == "+22.1 %")
    #expect(signedPercent(-0.05) == "-5 %")
    #expect(percent(0.06) == "6 %")
    #expect(probability(0.003) == "=0.003")
    #expect(probability(0.000_02) == "<0.0001")
    #expect([0, 1, 2].map { counted($0, "commit") } == ["0 commits", "1 commit", "2 commits"])
    #expect(counted(2, "series", plural: "series") == "2 series")
  }
}
