import Foundation
import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Load tools' results of any content")
struct LoadToolPropertyTests {
  private static let files = [
    "hey.csv", "hey.txt", "jmeter.csv", "jmeter.xml", "locust.json", "locust_stats.csv", "wrk.txt",
  ]

  private static let insertions = [
    "-1", "99999999999999999999999", "1e308", "NaN", "\"", "<", "&#xD800;", "\t", "\n", ",,", "null", "*",
    "\u{0}",
  ]

  @Test("A damaged file is an error, a run that failed, or has figures that can be", arguments: files)
  func damaged(file: String) throws {
    let whole = try #require(FileManager.default.contents(atPath: Fixtures.path("loads/" + file)))
    var random = SeededGenerator(seed: 20_261_130)
    for _ in 0..<60 {
      var bytes = Array(whole)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 30))
        case 2: bytes.removeSubrange(place...)
        default:
          bytes.insert(
            contentsOf: Array((Self.insertions.randomElement(using: &random) ?? "").utf8), at: place)
        }
        if bytes.isEmpty { bytes = Array("x".utf8) }
      }
      let result = try Fixtures.withFolder { folder in
        try Fixtures.write(bytes, to: folder + "/result")
        return Readers.read(paths: [folder + "/result"], as: .profile("baseline"))
      }
      #expect(result.usable.count + result.errors.count == 1)
      for measurement in result.usable.flatMap(\.measurements) {
        #expect(measurement.unit.possibleValues.contains(measurement.value), "\(measurement)")
        #expect(measurement.value.isFinite)
      }
    }
  }

  @Test("A file is the same packed, with a byte order mark, and with the line ends of Windows")
  func packed() throws {
    for file in ["jmeter.csv", "locust_stats.csv", "hey.txt", "hey.csv", "wrk.txt"] {
      let text = try String(contentsOfFile: Fixtures.path("loads/" + file), encoding: .utf8)
      let plain = try #require(try LoadTexts.read(text).usable.first)
      let lines = text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
      #expect(try LoadTexts.read(lines).usable.first?.measurements == plain.measurements, "\(file)")
      #expect(
        try LoadTexts.read("\u{FEFF}" + text).usable.first?.measurements == plain.measurements, "\(file)")
      let packed = try Fixtures.withFolder { folder in
        try Fixtures.write(Fixtures.gzipped(Array(text.utf8)), to: folder + "/result.gz")
        return Readers.read(paths: [folder + "/result.gz"], as: .profile("baseline"))
      }
      #expect(Readers.settled(packed.usable).first?.measurements == plain.measurements, "\(file)")
    }
  }

  @Test("Beyond 1,000 names all but the busiest are put together, and nothing is lost")
  func limit() throws {
    let rows = (0..<1_100).flatMap { number in
      (0..<(number < 1_000 ? 2 : 1)).map { LoadTexts.sample("name \(number)", at: $0, took: 5) }
    }
    let result = try LoadTexts.read(LoadTexts.jmeter(rows))
    #expect(result.endpoints.count == 1_002)
    #expect(result.load("http_reqs", .count, "(other)") == 100 && result.load("http_reqs", .count) == 2_100)
    #expect(result.usable.first?.notices.first?.hasPrefix("more than 1000 endpoints") == true)
  }
}
