import Foundation
import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Damaged files never do worse than an error")
struct MutationTests {
  static let files = [
    "k6/odd-names-summary-export.json", "k6/baseline-machine-readable.json", "lighthouse/v12-mobile.json",
  ]

  private func read(_ bytes: [UInt8]) throws(InputError) {
    let file = SourceFile(path: "f", bytes: bytes)
    guard case .results(let results) = try Format(of: file) else { return }
    for reading in try results.readings(of: file, profile: nil, ReadOptions()) {
      #expect(reading.measurements.first { !$0.value.isFinite } == nil)
    }
  }

  @Test("Cut anywhere, a file is an error", arguments: files)
  func truncations(name: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Fixtures.path(name))))
    let content = bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0
    for length in stride(from: 1, to: content, by: 97) {
      #expect(throws: InputError.self) { try read(Array(bytes.prefix(length))) }
    }
  }

  @Test(
    "With bytes changed at random, a file is an error or a reading", arguments: files, [11, 12] as [UInt64])
  func flips(name: String, seed: UInt64) throws {
    let original = Array(try Data(contentsOf: URL(fileURLWithPath: Fixtures.path(name))))
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      do { try read(bytes) } catch { #expect(!error.description.isEmpty) }
    }
  }
}
