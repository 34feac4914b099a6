import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("Every series has one measurement in a reading")
struct SeriesTests {
  private func expectOneEach(in paths: [String], of folder: String) {
    let profile = folder == "k6" ? "baseline" : nil
    let all = paths.flatMap {
      Readers.read(
        paths: [$0], as: profile.map { .profile($0) } ?? .kind(.page),
        options: ReadOptions(endpointTag: "name")
      ).usable
    }
    #expect(!all.isEmpty)
    for reading in all { #expect(reading.repeatedSeries == [], "\(reading.source.path)") }
  }

  @Test("In every file of our own", arguments: ["k6", "lighthouse", "lighthouse/lhci"])
  func own(folder: String) throws {
    let path = Fixtures.path(folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    expectOneEach(in: names.map { path + "/" + $0 }, of: folder)
  }

  @Test("In every result of real k6 binaries")
  func k6Runs() {
    let names = Fixtures.k6Runs { $0.hasSuffix(".json") || $0.hasSuffix(".json.gz") }
    expectOneEach(in: names.map(Fixtures.k6Run), of: "k6")
  }

  @Test("In every Lighthouse report of others", .enabled(if: Fixtures.lighthouseSet != nil))
  func lighthouseReports() throws {
    let root = try #require(Fixtures.lighthouseSet).path
    let names = Fixtures.lighthouseReports { $0.hasSuffix(".json") || $0.hasSuffix(".json.gz") }
    expectOneEach(in: names.map { root + "/" + $0 }, of: "lighthouse")
  }

  @Test("A report that lists a resource type twice is refused: which is meant nobody can know")
  func resourceTwice() throws {
    let text = try String(contentsOfFile: Fixtures.path("lighthouse/v12-mobile.json"), encoding: .utf8)
    let damaged = text.replacing("\"third-party\"", with: "\"script\"")
    #expect(damaged != text)
    try Fixtures.withFolder { folder in
      try Fixtures.write(damaged, to: folder + "/r.json")
      let result = Readers.read(paths: [folder + "/r.json"], as: .kind(.page))
      #expect(result.usable.isEmpty)
      #expect(result.errors.map(\.kind) == [.malformed])
      #expect(result.errors.first?.found == "the resource type \"script\" a second time")
    }
  }
}
