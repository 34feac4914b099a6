import Foundation
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Both paths through k6's CSV give the same")
struct CSVPathsTests {
  static let own = ["odd-names", "odd-values", "truncated", "v0.29.0"].map {
    Fixtures.path("k6/\($0)-samples.csv")
  }
  static let runs = Fixtures.k6Runs { $0.hasSuffix("csv") || $0.hasSuffix("csv.gz") }.map(Fixtures.k6Run)

  @Test("On real files", arguments: own + runs)
  func files(path: String) throws {
    let text = try Fixtures.text(atPath: path)
    let cuts = text.indices.filter { text[$0] == UInt8(ascii: "\n") && $0 % 97 == 0 }.map { $0 + 1 }
      .filter { $0 < text.count }
    let fast = try DecodedCSV(text)
    #expect(try DecodedCSV(text, usesTemplates: false) == fast)
    #expect(try DecodedCSV(text, cutAt: cuts) == fast)
  }

  @Test("On files changed at random, where both give the same error", arguments: own, [1, 2] as [UInt64])
  func mutations(path: String, seed: UInt64) throws {
    let original = Array(try Fixtures.text(atPath: path).prefix(9_000))
    var random = SeededGenerator(seed: seed)
    var faults = 0
    for _ in 0..<150 {
      var text = original
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&text, &random) }
      let fast = Result { () throws(InputError) in try DecodedCSV(text) }
      let plain = Result { () throws(InputError) in try DecodedCSV(text, usesTemplates: false) }
      #expect(fast == plain)
      if case .failure = fast { faults += 1 }
    }
    #expect((1..<150).contains(faults))
  }

  /// Changes a byte, mostly to one that matters, or doubles a piece, or takes it out.
  private func mutate(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    let at = Int.random(in: 0..<text.count, using: &random)
    let piece = at..<min(text.count, at + Int.random(in: 1...30, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: text[at] = UInt8.random(in: 0...255, using: &random)
    case 1: text.insert(contentsOf: text[piece], at: at)
    case 2: text.removeSubrange(piece)
    default: text[at] = Array("\",\n\r 1T".utf8).randomElement(using: &random) ?? 0
    }
  }
}
