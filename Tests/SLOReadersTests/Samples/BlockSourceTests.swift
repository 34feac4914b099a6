import TestSupport
import Testing

@testable import SLOReaders

@Suite("Dealing out a text in blocks of whole lines")
struct BlockSourceTests {
  private struct Block: Equatable {
    var index: Int
    var text: String
    var isLast: Bool
  }

  private func blocks(of text: String, size: Int) throws -> [Block] {
    let source = BlockSource(TextStream(of: Bytes(Array(text.utf8)), path: "t"), blockSize: size)
    let buffer = TextBuffer()
    var blocks: [Block] = []
    while let place = try source.next(into: buffer) {
      blocks.append(
        Block(index: place.index, text: String(decoding: buffer.bytes, as: UTF8.self), isLast: place.isLast))
    }
    return blocks
  }

  @Test("A block holds the lines that begin in its part of the text")
  func parts() throws {
    #expect(
      try blocks(of: "a\nbb\nccc\nd\n", size: 4) == [
        Block(index: 0, text: "a\nbb\n", isLast: false), Block(index: 1, text: "ccc\n", isLast: false),
        Block(index: 2, text: "d\n", isLast: true),
      ])
  }

  @Test("A line that is longer than a block leaves the blocks empty that no line begins in")
  func longLine() throws {
    #expect(
      try blocks(of: "abcdefghij\nk\n", size: 4) == [
        Block(index: 0, text: "abcdefghij\n", isLast: false), Block(index: 2, text: "k\n", isLast: true),
      ])
  }

  @Test("The last line needs no newline, an empty text has no block")
  func ends() throws {
    #expect(try blocks(of: "a\nb", size: 100) == [Block(index: 0, text: "a\nb", isLast: true)])
    #expect(try blocks(of: "", size: 100).isEmpty)
  }

  @Test("Nothing is lost or repeated, whatever the size", arguments: 1...40)
  func whole(size: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    let lines = (0..<200).map { _ in String(repeating: "x", count: Int.random(in: 0...30, using: &random)) }
    let text = lines.joined(separator: "\n")
    let blocks = try blocks(of: text, size: size)
    #expect(blocks.map(\.text).joined() == text)
    #expect(blocks.dropLast().allSatisfy { $0.text.hasSuffix("\n") && !$0.isLast })
    #expect(blocks.last?.isLast == true)
    #expect(zip(blocks, blocks.dropFirst()).allSatisfy { $0.index < $1.index })
  }

  @Test("After a stop there are no more blocks")
  func stop() throws {
    let source = BlockSource(TextStream(of: Bytes(Array("a\nb\n".utf8)), path: "t"), blockSize: 1)
    let buffer = TextBuffer()
    #expect(try source.next(into: buffer) != nil)
    source.stop()
    #expect(try source.next(into: buffer) == nil)
  }
}
