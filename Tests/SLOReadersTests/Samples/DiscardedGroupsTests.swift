import SLOModel
import Testing

@testable import SLOReaders

@Suite("Groups that are left out of raw samples")
struct DiscardedGroupsTests {
  private static let requests = [
    ("::setup", 900.0), ("::setup::login", 800), ("::setups", 30), ("", 20), ("::pay", 25),
    ("::teardown", 700),
  ]
  private static let ndjson = requests.flatMap { group, duration in
    [("http_reqs", 1), ("http_req_duration", duration)].map { metric, value in
      #"{"metric":"\#(metric)","type":"Point","data":{"time":"2026-11-20T23:17:12.5Z","value":\#(value),"tags":{"group":"\#(group)","name":"a"}}}"#
        + "\n"
    }
  }.joined()
  private static let csv =
    "metric_name,timestamp,metric_value,group,name\n"
    + requests.flatMap { group, duration in
      ["http_reqs,1763683033,1.000000,\(group),a\n", "http_req_duration,1763683033,\(duration),\(group),a\n"]
    }.joined()

  private func read(_ text: String, without groups: [String]) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/f")
      var options = ReadOptions()
      options.discardedGroups = groups
      return Readers.read(paths: [folder + "/f"], as: .profile("baseline"), options: options)
    }
  }

  @Test(
    "A group is left out with all inside it, from every figure, and that is reported",
    arguments: [ndjson, csv])
  func leftOut(text: String) throws {
    let reading = try #require(try read(text, without: ["::setup", "::teardown"]).usable.first)
    for endpoint in [Series.wholeRun, "a"] {
      #expect(reading.value("http_reqs", .count, endpoint: endpoint) == 3)
      #expect(reading.value("http_req_duration", .maximum, endpoint: endpoint) == 30)
    }
    #expect(reading.notices.contains("left out 2 requests (4 samples) of the group ::setup"))
    #expect(reading.notices.contains("left out 1 request (2 samples) of the group ::teardown"))
  }

  @Test("Unless asked for nothing is left out: k6's own figures have it too", arguments: [ndjson, csv])
  func byDefault(text: String) throws {
    let (all, part) = (try read(text, without: []), try read(text, without: ["::setup"]))
    #expect(all.usable.first?.value("http_reqs", .count) == 6)
    #expect(all.usable.first?.source.sha256 != part.usable.first?.source.sha256)
  }

  @Test("A group that no sample has is reported")
  func unknown() throws {
    let reading = try #require(try read(Self.ndjson, without: ["::sutup"]).usable.first)
    #expect(reading.notices.contains("no sample is of the group ::sutup, which was to be left out"))
  }

  @Test("Of a summary nothing can be left out")
  func summary() throws {
    let result = try read(ReadersTests.summary, without: ["::setup"])
    #expect(result.usable.isEmpty && result.errors.first?.remedy.contains("--discard-groups") == true)
  }
}
