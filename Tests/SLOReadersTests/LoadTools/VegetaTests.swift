import SLOModel
import Testing

@testable import SLOReaders

@Suite("Vegeta's results")
struct VegetaTests {
  private let report = """
    {"latencies":{"total":1,"mean":25144000,"50th":24093000,"90th":59093123,"95th":77000111,"99th":120000001,
    "max":300000000,"min":2000001},"earliest":"2026-11-30T15:56:25.5+02:00","duration":9900000000,"wait":100000000,
    "requests":1000,"rate":101,"throughput":80,"success":0.8,"status_codes":{"0":50,"200":790,"301":10,"500":150},
    "errors":["x"]}
    """

  @Test("A report: nanoseconds are milliseconds, and the rate counts the wait for the last answer")
  func json() throws {
    let result = try LoadTexts.read(report, ext: "json")
    #expect(
      result.load("http_req_duration", .p95) == 77.000111
        && result.load("http_req_duration", .minimum) == 2.000001)
    #expect(result.load("http_req_failed", .rate) == 0.2 && result.load("http_reqs", .rate) == 100)
    #expect(result.usable.first?.startedAt?.description == "2026-11-30T13:56:25.500Z")
    #expect(result.usable.first?.notices == [VegetaReport.estimate])
  }

  @Test("The same printed")
  func text() throws {
    let result = try LoadTexts.read(
      """
      Requests      [total, rate, throughput]         1000, 101.00, 80.00
      Duration      [total, attack, wait]             10s, 9.9s, 100ms
      Latencies     [min, mean, 50, 90, 95, 99, max]  2.000001ms, 25.144ms, 24.093ms, 59.093123ms, 77.000111ms, 1m0.5s, 2m0s
      Success       [ratio]                           80.00%
      Status Codes  [code:count]                      0:50  200:790  301:10  500:150
      Error Set:
      """)
    #expect(
      result.load("http_req_duration", .p95) == 77.000111 && result.load("http_req_duration", .p99) == 60_500)
    #expect(result.load("http_req_failed", .rate) == 0.2 && result.load("http_reqs", .rate) == 100)
  }

  private let lines = [
    (#""GET","url":"http://h.example/orders?t=secret""#, 200, 10_000_000),
    (#""POST","url":"http://h.example/orders""#, 201, 20_000_000),
    (#""GET","url":"http://h.example/""#, 0, 30_000_000),
  ].enumerated().map { index, request in
    #"{"attack":"","seq":\#(index),"code":\#(request.1),"timestamp":"2026-11-30T15:56:2\#(index).5+02:00","#
      + #""latency":\#(request.2),"bytes_out":0,"bytes_in":5,"error":"","body":null,"method":\#(request.0),"headers":{}}"#
  }

  @Test("Results one by one: endpoints by method and path, and every percentile")
  func results() throws {
    let result = try LoadTexts.read(lines.joined(separator: "\n") + "\n", ext: "ndjson")
    #expect(result.endpoints == ["*", "/", "GET /orders", "POST /orders"])
    #expect(result.load("http_req_duration", .p75) == 25 && result.load("http_req_failed", .rate) == 1.0 / 3)
    // From 20.5 s to 22.53 s.
    #expect(result.load("http_reqs", .rate) == 3 / 2.03 && result.usable.first?.distributions.count == 4)
  }

  @Test("CSV says the same")
  func csv() throws {
    let rows = [
      "1796046980500000000,200,10000000,0,5,,,,0,GET,http://h.example/orders?t=secret,",
      "1796046981500000000,201,20000000,0,5,,,,1,POST,http://h.example/orders,",
      "1796046982500000000,0,30000000,0,5,\"Get \"\"x\"\": EOF\",,,2,GET,http://h.example/,",
    ]
    let table = try LoadTexts.read(rows.map { $0 + "\n" }.joined(), ext: "csv")
    let same = try LoadTexts.read(lines.joined(separator: "\n"), ext: "json")
    #expect(table.usable.first?.measurements == same.usable.first?.measurements)
    #expect(table.usable.first?.source.format == "vegeta-csv")
  }

  @Test("A last line that is cut is a run cut short; another one is an error in its place")
  func cut() throws {
    let cut = try LoadTexts.read(lines[0] + "\n" + lines[1].prefix(60))
    #expect(cut.usable.first?.failure?.hasSuffix("was cut short after 1 samples") == true)
    let damaged = try LoadTexts.read(lines[0] + "\n" + lines[1].prefix(60) + "\n" + lines[2] + "\n")
    #expect(damaged.usable.isEmpty && damaged.errors.first?.description.contains(":2:") == true)
  }
}

extension Statistic {
  fileprivate static let p75 = Statistic(rawValue: "p75")
}
