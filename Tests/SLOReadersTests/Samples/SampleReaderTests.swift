import Foundation
import SLOModel
import SLOStatistics
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Readings of raw samples")
struct SampleReaderTests {
  private static func point(
    _ metric: String, _ value: Double, at second: Double = 0, _ tags: [String: String] = ["endpoint": "a"]
  ) -> String {
    let millisecond = Int(second * 1_000)
    let time = Timestamp(milliseconds: 1_795_216_632_000 + Int64(millisecond)).description
    let pairs = tags.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
    return
      #"{"metric":"\#(metric)","type":"Point","data":{"time":"\#(time)","value":\#(value),"tags":{\#(pairs)}}}"#
      + "\n"
  }

  private static func request(
    _ duration: Double, at second: Double = 0, _ tags: [String: String] = ["endpoint": "a"]
  ) -> String {
    point("http_reqs", 1, at: second, tags) + point("http_req_duration", duration, at: second, tags)
      + point("http_req_failed", tags["expected_response"] == "false" ? 1 : 0, at: second, tags)
  }

  private func read(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/samples.json")
      return Readers.read(paths: [folder + "/samples.json"], as: .profile("baseline"), options: options)
    }
  }

  private func reading(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> Reading {
    let result = try read(text, options)
    #expect(result.errors.map(\.description) == [])
    return try #require(result.usable.first)
  }

  @Test("Every endpoint has every statistic, and the run as a whole too")
  func statistics() throws {
    let text = (1...100).map {
      Self.request(Double($0), at: Double($0) / 10, ["endpoint": $0 % 2 == 0 ? "even" : "odd"])
    }
    let reading = try reading(text.joined())
    #expect(reading.value("http_req_duration", .median) == 50.5)
    #expect(abs((reading.value("http_req_duration", Statistic(rawValue: "p99.9")) ?? 0) - 99.901) < 1e-9)
    #expect(reading.value("http_req_duration", .p95, endpoint: "even") == 2 + 98 * 0.95)
    #expect(reading.value("http_req_duration", .maximum, endpoint: "odd") == 99)
    #expect(reading.value("http_reqs", .count, endpoint: "odd") == 50)
    #expect(reading.measurement("http_req_failed", .rate)?.samples == 100)
    #expect(reading.endpointTags == ["even": "endpoint", "odd": "endpoint"])
    #expect(abs((reading.duration ?? 0) - 9.9) < 1e-9)
    #expect(abs((reading.value("http_reqs", .rate) ?? 0) - 100 / 9.9) < 1e-9)
    #expect(reading.startedAt == Timestamp(milliseconds: 1_795_216_632_100))
    #expect(reading.source.format == "k6-samples-json")
  }

  @Test("The distribution of every trend is kept, of the run and of each endpoint")
  func distributions() throws {
    let reading = try reading((1...50).map { Self.request(Double($0)) }.joined())
    #expect(reading.distributions.map(\.endpoint) == ["*", "a"])
    #expect(reading.distributions.allSatisfy { $0.metric == "http_req_duration" && $0.unit == .milliseconds })
    #expect(reading.distributions[0].sketch.count == 50)
  }

  @Test(
    "An endpoint is named by the first tag that is there",
    arguments: [
      (["endpoint": "a", "name": "n", "url": "u"], "a"), (["name": "n", "url": "u"], "n"),
      (["url": "u"], "u"),
      (["endpoint": "", "name": "n"], "n"), (["route": "r", "name": "n"], "r"),
    ])
  func endpoints(tags: [String: String], name: String) throws {
    #expect(try reading(Self.request(5, tags)).endpointTags.keys.sorted() == [name])
  }

  @Test("Requests that differ in identifiers are one endpoint; with several hosts the host tells them apart")
  func urls() throws {
    let urls = ["http://h:80/users/17?x=1", "http://h:80/users/18", "http://h:80/"]
    let text = urls.map { Self.request(5, ["name": $0, "url": $0]) }.joined()
    #expect(try reading(text).endpointTags == ["/users/{id}": "name", "/": "name"])
    // One request elsewhere renames nothing but the path that two hosts have, of which both carry theirs.
    let two =
      text + Self.request(5, ["name": "http://other/users/3"])
      + Self.request(5, ["name": "http://other/login"])
    #expect(
      try reading(two).endpointTags.keys.sorted() == ["/", "/login", "h/users/{id}", "other/users/{id}"])
  }

  @Test("A tag of the user's names endpoints first")
  func ownTag() throws {
    let text = Self.request(5, ["endpoint": "a", "operation": "pay"])
    #expect(try reading(text, ReadOptions(endpointTag: "operation")).endpointTags == ["pay": "operation"])
  }

  @Test("Groups and scenarios name no endpoint of their own accord")
  func groups() throws {
    let text =
      Self.request(5) + Self.point("iteration_duration", 9, ["group": "::pay", "scenario": "default"])
    #expect(try reading(text).endpointTags.keys.sorted() == ["a"])
  }

  @Test("Successful requests are distinguished")
  func expectedResponses() throws {
    let text =
      Self.request(10, ["endpoint": "a", "expected_response": "true"])
      + Self.request(0, ["endpoint": "a", "expected_response": "false"])
    let good = "http_req_duration{expected_response:true}"
    let reading = try reading(text)
    #expect(reading.value("http_req_duration", .average) == 5)
    #expect(reading.value(good, .average) == 10 && reading.value(good, .average, endpoint: "a") == 10)
    #expect(reading.value("http_req_failed", .rate, endpoint: "a") == 0.5)
  }

  @Test("Scenarios are kept apart when asked")
  func split() throws {
    let text =
      Self.request(10, ["endpoint": "a", "scenario": "peak"])
      + Self.request(20, ["endpoint": "a", "scenario": "calm"])
    let reading = try reading(text, ReadOptions(splitTag: "scenario"))
    #expect(reading.value("http_req_duration{scenario:peak}", .median, endpoint: "a") == 10)
    #expect(reading.value("http_req_duration{scenario:calm}", .median, endpoint: "a") == 20)
    #expect(reading.value("http_req_duration", .median, endpoint: "a") == 15)
    #expect(try self.reading(text).measurements.allSatisfy { !$0.series.metric.contains("scenario") })
  }

  @Test("What a budget names is there: other tags, groups, percentiles nobody else asks for")
  func demand() throws {
    let tags = ["endpoint": "a", "route": "/pay/card", "group": "::pay", "method": "POST"]
    let text = Self.request(10, tags) + Self.request(20)
    let demand = SampleDemand(
      selections: [
        SampleDemand.Selection(tags: ["route": EndpointPattern("/pay/*")]),
        SampleDemand.Selection(tags: ["group": EndpointPattern("::pay")]),
        SampleDemand.Selection(metric: "http_req_duration", tags: ["method": EndpointPattern("POST")]),
      ], percentiles: [Statistic(rawValue: "p12.5")])
    let reading = try reading(text, ReadOptions(demand: { demand }))
    #expect(reading.value("http_req_duration", .median, endpoint: "/pay/card") == 10)
    #expect(reading.value("http_req_failed", .rate, endpoint: "::pay") == 0)
    #expect(reading.value("http_req_duration{method:POST}", .median) == 10)
    #expect(reading.value("http_reqs{method:POST}", .count) == nil)
    #expect(reading.value("http_req_duration", Statistic(rawValue: "p12.5")) == 11.25)
  }

  @Test("The sub-metrics a script declares are those of its summary")
  func declarations() throws {
    let declaration =
      #"{"type":"Metric","data":{"name":"wait","type":"trend","contains":"time","thresholds":["avg<5",{"threshold":"max<9","abortOnFail":true}],"submetrics":[{"name":"wait{kind:a*,group:::g}","suffix":"","tags":{"kind":"a*","group":"::g"}},{"name":"wait{group:::g}","suffix":"","tags":{"group":"::g"}}]},"metric":"wait"}"#
    let text =
      declaration + "\n" + Self.point("wait", 3, ["kind": "a*", "group": "::g"])
      + Self.point("wait", 7, ["kind": "ab", "group": "::g"])
    let reading = try reading(text)
    #expect(reading.value("wait{group:::g,kind:a*}", .maximum) == 3)
    #expect(reading.value("wait", .maximum, endpoint: "::g") == 7)
    #expect(reading.measurement("wait", .maximum)?.unit == .milliseconds)
    #expect(reading.thresholds.map(\.expression) == ["avg<5", "max<9"])
    #expect(reading.thresholds.map(\.passed) == [false, true])
  }

  @Test("Built-in metrics need no declaration; of others it is reported how they were read")
  func undeclared() throws {
    let text =
      Self.request(5) + Self.point("vus", 3) + Self.point("vus", 2) + Self.point("paid", 1)
      + Self.point("paid", 0)
    let reading = try reading(text)
    #expect(reading.value("vus", .value) == 2 && reading.value("vus", .maximum) == 3)
    #expect(reading.value("paid", .average) == 0.5)
    // As a counter it would be another figure.
    #expect(reading.value("paid", .count) == nil && reading.measurement("paid", .average)?.samples == 2)
    #expect(reading.notices.count == 1 && reading.notices[0].contains("--metric-type paid=counter"))
    let told = try self.reading(text, ReadOptions(metricKinds: ["paid": .rate]))
    #expect(told.value("paid", .rate) == 0.5 && told.notices.isEmpty)
  }

  @Test("The beginning of a run can be left out")
  func discard() throws {
    let text = (0..<10).map { Self.request($0 < 3 ? 1_000 : 10, at: Double($0)) }.joined()
    let reading = try reading(text, ReadOptions(discard: 3))
    #expect(reading.value("http_req_duration", .maximum) == 10)
    #expect(reading.value("http_reqs", .count) == 7 && reading.duration == 6)
    #expect(reading.startedAt == Timestamp(milliseconds: 1_795_216_635_000))
  }

  @Test("A series that a script and a budget name is counted once; the median is no other percentile")
  func namedTwice() throws {
    let declaration =
      #"{"type":"Metric","data":{"name":"http_reqs","type":"counter","contains":"default","thresholds":[],"submetrics":[{"name":"","suffix":"","tags":{"group":"::g"}}]},"metric":"http_reqs"}"#
    let text = declaration + "\n" + Self.request(10, ["endpoint": "a", "group": "::g"])
    let demand = SampleDemand(
      selections: [SampleDemand.Selection(tags: ["group": EndpointPattern("::g")])],
      percentiles: [.median, .p50])
    let reading = try reading(text, ReadOptions(demand: { demand }))
    #expect(reading.value("http_reqs", .count, endpoint: "::g") == 1)
    #expect(reading.repeatedSeries.isEmpty)
  }

  @Test(
    "No choice of tags makes a series twice",
    arguments: ["expected_response", "name", "endpoint", "scenario"])
  func noSeriesTwice(splitTag: String) throws {
    let tags = ["endpoint": "*", "name": "n", "expected_response": "true", "scenario": "n"]
    let reading = try reading(Self.request(5, tags) + Self.request(7), ReadOptions(splitTag: splitTag))
    #expect(reading.repeatedSeries.isEmpty)
    #expect(reading.value("http_req_duration", .count) == 2)
  }

  @Test("Spacing within the tags changes nothing")
  func spacing() throws {
    let text = ["a", "b"].flatMap { name in
      (0..<5).map {
        Self.request(Double($0) + 0.5, ["method": "GET", "endpoint": name]).replacing(
          ",\"method", with: ", \"method")
      }
    }
    let spaced = text.joined().replacing("\"tags\":{", with: "\"tags\":{ ")
    #expect(try reading(spaced).value("http_reqs", .count, endpoint: "a") == 5)
    #expect(try reading(text.joined()).value("http_reqs", .count, endpoint: "b") == 5)
  }

  @Test("Times a century apart are times")
  func farTimes() throws {
    let line = Self.point("http_reqs", 1)
    let text = ["2000-01-01T00:00:00.000Z", "2100-12-31T23:59:59.999Z"].map {
      line.replacing(#"2026-11-20T23:17:12.000Z"#, with: $0)
    }
    #expect((try reading(text.joined()).duration ?? 0) > 3e9)
  }

  @Test("Values of a tag that is kept apart have an end too")
  func manySplits() throws {
    let text = (0..<300).map { Self.request(5, ["endpoint": "a", "iter": "\($0)"]) }
    let reading = try reading(text.joined(), ReadOptions(splitTag: "iter"))
    #expect(Set(reading.measurements.map(\.series.metric).filter { $0.hasPrefix("http_reqs{") }).count == 101)
    #expect(reading.value("http_reqs{iter:(other)}", .count, endpoint: "a") == 200)
    #expect(reading.notices.contains { $0.contains("more than 100 values") })
    #expect(
      try self.reading(text.joined(), ReadOptions(splitTag: "none")).notices == [
        "no sample has the tag none of --split-by"
      ])
  }

  @Test("Two runs in one file are refused: they are repetitions, not one run")
  func twoRuns() throws {
    let declaration =
      #"{"type":"Metric","data":{"name":"http_reqs","type":"counter","contains":"default"},"metric":"http_reqs"}"#
      + "\n"
    let run = declaration + Self.request(5)
    #expect(try read(run + run).errors.first?.found.contains("several runs") == true)
  }

  @Test(
    "A line that is no sample between samples is an error in its place; before and behind them it is k6's")
  func gaps() throws {
    let half = #"2Z","endpoint":"a"}}}"# + "\n"
    let error = try #require(try read(Self.request(5) + half + Self.request(7)).errors.first)
    #expect(error.place == .text(line: 4, column: 1, path: nil))
    #expect(
      try read("banner\n" + Self.request(5) + "running (1s), 1/1 VUs\n" + Self.request(7) + "summary\n{\n}")
        .errors.isEmpty)
    #expect(try read(Self.request(5) + "\u{0}\u{0}\n" + Self.request(7)).errors.count == 1)
    #expect(
      try read(#"{"level":"info","msg":"x"}"# + "\n" + Self.request(5) + #"{"own":{"summary":1}}"# + "\n")
        .errors.isEmpty)
  }

  @Test("What is left out of the beginning is part of what a run is, and a summary cannot leave it out")
  func discardIdentity() throws {
    let text = (0..<5).map { Self.request(5, at: Double($0)) }.joined()
    #expect(try reading(text).source.sha256 != reading(text, ReadOptions(discard: 2)).source.sha256)
    let result = Readers.read(
      paths: [Fixtures.path("k6/zero-summary-export.json")], as: .profile("p"),
      options: ReadOptions(discard: 2))
    #expect(result.errors.first?.remedy.contains("--discard") == true)
  }

  @Test("Iterations that were dropped are none where none was")
  func dropped() throws {
    let text = Self.request(5) + Self.point("iterations", 1)
    #expect(try reading(text).value("dropped_iterations", .count) == 0)
  }

  @Test("What is cut off is used as far as it goes, and none to judge")
  func cut() throws {
    let text = Self.request(5, at: 0) + Self.request(7, at: 1)
    let reading = try reading(String(text.dropLast(9)))
    #expect(reading.failure?.contains("cut short after 5 samples") == true)
    #expect(reading.value("http_req_duration", .average) == 6)
  }

  @Test("A file of samples without a request is none to judge")
  func noTraffic() throws {
    #expect(try reading(Self.point("vus", 1)).failure == "the run made no request and measured nothing else")
  }

  @Test("What k6 writes for people beside the samples is skipped and told")
  func console() throws {
    let reading = try reading(
      "\n   /\\  Grafana\n\n" + Self.request(5) + "running (01.0s), 1/1 VUs\n" + Self.request(7))
    #expect(reading.value("http_reqs", .count) == 2)
    #expect(reading.notices == ["skipped 2 lines of k6's console output"])
  }

  @Test("Damage far down in a large file is placed by its line, whoever read the lines before it")
  func damage() throws {
    let line = Self.point("http_req_duration", 12.5)
    let count = BlockSource.blockSize / line.utf8.count
    let text =
      String(repeating: line, count: count + 500) + "{\"metric\":\n"
      + String(repeating: line, count: count * 2)
    let result = try read(text)
    #expect(result.usable.isEmpty && result.errors.count == 1)
    guard case .text(let line, _, _) = result.errors.first?.place else {
      Issue.record("\(result.errors)")
      return
    }
    #expect(line == count + 501)
  }

  @Test("A declaration that is none is an error in its place")
  func badDeclaration() throws {
    let bad = #"{"type":"Metric","data":{"name":"m","type":"histogram"},"metric":"m"}"# + "\n"
    let error = try #require(try read(Self.request(5) + bad).errors.first)
    #expect(error.place == .text(line: 4, column: 44, path: "$.data.type"))
    #expect(error.expected == "trend, rate, counter or gauge")
  }

  @Test("With a tag that never repeats nothing is lost")
  func varied() throws {
    let text = (0..<20_000).map { number in
      Self.point(
        "http_req_duration", Double(number % 7) + 0.5, at: 0,
        ["endpoint": "a", "iter": "\(number)", "url": "/x/\(number)"])
    }
    let reading = try reading(text.joined() + Self.request(3))
    #expect(reading.value("http_req_duration", .count, endpoint: "a") == 20_001)
    #expect(reading.value("http_req_duration", .median) == 3.5)
  }

  @Test("More endpoints than anyone has are put together, the busiest but for")
  func manyEndpoints() throws {
    let text =
      (0..<1_200).map { Self.request(5, ["endpoint": "e\($0)"]) }.joined()
      + (1_150..<1_200).map { Self.request(5, ["endpoint": "e\($0)"]) }.joined()
    let reading = try reading(text)
    let endpoints = Set(reading.measurements.map(\.series.endpoint)).subtracting(["*"])
    #expect(endpoints.count == 1_001 && endpoints.contains("(other)") && endpoints.contains("e1199"))
    #expect(reading.value("http_reqs", .count, endpoint: "(other)") == 200)
    #expect(reading.value("http_reqs", .count) == 1_250)
    #expect(reading.notices.count == 1 && reading.notices[0].contains("more than 1000 endpoints by endpoint"))
  }

  @Test("A run is the same run from a file, a gzip file and in any grouping")
  func identity() throws {
    let text = try SourceFile(opening: Fixtures.k6Run("plain/run-1/samples.json")).text().withBytes {
      String(decoding: $0, as: UTF8.self)
    }
    let whole = try reading(text)
    let other = try reading(text, ReadOptions(endpointTag: "method", splitTag: "scenario"))
    #expect(whole.source.sha256 == other.source.sha256)
    #expect(whole.source.sha256 != (try reading(text.replacing("200", with: "201"))).source.sha256)
    let zipped = try Fixtures.withFolder { folder in
      try Data(Fixtures.gzipped(Array(text.utf8))).write(to: URL(fileURLWithPath: folder + "/s.json.gz"))
      return Readers.read(paths: [folder + "/s.json.gz"], as: .profile("baseline")).usable.first
    }
    #expect(zipped?.source.sha256 == whole.source.sha256 && zipped?.measurements == whole.measurements)
  }

  @Test("The same run in several formats is one, the richest of them")
  func sameRun() throws {
    let result = Readers.read(paths: [Fixtures.k6Run("baseline/run-1")], as: .profile("baseline"))
    #expect(result.errors.isEmpty)
    #expect(result.usable.map(\.source.path).count == 1, "\(result.notices)")
    #expect(result.usable.first?.source.format.hasPrefix("k6-samples") == true)
    #expect(result.usable.first?.thresholds.contains { $0.passed != nil } == true)
  }
}
