import TestSupport
import Testing

@testable import SLOHistory

@Suite("Cells of a tile")
struct CellsTests {
  @Test("Cells come back as they went in, to the last bit", arguments: 0..<200)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let cells = generator.cells()
    let decoded = try #require(Cells(encoded: cells.encoded))
    #expect(decoded == cells)
    #expect(decoded.list.map(\.value.bitPattern) == cells.list.map(\.value.bitPattern))
    #expect(decoded.encoded == cells.encoded)
  }

  @Test("Some cells are read as if they were alone", arguments: 0..<50)
  func wanted(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (cells, wanted) = (generator.cells(), generator.next())
    let decoded = try #require(Cells(encoded: cells.encoded, wanted: wanted))
    #expect(decoded.list == cells.list.filter { wanted >> UInt64($0.slot) & 1 == 1 })
  }

  @Test("A metric's statistics take their values and a few bytes more")
  func size() {
    let cells = (0..<64).map {
      Cells.Cell(slot: $0, value: Double($0) / 7, samples: 4_810 + $0 / 8, place: 640 + $0)
    }
    #expect(Cells(cells).encoded.count == 9 + 64 * 8 + 8 * 3 + 3)
  }

  @Test("The layout is what files have")
  func layout() {
    let cells = Cells([
      .init(slot: 63, value: -2, samples: nil, place: 300), .init(slot: 1, value: 1, samples: 0, place: 4),
    ])
    #expect(
      cells.encoded == [1, 2, 0, 0, 0, 0, 0, 0, 0x80]
        + [0, 0, 0, 0, 0, 0, 0xF0, 0x3F] + [0, 0, 0, 0, 0, 0, 0, 0xC0]
        + [1, 1, 1, 0] + [1, 4, 1, 0xAC, 2])
  }

  @Test("Bytes that are no cells are reported from cells, and never a crash", arguments: 0..<300)
  func hostile(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bytes = generator.cells().encoded
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
      case 1: bytes.append(UInt8.random(in: 0...255, using: &generator))
      case 2 where !bytes.isEmpty:
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      default: bytes += [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
      }
    }
    guard let cells = Cells(encoded: bytes) else { return }
    #expect(Cells(encoded: cells.encoded) == cells)
    #expect(cells.list.allSatisfy { $0.value.isFinite && $0.samples ?? 0 >= 0 && $0.place >= 0 })
  }

  @Test(
    "What was cut, goes on, claims too much or holds nothing is refused",
    arguments: [
      [], [1], [2, 1, 0, 0, 0, 0, 0, 0, 0] + one + [1, 0, 1, 0],  // another version
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],  // no slot
      head + one, head + one + [1, 0, 1], head + one + [1, 0, 1, 0, 0],
      head + one + [2, 0, 1, 0], head + one + [0, 0, 1, 0, 1, 0],  // stretches of another length
      head + [0, 0, 0, 0, 0, 0, 0xF0, 0x7F] + [1, 0, 1, 0],  // infinity
      head + one + [1, 0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 1, 0],  // 2⁵³ + 1 samples
      [1, 255, 255, 255, 255, 255, 255, 255, 255] + one,
    ] as [[UInt8]])
  func refused(bytes: [UInt8]) {
    #expect(Cells(encoded: bytes) == nil)
  }

  private static let head: [UInt8] = [1, 1, 0, 0, 0, 0, 0, 0, 0]
  private static let one: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]

  @Test("What the refused bytes were cut from is taken")
  func taken() {
    #expect(
      Cells(encoded: CellsTests.head + CellsTests.one + [1, 0, 1, 0])
        == Cells([.init(slot: 0, value: 1, samples: nil, place: 0)]))
  }
}

extension SeededGenerator {
  fileprivate mutating func cells() -> Cells {
    let slots = (0..<64).shuffled(using: &self).prefix(Int.random(in: 1...64, using: &self))
    let (samples, place) = (maybe { Int.random(in: 0...1 << 53, using: &$0) }, next() >> 40)
    return Cells(
      slots.map { slot in
        let value = Double(bitPattern: next())
        return Cells.Cell(
          slot: slot, value: value.isFinite ? value : -0.0,
          samples: maybe { _ in samples } ?? maybe { Int.random(in: 0...300, using: &$0) },
          place: maybe { _ in Int(place) + slot } ?? Int(next() >> 8))
      })
  }
}
