import SLOModel
import Testing

@testable import SLOReaders

@Suite("Gatling's results")
struct GatlingTests {
  private static let start = 1_796_046_985_000

  /// A log of two requests, one of them in a group, in the layout of a release.
  private static func log(_ release: String, user: [String]) -> String {
    let lines: [[String]] = [
      ["ASSERTION", "AAEC"], ["RUN", "shop.Sim", "sim", "\(start)", " ", release],
      ["REQUEST"] + user + ["", "GET /users/17?x=1", "\(start)", "\(start + 40)", "OK", " "],
      ["REQUEST"] + user + [
        "checkout,pay", "card", "\(start + 50)", "\(start + 110)", "KO", "status is 500, not OK",
      ],
      ["GROUP"] + user.suffix(1) + ["checkout,pay", "\(start + 50)", "\(start + 200)", "60", "KO"],
      ["ERROR", "No attribute named x", "\(start)"],
    ]
    return lines.map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  @Test(
    "The log of every release that writes text is read",
    arguments: [("3.9.5", []), ("3.3.1", ["7"]), ("2.3.0", ["scenario", "7"])])
  func log(release: String, user: [String]) throws {
    let result = try LoadTexts.read(Self.log(release, user: user), ext: "log")
    #expect(
      result.endpoints == ["*", "GET /users/{id}", "checkout / pay", "checkout / pay / card"])
    #expect(result.load("http_req_duration", .average) == 50 && result.load("http_req_failed", .rate) == 0.5)
    #expect(result.load("group_duration", .maximum, "checkout / pay") == 60)
    #expect(result.load("http_reqs", .rate) == 2 / 0.11)
    let reading = try #require(result.usable.first)
    #expect(reading.facts["tool_version"] == release && reading.distributions.count == 4)
    #expect(reading.notices == ["1 error of the script itself is in the log, of which no request was made"])
  }

  @Test("A binary log is refused with the release that wrote it")
  func binary() throws {
    let bytes: [UInt8] = [0, 0, 0, 0, 6] + Array("3.13.1".utf8) + [0, 0, 0, 9]
    let error = try Fixtures.withFolder { folder in
      try Fixtures.write(bytes, to: folder + "/simulation.log")
      return Readers.read(paths: [folder + "/simulation.log"], as: .profile("baseline")).errors.first
    }
    #expect(error?.found == "the binary log of Gatling 3.13.1")
  }

  @Test(
    "A damaged log is an error in its line",
    arguments: [
      ("REQUEST\t\ta\t\(start)\t\(start + 1)\tMAYBE\t \n", ":2:1: found a request without its status"),
      ("REQUEST\t\ta\t\(start)\t\(start - 1)\tOK\t \n", ":2:1: found a request that ends before it begins"),
      ("REQUEST\t\ta\t12\t13\tOK\t \n", ":2:1: found the time \"12\"; expected milliseconds since 1970"),
      ("WHAT\t1\n", ":2:1: found a line that begins with \"WHAT\""),
      ("RUN\ta\tb\n", ":2:1: found a second run"),
    ])
  func faults(line: String, message: String) throws {
    let result = try LoadTexts.read("RUN\tS\ts\t\(Self.start)\t \t3.9.5\n" + line)
    #expect(result.errors.first?.description.contains(message) == true, "\(result.errors)")
  }

  @Test("A log that ends within a line was cut short")
  func cut() throws {
    let text = Self.log("3.9.5", user: []) + "REQUEST\t\tcard\t\(Self.start)"
    #expect(
      try LoadTexts.read(text).usable.first?.failure
        == "the file ends within a line: the run, or its copy, was cut short after 2 samples")
  }

  /// Figures of a report, of which so many of 100 good requests took less than 800 ms.
  private func stats(_ p: [Int], below: Int = 100, failed: Int = 0) -> String {
    let figures = [
      ("numberOfRequests", 100 + failed), ("minResponseTime", 2), ("maxResponseTime", 2_000),
      ("meanResponseTime", 300),
    ].map {
      "\"\($0)\":{\"total\":\($1),\"ok\":\($0 == "numberOfRequests" ? 100 : $1),\"ko\":\($0 == "numberOfRequests" ? failed : 0)}"
    }
    let percentiles = p.enumerated().map {
      "\"percentiles\($0 + 1)\":{\"total\":\($1),\"ok\":\($1),\"ko\":0}"
    }
    return "{" + (figures + percentiles).joined(separator: ",")
      + ",\"group1\":{\"name\":\"t < 800 ms\",\"count\":\(below)}"
      + ",\"group2\":{\"name\":\"800 ms <= t < 1200 ms\",\"count\":0}"
      + ",\"meanNumberOfRequestsPerSecond\":{\"total\":5.5,\"ok\":5,\"ko\":0.5}}"
  }

  private func report(_ stats: String) -> String {
    """
    {"type":"GROUP","name":"All Requests","path":"","stats":\(stats),"contents":{"g":{"type":"GROUP","name":"checkout",\
    "stats":\(stats),"contents":{"r":{"type":"REQUEST","name":"pay","stats":\(stats)}}}}}
    """
  }

  @Test("A report has each request behind its groups; percentiles are the usual ones, with a notice")
  func report() throws {
    let result = try LoadTexts.read(report(stats([100, 200, 400, 700], failed: 10)), ext: "json")
    #expect(result.endpoints == ["*", "checkout", "checkout / pay"])
    #expect(result.load("http_req_duration", .p95) == 400 && result.load("http_req_duration", .p90) == nil)
    #expect(result.load("http_req_duration", .median, "checkout / pay") == 100)
    #expect(result.load("group_duration", .p99, "checkout") == 700)
    #expect(result.load("http_req_failed", .rate) == 10.0 / 110 && result.usable.first?.duration == 20)
    #expect(
      result.usable.first?.notices.first?.hasPrefix("the file does not say which percentiles it has") == true)
  }

  @Test("Percentiles that the counts of the file contradict are not read")
  func otherPercentiles() throws {
    // Half of the requests took less than 800 ms, so that 700 ms cannot be the 75th percentile.
    let result = try LoadTexts.read(report(stats([100, 700, 900, 1_500], below: 50)), ext: "json")
    #expect(
      result.load("http_req_duration", .p95) == nil && result.load("http_req_duration", .average) == 300)
    #expect(
      result.usable.first?.warnings == [
        "percentiles are not read: percentiles2 of the file is not its p75, for 50 % of the requests took less than"
          + " 800 ms; gatling.conf sets others than 50, 75, 95 and 99 (charting.indicators)"
      ])
  }

  @Test("The figures of the whole run alone are a companion of the report")
  func companion() throws {
    let result = try LoadTexts.read(stats([1, 2, 3, 4]), ext: "json")
    #expect(
      result.errors.first?.found == "Gatling's figures of a run as a whole, which js/stats.json has too")
  }
}
