import Foundation
import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("One thing has one name, whatever is next to it")
struct NamesPropertyTests {
  /// A request as k6 writes it down.
  private struct Request {
    var url: String
    var milliseconds: Double
    var method = "GET"
    var endpoint: String?
  }

  private static func samples(_ requests: [Request]) -> String {
    requests.enumerated().map { index, request in
      let time = Timestamp(milliseconds: 1_795_216_632_000 + Int64(index) * 100).description
      let endpoint = request.endpoint.map { #","endpoint":"\#($0)""# } ?? ""
      let tags =
        #"{"name":"\#(request.url)","url":"\#(request.url)","method":"\#(request.method)"\#(endpoint)}"#
      return [("http_reqs", 1), ("http_req_duration", request.milliseconds), ("http_req_failed", 0)].map {
        #"{"metric":"\#($0.0)","type":"Point","data":{"time":"\#(time)","value":\#($0.1),"tags":\#(tags)}}"#
          + "\n"
      }.joined()
    }.joined()
  }

  private static func summary(_ metrics: [String: Double]) -> String {
    let members = metrics.sorted { $0.key < $1.key }.map {
      #""\#($0.key)":{"med":\#($0.value),"p(95)":\#($0.value * 2)}"#
    }
    return #"{"metrics":{"http_reqs":{"count":9,"rate":1},\#(members.joined(separator: ","))}}"#
  }

  private static func report(_ url: String, _ value: Double, form: String = "mobile") -> String {
    #"{"lighthouseVersion":"12.0.0","requestedUrl":"\#(url)","fetchTime":"2026-03-01T10:00:\#(10 + Int(value) % 50).000Z","configSettings":{"formFactor":"\#(form)","throttlingMethod":"simulate"},"audits":{"largest-contentful-paint":{"numericValue":\#(value),"numericUnit":"millisecond"}},"categories":{}}"#
  }

  /// The readings of some texts, as one check reads them.
  private func readings(_ texts: [String], profile: String?, _ options: ReadOptions = ReadOptions()) throws
    -> [Reading]
  {
    try Fixtures.withFolder { folder in
      let paths = texts.indices.map { "\(folder)/\($0).json" }
      for (text, path) in zip(texts, paths) { try Fixtures.write(text, to: path) }
      let result = Readers.read(
        paths: paths, as: profile.map { .profile($0) } ?? .kind(.page), options: options)
      #expect(result.errors.map(\.description) == [])
      return Readers.settled(result.usable)
    }
  }

  private func values(_ readings: [Reading], _ metric: String) -> [String: [Double]] {
    readings.flatMap(\.measurements)
      .filter {
        $0.series.metric == metric && [.median, .value].contains($0.series.statistic)
          && $0.series.endpoint != "*"
      }
      .reduce(into: [:]) { $0[$1.series.endpoint, default: []].append($1.value) }
  }

  private func medians(_ requests: [Request]) throws -> [String: [Double]] {
    values(try readings([Self.samples(requests)], profile: "baseline"), "http_req_duration")
  }

  @Test("Another host, port, user or query is no other endpoint", arguments: 1...6 as ClosedRange<UInt64>)
  func addresses(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func word() -> String { String((0..<6).map { _ in "abcdefgh".randomElement(using: &random) ?? "a" }) }
    let paths = ["/users/42", "/orders", "/", "/search"]
    let first = paths.flatMap { path in
      (1...5).map { Request(url: "http://h:80\(path)", milliseconds: Double($0)) }
    }
    let host = "https://\(word()):\(word())@\(word()).example:\(Int.random(in: 1024...65535, using: &random))"
    let second = first.map { request in
      var other = request
      other.url = host + request.url.dropFirst("http://h:80".count) + "?\(word())=\(word())#\(word())"
      return other
    }
    #expect(try medians(first) == medians(second))
    #expect(try medians(first) == ["/users/{id}": [3], "/orders": [3], "/": [3], "/search": [3]])
  }

  @Test("A summary's url: and name: tags name what raw samples name")
  func forms() throws {
    let url = "http://jo:pw@10.0.0.7:8080/users/42/orders?page=2#top"
    let raw = try readings([Self.samples([Request(url: url, milliseconds: 40)])], profile: "baseline")
    for tag in ["url", "name"] {
      let text = Self.summary(["http_req_duration": 50, "http_req_duration{\(tag):\(url)}": 40])
      #expect(
        values(try readings([text], profile: "baseline"), "http_req_duration")
          == values(raw, "http_req_duration"))
    }
    #expect(values(raw, "http_req_duration") == ["/users/{id}/orders": [40]])
  }

  @Test("Of two hosts with one path both carry their host, whoever is busier, in whatever order")
  func twoHosts() throws {
    func requests(_ counts: [(String, Int)]) -> [Request] {
      counts.flatMap { host, count in
        (0..<count).map { _ in Request(url: "http://\(host)/health", milliseconds: 7) }
      }
        + [Request(url: "http://a.example/only", milliseconds: 9)]
    }
    let expected = ["a.example/health": [7.0], "b.example/health": [7], "/only": [9]]
    #expect(try medians(requests([("a.example", 9), ("b.example:81", 1)])) == expected)
    #expect(try medians(requests([("b.example", 9), ("a.example:99", 1)])) == expected)
    let apart = try readings(
      [
        Self.samples(requests([("b.example", 3)])),
        Self.samples([Request(url: "http://a.example/health", milliseconds: 8)]),
      ],
      profile: "baseline")
    #expect(Set(values(apart, "http_req_duration").keys) == Set(expected.keys))
    let notice = try #require(apart.flatMap(\.notices).first { $0.contains("hosts: {") })
    #expect(notice.contains("hosts: { a.example: a, b.example: b }"))
    let named = NamingRules(hosts: ["a.example": "a", "b.example": ""])
    let settled = try readings(
      [Self.samples(requests([("a.example", 9), ("b.example:81", 1)]))], profile: "baseline",
      ReadOptions(naming: named))
    #expect(Set(values(settled, "http_req_duration").keys) == ["a/health", "/health", "a/only"])
    #expect(settled.flatMap(\.notices).isEmpty)
  }

  @Test("Where a path is asked by two methods, each is an endpoint, however often; people's names stay one")
  func methods() throws {
    let reads = (0..<9).map { _ in Request(url: "http://h/orders", milliseconds: 20) }
    let write = Request(url: "http://h/orders", milliseconds: 60, method: "POST")
    #expect(try medians(reads) == ["/orders": [20]])
    #expect(try medians([write]) == ["/orders": [60]])
    for requests in [reads + [write], [write] + reads, [write] + reads.prefix(1)] {
      #expect(try medians(Array(requests)) == ["GET /orders": [20], "POST /orders": [60]])
    }
    // One repetition without a write is of the same endpoints.
    let repetitions = try readings(
      [Self.samples(reads + [write]), Self.samples(reads.dropLast())], profile: "baseline")
    #expect(values(repetitions, "http_req_duration") == ["GET /orders": [20, 20], "POST /orders": [60]])
    let named = [("GET", 20.0), ("POST", 60)].map {
      Request(url: "http://h/orders", milliseconds: $0.1, method: $0.0, endpoint: "orders")
    }
    #expect(try medians(named) == ["orders": [40]])
  }

  @Test(
    "A file beside them, another order, another profile: the names of the rest stay",
    arguments: 1...4 as ClosedRange<UInt64>)
  func unrelated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pages = [
      ("http://localhost:3001/index.html", 10.0), ("http://localhost:4002/index.html", 11),
      ("https://h/a?x=1", 12),
    ]
    let reports = pages.map { Self.report($0.0, $0.1) }
    let expected = ["/index.html": [10.0, 11], "/a": [12]]
    let others = [
      Self.report("https://other.example/b", 13), Self.report("https://d.example/a", 14, form: "desktop"),
    ]
    let read = try readings((reports + others).shuffled(using: &random), profile: nil)
    let mobile = values(read.filter { $0.profile == "lighthouse-mobile" }, "largest-contentful-paint")
      .mapValues { $0.sorted() }
    #expect(mobile == expected.merging(["/b": [13]]) { first, _ in first })
    #expect(
      values(read.filter { $0.profile == "lighthouse-desktop" }, "largest-contentful-paint") == ["/a": [14]])
  }

  @Test("Names in either form of Unicode are one, in samples, summaries and reports")
  func unicode() throws {
    for form in ["caf\u{e9}", "cafe\u{301}"] {
      let samples = Self.samples([Request(url: "http://h/\(form)", milliseconds: 5, endpoint: form)])
      let raw = try readings([samples], profile: "baseline")
      let summary = try readings(
        [Self.summary(["http_req_duration{endpoint:\(form)}": 5])], profile: "baseline")
      let page = try readings([Self.report("https://h/\(form)", 5)], profile: nil)
      let names = (raw + summary + page).flatMap(\.measurements).map(\.series.endpoint).filter { $0 != "*" }
      #expect(Set(names.map { Array($0.utf8) }) == Set(["caf\u{e9}", "/caf\u{e9}"].map { Array($0.utf8) }))
    }
  }

  @Test("No reader lets a user, a query, a fragment or a web token out")
  func secrets() throws {
    let url = "https://jo:S3CRET@shop.example/pay?token=S3CRET#S3CRET"
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJTM0NSRVQifQ.S3CRETS3CRET"
    let metrics = [
      "http_req_duration{url:\(url)}", "http_req_duration{name:https://h/reset/\(token)}",
      "http_req_duration{endpoint:\(url)}",
      "http_req_waiting{method:GET,url:\(url),status:200}", "http_req_duration{target:\(url)}",
      "http_req_duration{group:::\(url)}",
    ]
    let summary = Self.summary(Dictionary(uniqueKeysWithValues: metrics.map { ($0, 40) }))
      .replacing(
        #""http_req_waiting{"#,
        with: #""x{url:\#(url)}":{"med":1,"thresholds":{"p(95)<5 // \#(url)":true}},"http_req_waiting{"#)
    let report = Self.report(url, 5).replacing(
      #""audits""#, with: #""runWarnings":["was (\#(url)), then \#(url)"],"audits""#)
    let failed = report.replacing(
      #""audits":{"#, with: #""runtimeError":{"code":"X","message":"no \#(url)."},"audits":{"#)
    let all =
      try readings(
        [summary, Self.samples([Request(url: url, milliseconds: 4, endpoint: url)])], profile: "baseline")
      + readings([report, failed.replacing("10:00:15", with: "10:00:16")], profile: nil)
    #expect(all.count == 4 && all.contains { $0.failure != nil })
    for reading in all {
      var shown = "\(reading)"
      shown.replace("/tmp", with: "")
      #expect(!shown.contains("S3CRET") && !shown.contains("jo:"), "\(reading.source.format)")
    }
  }

  @Test("Several addresses of one endpoint are joined: counts exactly, percentiles by the worst")
  func joined() throws {
    let text =
      #"{"metrics":{"http_req_duration{name:http://h/users/1}":{"avg":10,"min":1,"med":9,"max":30,"p(95)":20},"http_req_duration{name:http://h/users/2}":{"avg":40,"min":2,"med":35,"max":50,"p(95)":45},"http_req_failed{name:http://h/users/1}":{"passes":1,"fails":9},"http_req_failed{name:http://h/users/2}":{"passes":3,"fails":27}}}"#
    let reading = try #require(try readings([text], profile: "baseline").first)
    #expect(reading.repeatedSeries.isEmpty)
    let name = "/users/{id}"
    #expect(reading.value("http_req_duration", .p95, endpoint: name) == 45)
    #expect(reading.value("http_req_duration", .minimum, endpoint: name) == 1)
    #expect(reading.value("http_req_duration", .average, endpoint: name) == 32.5)
    #expect(reading.measurement("http_req_failed", .rate, endpoint: name)?.value == 0.1)
    #expect(reading.measurement("http_req_duration", .p95, endpoint: name)?.samples == 40)
    #expect(reading.notices.contains { $0.contains("2 addresses are one endpoint /users/{id}") })
  }
}
