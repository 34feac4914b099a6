import SLOModel
import Testing

@testable import SLOReaders

@Suite("Results behind text, and several in one file")
struct EmbeddedJSONTests {
  private static let summary = #"{"metrics":{"http_reqs":{"count":3,"rate":1.5}}}"#
  private static let second = #"{"metrics":{"http_reqs":{"count":4,"rate":1.5}}}"#
  private static let banner = """
           /\\      |‾‾|  /‾‾/
        execution: local
           scenarios: (100.00%) 1 scenario, 10 max VUs { gracefulStop: 30s }
    INFO[0001] started                                       source=console
    INFO[1234] {"id":17,"name":"a \\"brace\\" {"}             source=console
    running (0m20.0s), 00/10 VUs   [======] [ 100% ]

    """

  private func read(_ text: String, as profile: String? = "baseline") throws -> ReadResult {
    try read(Array(text.utf8), as: profile)
  }

  private func read(_ bytes: [UInt8], as profile: String? = "baseline") throws -> ReadResult {
    try Fixtures.withFolder { folder in
      try Fixtures.write(bytes, to: folder + "/f.json")
      return Readers.read(paths: [folder + "/f.json"], as: profile.map { .profile($0) } ?? .kind(.page))
    }
  }

  private static func utf16(_ text: String) -> [UInt8] {
    [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  @Test(
    "The one summary of a text is read, whatever stands around it",
    arguments: [
      banner + summary, summary + "\nDone in 21 s.\n", banner + summary + "\n> npm { done }\n",
      "\u{1B}[32m> load\u{1B}[0m\n" + summary, "k6-1  | " + summary + "\nk6-1 exited with code 0\n",
      "INFO[0012] summary: " + summary, #"{"level":"info"}"# + "\n" + summary + "\n" + #"{"level":"info"}"#,
      "[INFO] run\n[12:00:03] " + summary,
      #"{"level":"error","error":{"code":1,"message":"x"}}"# + "\nlog\n" + summary,
    ])
  func behindText(text: String) throws {
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), Self.utf16(text)] {
      let result = try read(bytes)
      #expect(result.errors.map(\.description) == [])
      #expect(result.usable.map { $0.value("http_reqs", .count) } == [3])
    }
  }

  @Test("A summary cut off behind a banner is as wrong as without it")
  func cutOff() throws {
    for length in stride(from: 2, to: Self.summary.utf8.count - 1, by: 5) {
      let start = String(Self.summary.prefix(length))
      for text in [Self.banner + start, "k6-1  | " + start] where length > 10 {
        let result = try read(text)
        #expect(result.usable.isEmpty)
        #expect(result.errors.map(\.found) == ["the end of a document that was cut off"])
      }
    }
  }

  @Test("A damaged document is reported at its line, and nothing inside it is taken for a result")
  func damaged() throws {
    let text =
      Self.banner + "{\n  \"x\" oops,\n  \"metrics\": {\"http_reqs\": {\"count\": 3, \"rate\": 1}}\n}\n"
    let result = try read(text)
    #expect(result.usable.isEmpty)
    #expect(result.errors.first?.place == .text(line: 8, column: 7, path: "$.x"), "\(result.errors)")
  }

  @Test("What is left of a document without its beginning is no result")
  func fragment() throws {
    let result = try read(
      "\"root_group\": {},\n\"metrics\": {\"http_reqs\": {\"count\": 3, \"rate\": 1}}\n}\n")
    #expect(result.usable.isEmpty)
    #expect(result.errors.first?.found == "a part of a JSON document whose beginning is lost")
  }

  @Test("Of several results in a text nobody can know which is meant")
  func several() throws {
    let result = try read(Self.banner + Self.summary + "\n" + Self.second)
    #expect(result.usable.isEmpty)
    #expect(result.errors.first?.found == "2 results in one text (line 7, line 8)")
  }

  @Test(
    "An object that PowerShell wrote as text is an error wherever figures would be lost",
    arguments: [
      #"{"metrics": {"http_reqs": {"count": 3, "rate": 1}}, "root_group": "@{name=; path=}"}"#,
      #"{"lighthouseVersion": "12.0.0", "requestedUrl": "http://a/", "fetchTime": "2026-01-01T00:00:00.000Z", "configSettings": "@{formFactor=desktop}", "audits": {}, "categories": {}}"#,
      #"{"lighthouseVersion": "12.0.0", "requestedUrl": "http://a/", "fetchTime": "2026-01-01T00:00:00.000Z", "audits": {"unused": {"id": "unused", "score": 0, "details": {"items": "System.Object[]"}}}, "categories": {}}"#,
      #"{"lighthouseVersion": "12.0.0", "requestedUrl": "http://a/", "fetchTime": "2026-01-01T00:00:00.000Z", "audits": {"unused": {"id": "unused", "score": 0, "details": {"items": ["@{url=a}"]}}}, "categories": {}}"#,
    ])
  func powerShell(text: String) throws {
    let result = try read(text, as: text.hasPrefix(#"{"lighthouse"#) ? nil : "baseline")
    #expect(result.usable.isEmpty)
    #expect(result.errors.first?.remedy.contains("ConvertTo-Json -Depth 100") == true, "\(result.errors)")
  }

  @Test("A text without a result says what it holds")
  func none() throws {
    let found = { (text: String) in try read(text).errors.map(\.found) }
    #expect(
      try found("hello\n{\"a\": 1}\n") == [
        "text around JSON that is no result: JSON of another kind (with the keys \"a\"):2:1 ($)"
      ])
    #expect(try found(Self.banner) != [])
    #expect(
      try found("     http_req_duration......: avg=1ms\n") == [
        "k6's console output without a summary in JSON"
      ])
  }

  @Test(
    "Summaries in a list, or one after another, are repetitions",
    arguments: [
      "[\(summary),\(second)]", "[[\(summary)],[\(second)]]", "\(summary)\n\(second)\n", summary + second,
      #"{"runs":[\#(summary),\#(second)]}"#, #"[{"run":1,"k6":\#(summary)},{"run":2,"k6":\#(second)}]"#,
    ])
  func lists(text: String) throws {
    let result = try read(text)
    #expect(result.errors.map(\.description) == [])
    #expect(result.usable.map { $0.value("http_reqs", .count) } == [3, 4])
    #expect(result.usable.map(\.source.part) == [0, 1])
  }

  @Test("One run twice in a list is one run")
  func repeated() throws {
    let run = #"{"metrics":{"http_req_duration":{"p(95)":24.123},"http_reqs":{"count":3,"rate":1.5}}}"#
    let other = run.replacing("24.123", with: "25.5")
    let result = try read("[\(run),\(other),\(run)]")
    #expect(result.usable.map { $0.value("http_req_duration", .p95) } == [24.123, 25.5])
    #expect(result.notices.count == 1 && result.notices[0].hasPrefix("counted once: "))
  }

  @Test("A list that holds something else too, or a summary of another profile, is an error at its place")
  func mixedLists() throws {
    let other = try read("[\(Self.summary),{\"a\":1}]")
    #expect(other.usable.isEmpty && other.errors.first?.description.contains("$[1]") == true)
    let spike = try read(
      #"[{"name":"baseline","k6":\#(Self.summary)},{"name":"spike","k6":\#(Self.second)}]"#)
    #expect(spike.usable.isEmpty)
    #expect(spike.errors.first?.found == "a summary of spike among those of baseline")
    #expect(spike.errors.first?.description.contains("$[1].name") == true)
  }

  @Test("What PowerShell wrote in place of objects is reported with its path and the remedy")
  func powerShell() throws {
    let texts = [
      (
        #"{"metrics":{"http_reqs":{"type":"counter","contains":"default","values":"@{count=1; rate=2}"}}}"#,
        "$.metrics.http_reqs.values"
      ),
      (#"{"metrics":{"http_reqs":"@{count=1; rate=2}"}}"#, "$.metrics.http_reqs"),
      (#"{"metrics":{"mine":"@{avg=1}","http_reqs":{"count":1,"rate":1}}}"#, "$.metrics.mine"),
      (#"{"metrics":"@{http_reqs=}","root_group":"@{name=}"}"#, "$.metrics"),
      (
        #"{"version":"1.0.0","results":{"metrics":["@{name=http_reqs; type=counter}"]}}"#,
        "$.results.metrics[0]"
      ),
      (#"[{"metrics":{"http_reqs":{"count":1,"rate":1}}},{"metrics":"@{http_reqs=}"}]"#, "$[1].metrics"),
    ]
    for (text, path) in texts {
      let error = try #require(try read(text).errors.first)
      #expect(error.remedy == "write the file with ConvertTo-Json -Depth 100", "\(error)")
      #expect(error.description.contains("(\(path))"), "\(error)")
    }
    let report =
      #"{"lighthouseVersion":"12.0.0","audits":{"speed-index":{"numericValue":1,"details":"@{type=table}"}},"categories":{}}"#
    for text in [
      report,
      report.replacing(#""@{type=table}""#, with: "{}").replacing(
        #""categories":{}"#, with: #""categories":{"performance":"@{score=1}"}"#),
    ] {
      let error = try #require(try read(text, as: nil).errors.first)
      #expect(error.remedy == "write the file with ConvertTo-Json -Depth 100", "\(error)")
    }
  }
}
