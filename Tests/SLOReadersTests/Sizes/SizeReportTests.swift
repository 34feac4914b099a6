import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("Reports of sizes: what a tool says of each bundle")
struct SizeReportTests {
  private func read(_ text: String, as request: EvidenceRequest = .any()) throws -> ReadResult {
    try TestReports.read([text], ext: "json", as: request)
  }

  private func reading(_ text: String) throws -> Reading {
    let result = try read(text)
    return try #require(result.usable.first, "\(result.errors)")
  }

  @Test("size-limit gives one size, whose compression it does not say, and times in seconds")
  func sizeLimit() throws {
    let result = try read(
      """
      [{"name": "app (all)", "passed": true, "size": 182311, "sizeLimit": 200000, "running": 0.412, "loading": 1.456},
       {"name": "vendor", "passed": false, "size": 101250, "sizeLimit": 100000}, {"name": "none", "size": 5120}]
      """)
    #expect(result.errors.isEmpty && result.usable.map(\.profile) == ["sizes"])
    #expect(result.figure("size", of: "app (all)") == 182_311)
    #expect(result.figure("time", of: "app (all)") == 1_868)
    #expect(result.figure("size") == 288_681 && result.figure("time") == nil && result.figure("files") == nil)
    let thresholds = try #require(result.usable.first).thresholds
    #expect(thresholds.map(\.endpoint) == ["app (all)", "vendor"])
    #expect(thresholds.map(\.expression) == ["value<=200000", "value<=100000"])
    #expect(thresholds.map(\.passed) == [true, false] && thresholds.map(\.observed) == [182_311, 101_250])
    #expect(thresholds.allSatisfy { $0.statistic == .value && $0.metric == "size" })
  }

  @Test(
    "A report's own verdict is held against its numbers",
    arguments: [
      (true, 200, 100, false, "passed"), (false, 100, 200, false, "failed"), (true, 100, 100, true, nil),
      (false, 101, 100, false, nil),
    ] as [(Bool, Int, Int, Bool, String?)])
  func lie(claim: Bool, size: Int, limit: Int, expected: Bool, doubt: String?) throws {
    let reading = try reading(#"[{"name":"a","passed":\#(claim),"size":\#(size),"sizeLimit":\#(limit)}]"#)
    #expect(reading.thresholds.map(\.passed) == [expected])
    #expect(
      reading.warnings
        == (doubt.map { ["the report calls \"a\" \($0) at \(size) B with a limit of \(limit) B"] } ?? []))
  }

  @Test("A limit on the time fails though the report does not name it")
  func timeLimit() throws {
    let threshold = try #require(
      try reading(#"[{"name":"a","passed":false,"size":9,"running":0.5,"loading":0.4}]"#).thresholds.first)
    #expect(threshold.metric == "time" && threshold.passed == false && threshold.observed == 900)
  }

  @Test("What size-limit could not measure is an error in its own words")
  func failed() throws {
    let text =
      #"{"error": "SizeLimitError: Size Limit can't find files at dist/*.js\n    at run (a.js:1:1)"}"#
    let error = try #require(try read(text).errors.first)
    #expect(error.found == "the error \"SizeLimitError: Size Limit can't find files at dist/*.js\"")
    #expect(error.expected == "a report of bundle sizes")
  }

  @Test("Sizes that an old size-limit wrote as texts are numbers")
  func texts() throws {
    let result = try read(#"[{"name":"a","passed":true,"size":"110894","running":"0.1","loading":"2"}]"#)
    #expect(result.figure("size", of: "a") == 110_894 && result.figure("time", of: "a") == 2_100)
  }

  @Test("bundlewatch says how a file was compressed, what is gone, and what it did not find")
  func bundlewatch() throws {
    let files = [
      #"{"filePath":"./dist/app.3f9a1c2e.js","maxSize":204800,"size":182311,"status":"pass","message":"178KB < 200KB (gzip)"}"#,
      #"{"filePath":"./dist/raw.css","maxSize":100,"size":101,"status":"fail","message":"(no compression)"}"#,
      #"{"filePath":"./dist/old.js","maxSize":0,"size":0,"status":"removed","message":"(gzip)"}"#,
    ]
    let whole = try reading("{\"status\":\"fail\",\"fullResults\":[\(files.joined(separator: ","))]}")
    #expect(whole.value("gzip", .value, endpoint: "dist/app.*.js") == 182_311)
    #expect(whole.value("raw", .value, endpoint: "dist/raw.css") == 101)
    #expect(whole.value("files", .count) == 2 && whole.thresholds.map(\.passed) == [true, false])
    #expect(whole.notices.contains("\"./dist/old.js\" exists no more") && whole.warnings.isEmpty)
    let missing = #"{"filePath":"./dist/no.js","error":"There is no matching file","status":"fail"}"#
    #expect(
      try reading("{\"status\":\"fail\",\"fullResults\":[\(files[0]),\(missing)]}").failure
        == "\"./dist/no.js\" was not measured: There is no matching file")
    #expect(
      try reading("{\"status\":\"fail\",\"summary\":\"maxPercent\",\"fullResults\":[\(files[0])]}").warnings
        == ["the report failed as a whole: \"maxPercent\""])
  }

  @Test("A list of a team's own has whichever sizes it has, and says so")
  func generic() throws {
    let reading = try reading(#"[{"name":"a.js","raw":100,"gzip":60,"brotli":50},{"name":"b.js","raw":200}]"#)
    #expect(reading.value("raw", .value) == 300 && reading.value("gzip", .value) == 60)
    #expect(
      reading.notices == [
        "the total of gzip is of 1 of 2 bundles: the others have none",
        "the total of brotli is of 1 of 2 bundles: the others have none",
      ])
  }

  @Test("A bundle that is there twice is added up, with a warning")
  func twice() throws {
    let reading = try reading(#"[{"name":"a","size":1},{"name":"a","size":2}]"#)
    #expect(reading.value("size", .value, endpoint: "a") == 3)
    #expect(reading.warnings == ["\"a\" is there 2 times: its sizes are added up"])
  }

  @Test("Of many remarks the first are told, and how many more there are")
  func many() throws {
    let entries = (0..<40).map { #"{"name":"n\#($0 % 20)","size":1}"# }
    let warnings = try reading("[\(entries.joined(separator: ","))]").warnings
    #expect(warnings.count == 6 && warnings.last == "… and 15 more of this kind")
  }

  @Test(
    "Values that cannot be are errors at their place",
    arguments: [
      (#"[{"name":"a","size":-1}]"#, "found -1; expected a size from 0 up"),
      (#"[{"name":"a","size":1e300}]"#, "found 1e300; expected at most 2^53 bytes"),
      (
        #"[{"name":"a","size":1},{"name":"b","size":"many"}]"#, "found the string \"many\"; expected a number"
      ),
      (#"[{"name":"a","size":1},{"size":2}]"#, "expected a bundle with its \"name\" (or \"filePath\")"),
      (#"[{"name":"a","size":1},7]"#, "found 7; expected an object"),
      (#"[{"name":"a","size":1,"loading":-0.5}]"#, "found -0.5; expected a time from 0 up"),
    ])
  func impossible(text: String, message: String) throws {
    let error = try #require(try read(text, as: .named("sizes")).errors.first)
    #expect(error.description.contains(message), "\(error)")
    #expect(error.description.contains("($["))
  }

  @Test(
    "What only looks like one is none",
    arguments: [
      (#"[{"path":"dist/*.js","limit":"10 kB","gzip":true}]"#, "a configuration of bundle sizes"),
      (#"[{"path":"./a.js","maxSize":"200 kB"}]"#, "a configuration of bundle sizes"),
      (#"{"files":[{"path":"./a.js","maxSize":"200 kB"}]}"#, "a configuration of bundle sizes"),
      ("[]", "an empty JSON array"), (#"{"error":"no route"}"#, "an error reply"),
      (#"[{"name":"a","size":"large"}]"#, "JSON of another kind (with the keys \"name\", \"size\")"),
    ])
  func foreign(text: String, found: String) throws {
    #expect(try read(text, as: .named("dist")).errors.map(\.found) == [found])
  }

  @Test("A configuration holds limits, which a budget file takes over")
  func configuration() throws {
    let errors = try read(#"[{"path":"./a.js","maxSize":"200 kB"}]"#, as: .named("dist")).errors
    #expect(
      errors.first?.description.hasSuffix(
        "it holds limits, not results: take them over with slogate budgets import")
        == true)
  }

  @Test("Reports of one profile are parts of one build, whose total is of all their bundles")
  func parts() throws {
    let parts = [
      #"[{"name":"a","size":1},{"name":"b","size":2}]"#, #"[{"name":"c","size":4},{"name":"b","size":2}]"#,
    ]
    let result = try TestReports.read(parts, ext: "json", as: .named("sizes"))
    #expect(result.usable.count == 1 && result.figure("size") == 7 && result.figure("size", of: "b") == 2)
    let turned = try TestReports.read(parts.reversed(), ext: "json", as: .named("sizes"))
    #expect(turned.usable.first?.source.sha256 == result.usable.first?.source.sha256)
    let conflict = try TestReports.read(
      [#"[{"name":"a","size":1}]"#, #"[{"name":"a","size":2}]"#], ext: "json", as: .named("web"))
    #expect(conflict.usable.first?.profile == "sizes-web")
    #expect(conflict.usable.first?.failure?.contains("give size of \"a\" different values") == true)
  }

  @Test("Samples of all tools, where they are at hand")
  func samples() throws {
    guard let folder = Fixtures.bundleSet else { return }
    let result = Readers.read(
      paths: ["size-limit.json", "webpack-stats.json"].map { folder.appending(path: $0).path }, as: .any())
    // By hand: 182,311 + 101,250 + 5,120 and 612,345 + 40,210.
    #expect(result.usable.map { $0.value("size", .value) ?? $0.value("raw", .value) } == [288_681, 652_555])
    #expect(result.errors.isEmpty)
  }
}
