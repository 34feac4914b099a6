import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("Whose results lie in a folder")
struct WhoseResultsTests {
  private func report(_ hour: Int) -> String {
    #"{"lighthouseVersion": "12.6.1", "requestedUrl": "https://a.example/", "fetchTime": "2026-05-01T\#(10 + hour):00:00.000Z", "audits": {"largest-contentful-paint": {"numericValue": \#(1_000 + hour)}}, "categories": {}}"#
  }

  /// What is read of a folder with these files, and the names of the files that gave it.
  private func read(
    _ files: [String: String], profile: String?, pattern: String = ""
  ) throws -> (result: ReadResult, names: [String]) {
    try Fixtures.withFolder { folder in
      for (name, text) in files { try Fixtures.write(text, to: folder + "/" + name) }
      var result = Readers.read(paths: [folder + pattern], as: profile.map { .profile($0) } ?? .kind(.page))
      let cut = { (text: String) in text.replacing(folder + "/", with: "") }
      result.notices = result.notices.map(cut)
      result.warnings = result.warnings.map(cut)
      return (result, result.usable.map { cut($0.source.path) })
    }
  }

  private let manifest =
    #"[{"url": "https://a.example/", "isRepresentativeRun": true, "jsonPath": "C:\\ci\\new.report.json"}]"#

  @Test("Reports of earlier builds beside those of Lighthouse CI's last run are left out and named")
  func olderReports() throws {
    let older = ["old-1.report.json": report(1), "old-2.report.json": report(2)]
    let last = ["lhr-1.json": report(3), "lhr-2.json": report(4)]
    let listed = ["manifest.json": manifest, "new.report.json": report(5)]
    for (files, names, source) in [
      (last, ["lhr-1.json", "lhr-2.json"], "lhr-*.json is of"),
      (listed, ["new.report.json"], "manifest.json names"),
      (
        last.merging(listed) { first, _ in first }, ["lhr-1.json", "lhr-2.json", "new.report.json"],
        "manifest.json names"
      ),
    ] {
      let all = files.merging(older) { first, _ in first }
      let read = try read(all, profile: nil)
      #expect(read.names == names && read.result.errors.isEmpty)
      #expect(
        read.result.notices == [
          "left out old-1.report.json, old-2.report.json: of another build than \(source)"
        ])
    }
  }

  @Test("Without a list, or with one of reports that lie elsewhere, every report counts")
  func alone() throws {
    let reports = ["a.report.json": report(1), "b.report.json": report(2)]
    #expect(try read(reports, profile: nil).names == ["a.report.json", "b.report.json"])
    let beside = reports.merging(["manifest.json": manifest]) { first, _ in first }
    #expect(try read(beside, profile: nil).names == ["a.report.json", "b.report.json"])
  }

  private func summary(_ value: Double) -> String {
    #"{"metrics": {"http_reqs": {"count": 5, "rate": 1}, "http_req_duration": {"p(95)": \#(value)}}}"#
  }

  @Test(
    "A file in a folder, or found by a pattern, that is named for another profile is a warning",
    arguments: ["spike.json", "spike-1.json", "k6_spike2.json", "Soak.json"], ["", "/*.json"])
  func otherProfile(name: String, pattern: String) throws {
    let read = try read(
      ["baseline.json": summary(5.5), name: summary(7.5)], profile: "baseline", pattern: pattern)
    let other = name.lowercased().contains("soak") ? "soak" : "spike"
    #expect(
      read.result.warnings == [
        "\(name) is named for \(other) and was read as baseline: pass the files of each profile by themselves"
      ])
    #expect(read.names.count == 2)
  }

  @Test(
    "One named for its own profile or for none is not, nor is a file that somebody names",
    arguments: ["baseline-2.json", "before-spike-baseline.json", "load.json", "spikes.json", "run.json"])
  func ownProfile(name: String) throws {
    let read = try read(["baseline.json": summary(5.5), name: summary(7.5)], profile: "baseline")
    #expect(read.result.warnings.isEmpty && read.names.count == 2)
    let named = try self.read(["spike.json": summary(5.5)], profile: "baseline", pattern: "/spike.json")
    #expect(named.result.warnings.isEmpty && named.names.count == 1)
  }

  @Test("A pipe in a folder, or found by a pattern, is left out and named", arguments: ["", "/*.json"])
  func pipes(pattern: String) throws {
    try Fixtures.withFolder { folder in
      try Fixtures.write(summary(5.5), to: folder + "/a.json")
      #expect(mkfifo(folder + "/b.json", 0o600) == 0)
      let result = Readers.read(paths: [folder + pattern], as: .profile("baseline"))
      #expect(result.usable.count == 1 && result.errors.isEmpty)
      #expect(result.notices == ["left out \(folder)/b.json: it is no regular file"])
    }
  }

  @Test("Where there is nothing but pipes, that is an error", arguments: ["", "/*.json"])
  func onlyPipes(pattern: String) throws {
    try Fixtures.withFolder { folder in
      #expect(mkfifo(folder + "/b.json", 0o600) == 0)
      let result = Readers.read(paths: [folder + pattern], as: .profile("baseline"))
      #expect(result.usable.isEmpty && result.errors.count == 1)
    }
  }

  @Test("A pipe among the results of a folder, or in a list of reports, is not waited for")
  func otherPipes() throws {
    try Fixtures.withFolder { folder in
      #expect(mkfifo(folder + "/spike.json", 0o600) == 0 && mkfifo(folder + "/new.report.json", 0o600) == 0)
      let found = try Readers.resultsFolder(folder).flatMap(\.paths)
      let result = Readers.read(paths: found, as: .profile("spike"), found: Set(found))
      #expect(result.notices == ["left out \(folder)/spike.json: it is no regular file"])
      try Fixtures.write(manifest, to: folder + "/list.json")
      let listed = Readers.read(paths: [folder + "/list.json"], as: .kind(.page))
      #expect(listed.errors.map(\.found) == ["no regular file"])
    }
  }
}
