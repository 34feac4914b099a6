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

  @Test(
    "In every file of the shared set", .enabled(if: Fixtures.shared != nil), arguments: ["k6", "lighthouse"])
  func shared(folder: String) throws {
    let root = try #require(Fixtures.shared).appendingPathComponent(folder).path
    let names = Fixtures.shared(folder) { $0.hasSuffix(".json") || $0.hasSuffix(".json.gz") }
    expectOneEach(in: names.map { root + "/" + $0 }, of: folder)
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
