import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("Reading what a user names")
struct ReadersTests {
  static let summary = #"{"metrics":{"http_reqs":{"count":3,"rate":1.5}}}"#

  private func readK6(_ paths: String...) -> ReadResult {
    Readers.read(paths: paths, as: .profile("baseline"))
  }

  @Test(
    "What is no result of the wanted kind is one clear error",
    arguments: [
      (#"{"latency":{},"requests":{},"throughput":{}}"#, "an autocannon report"),
      ("<!DOCTYPE html><html></html>", "an HTML page"),
      ("<?xml version=\"1.0\"?>", "an XML file"),
      ("\u{0}\u{1}\u{2}\u{3}", "binary data"),
      ("Error: no such host", "text that is no JSON (\"Error: no such host\")"),
      ("{}", "an empty JSON object"), ("[]", "an empty JSON array"),
      ("7", "JSON without a result (a number)"),
      (#"{"ci":{"collect":{}}}"#, "a Lighthouse CI configuration"),
      (#"{"metrics":{}}"#, "JSON of another kind"),
      (#"{"lighthouseVersion":"12.0.0","audits":{},"categories":{}}"#, "a Lighthouse report"),
    ])
  func foreign(text: String, found: String) throws {
    try Fixtures.withFolder { folder in
      let path = folder + "/f.json"
      try Fixtures.write(text, to: path)
      let result = readK6(path)
      #expect(result.errors.count == 1 && result.usable.isEmpty)
      #expect(result.errors.first?.kind == .malformed)
      #expect(result.errors.first?.found.hasPrefix(found) == true, "\(result.errors)")
      #expect(result.errors.first?.expected == "a load test's result")
    }
  }

  @Test("A k6 summary given as a Lighthouse report says where it belongs")
  func wrongFlag() {
    let result = Readers.read(
      paths: [Fixtures.path("k6/zero-summary-export.json")], as: .kind(.page))
    #expect(result.errors.first?.remedy == "pass it with --baseline, --spike or --profile")
  }

  @Test("All errors are reported, and what is good is still read")
  func allErrors() {
    let result = readK6(
      "/no/such.json", Fixtures.path("k6/zero-summary-export.json"), "/no/where/*.json",
      Fixtures.path("lighthouse/psi.json"))
    #expect(result.errors.map(\.kind) == [.unreadable, .unreadable, .malformed])
    #expect(result.usable.count == 1)
  }

  @Test("A folder gives its summaries; other files are skipped with a notice, damaged ones are errors")
  func folder() throws {
    try Fixtures.withFolder { folder in
      try Fixtures.write(Self.summary, to: folder + "/b.json")
      try Fixtures.write(Self.summary.replacing("3", with: "4"), to: folder + "/a.json")
      try Fixtures.write(#"{"tool":"k6","exit_code":0}"#, to: folder + "/meta.json")
      try Fixtures.write("no result", to: folder + "/notes.txt")
      let result = readK6(folder)
      #expect(result.errors.isEmpty)
      #expect(result.usable.map { $0.value("http_reqs", .count) } == [4, 3])
      #expect(
        result.notices.count == 1
          && result.notices[0].hasSuffix("meta.json: it holds notes about a run, not a load test's result"))
      try Fixtures.write(#"{"metrics":{"http_reqs""#, to: folder + "/c.json")
      #expect(readK6(folder).errors.map { $0.file } == [folder + "/c.json"])
    }
  }

  @Test("A folder read on all cores gives readings, errors and notices in the order of the names")
  func folderInOrder() throws {
    let report = try String(contentsOfFile: Fixtures.path("lighthouse/v12-mobile.json"), encoding: .utf8)
    try Fixtures.withFolder { folder in
      let paths = (100..<160).map { "\(folder)/\($0).json" }
      var (reports, errors, notices) = ([String](), [String](), [String]())
      for (index, path) in paths.enumerated() {
        // The last twelve are the first twelve again.
        let minute = index % 48 + 10
        var text = report.replacing("2026-03-01T10:00", with: "2026-03-01T10:\(minute)")
        switch index % 6 {
        case 4:
          text = String(text.prefix(text.count / 2))
          errors.append(path)
        case 5:
          text = Self.summary
          notices.append("skipped \(path): it holds a k6 summary, not a Lighthouse report")
        case _ where index >= 48:
          notices.append("counted once: \(path) holds the same result as \(paths[index - 48])")
        default: reports.append(path)
        }
        try Fixtures.write(text, to: path)
      }
      let whole = Readers.read(paths: [folder], as: .kind(.page))
      #expect(whole.usable.map(\.source.path) == reports)
      #expect(whole.errors.map(\.file) == errors)
      #expect(whole.notices == notices)
      for _ in 0..<20 { #expect(Readers.read(paths: [folder], as: .kind(.page)) == whole) }
    }
  }

  @Test("A folder without results is an error")
  func emptyFolder() throws {
    try Fixtures.withFolder { folder in
      #expect(readK6(folder).errors.first?.found == "a folder without JSON files")
      try Fixtures.write("{}", to: folder + "/x.json")
      #expect(readK6(folder).errors.first?.found == "a folder with JSON files of other kinds")
    }
  }

  @Test("Two formats of one run are one run, in a folder and named apart")
  func twins() throws {
    try Fixtures.withFolder { folder in
      let files = ["odd-values-handle-summary.json", "odd-values-summary-export.json"]
      for name in files {
        try Fixtures.write(
          String(contentsOfFile: Fixtures.path("k6/" + name), encoding: .utf8), to: folder + "/" + name)
      }
      #expect(readK6(folder).usable.count == 1)
      #expect(readK6(folder + "/" + files[0], folder + "/" + files[1]).usable.count == 1)
    }
  }

  @Test("Patterns match in sorted order; the same content counts once")
  func patterns() throws {
    try Fixtures.withFolder { folder in
      for (name, count) in [("run-2.json", "2"), ("run-1.json", "1"), ("other.json", "9")] {
        try Fixtures.write(Self.summary.replacing("3", with: count), to: folder + "/" + name)
      }
      let result = readK6(folder + "/run-?.json", folder + "/*-1.json")
      #expect(result.usable.map { $0.value("http_reqs", .count) } == [1, 2])
      #expect(result.notices.count == 1)
    }
  }

  @Test("100 MB of anything else is refused from its first bytes")
  func garbage() throws {
    try Fixtures.withFolder { folder in
      let path = folder + "/garbage"
      try Fixtures.write("\u{7f}ELF\u{0}", to: path)
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.truncate(atOffset: 100 << 20)
      try handle.close()
      let clock = ContinuousClock()
      let time = clock.measure { #expect(readK6(path).errors.first?.found == "binary data") }
      #expect(time < .milliseconds(200))
    }
  }

  @Test("An error is one line with file, place, found, expected and remedy")
  func description() throws {
    try Fixtures.withFolder { folder in
      let path = folder + "/cut.json"
      try Fixtures.write("{\"metrics\": {\n \"http_reqs\": {\"count\": ", to: path)
      #expect(
        readK6(path).errors.first?.description
          == "\(path):2:25 ($.metrics.http_reqs.count): found the end of a document that was cut off; expected the rest"
          + " of the JSON document; let the run come to its end, or fetch the file again")
    }
  }
}
