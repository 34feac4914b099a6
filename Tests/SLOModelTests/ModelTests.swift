import SLOSupport
import SLOModel
import Testing

@Suite("Names and times of the vocabulary")
struct ModelTests {
  @Test(
    "k6's spellings of a statistic become one",
    arguments: [
      ("p(95)", "p95"), ("p95", "p95"), ("p(99.9)", "p99.9"), ("p(50)", "p50"), ("p(95.0)", "p95"),
      ("med", "med"),
      ("avg", "avg"), ("count", "count"),
    ])
  func statisticNames(spelling: String, expected: String) {
    #expect(Statistic(spelled: spelling)?.rawValue == expected)
  }

  @Test(
    "What is no statistic is refused", arguments: ["p", "p()", "p(101)", "p(-1)", "pace", "thresholds", ""])
  func noStatistic(name: String) {
    #expect(Statistic(spelled: name) == nil)
  }

  @Test(
    "Sub-metric names are normalised",
    arguments: [
      ("http_reqs", "http_reqs"),
      ("m{b:2,a:1}", "m{a:1,b:2}"),
      ("m{endpoint : \"it's\" , method:GET}", "m{endpoint:it's,method:GET}"),
      ("m{endpoint:GET /users/{id}}", "m{endpoint:GET /users/{id}}"),
      ("m{group:::pay::confirm}", "m{group:::pay::confirm}"),
      ("m{endpoint:a:b:c}", "m{endpoint:a:b:c}"),
    ])
  func metricNames(spelling: String, expected: String) {
    #expect(MetricName(parsing: spelling).description == expected)
  }

  @Test(
    "RFC 3339 times are read in any zone and written in UTC",
    arguments: [
      ("2026-11-20T23:20:00.578516711Z", "2026-11-20T23:20:00.578Z"),
      ("2026-11-21T04:50:00.5+05:30", "2026-11-20T23:20:00.500Z"),
      ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
      ("2024-02-29T00:00:00-01:00", "2024-02-29T01:00:00.000Z"),
    ])
  func timestamps(text: String, expected: String) {
    #expect(Timestamp(rfc3339: text)?.description == expected)
  }

  @Test(
    "Dates that do not exist are refused",
    arguments: ["2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-20", "", "2026-11-20T23:20:00", "x"])
  func noTimestamp(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test("SHA-256 of FIPS 180-4's example")
  func digest() {
    let digest = SHA256Digest(of: "abc")
    #expect(digest.description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(SHA256Digest(hexadecimal: digest.description) == digest)
  }

  @Test("No sizing can imitate another's fingerprint")
  func fingerprints() {
    let one = Environment(name: nil, sizing: ["a": "1,1:b,1:2"])
    let two = Environment(name: nil, sizing: ["a": "1", "b": "2"])
    #expect(one.fingerprint != two.fingerprint)
    #expect(
      Environment(name: "perf", sizing: ["a": "1"]).fingerprint
        == Environment(name: nil, sizing: ["a": "1"]).fingerprint)
    #expect(Environment.unknown.fingerprint == "unknown")
  }

  @Test("The median is the 50th percentile by both its names")
  func medians() {
    #expect(Statistic.p50.isSameFigure(as: .median) && Statistic.median.isSameFigure(as: .p50))
    #expect(Statistic.p95.isSameFigure(as: .p95) && !Statistic.p95.isSameFigure(as: .p99))
    #expect(!Statistic.average.isSameFigure(as: .median))
  }
}
