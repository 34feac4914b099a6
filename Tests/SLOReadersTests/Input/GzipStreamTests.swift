import TestSupport
import Testing

@testable import SLOReaders

@Suite("Inflating gzip as it comes")
struct GzipStreamTests {
  /// Inflates bytes that come in pieces of one size, into buffers of another.
  private func inflate(_ bytes: [UInt8], pieces: Int, buffers: Int = 1 << 16) throws -> (
    text: [UInt8], fault: GzipFault?
  ) {
    var position = 0
    var stream = GzipStream { buffer in
      let piece = bytes[position...].prefix(min(pieces, buffer.count))
      buffer.copyBytes(from: piece)
      position += piece.count
      return piece.count
    }
    var text: [UInt8] = []
    do throws(GzipStream.Failure) {
      while true {
        let next = try [UInt8](upTo: buffers) { buffer throws(GzipStream.Failure) in
          try stream.read(into: buffer)
        }
        if next.isEmpty { return (text, nil) }
        text += next
      }
    } catch {
      guard case .data(let fault) = error else { throw error }
      return (text, fault)
    }
  }

  @Test("Members and padding may be cut into pieces of any size", arguments: 1...60)
  func pieces(size: Int) throws {
    let bytes = GzipInflaterTests.hello + GzipInflaterTests.world + [0, 0] + GzipInflaterTests.hello + [0]
    let (text, fault) = try inflate(bytes, pieces: size)
    #expect(String(decoding: text, as: UTF8.self) == "helloworldhello" && fault == nil)
  }

  @Test("A long text comes back in buffers of any size", arguments: [1, 7, 1_000, 1 << 17])
  func buffers(size: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    let text = (0..<(size == 1 ? 500 : 60_000)).flatMap { number in
      Array("line \(number % 100) \(UInt8.random(in: 0...9, using: &random))\n".utf8)
    }
    let bytes = Fixtures.gzipped(text)
    for pieces in [1_001, 1 << 18] {
      let (inflated, fault) = try inflate(bytes + bytes, pieces: pieces, buffers: size)
      #expect(fault == nil)
      #expect(inflated == text + text)
    }
  }

  @Test("Of a file that is cut off everything before the cut is delivered")
  func truncated() throws {
    let text = (0..<20_000).flatMap { Array("sample \($0 &* 7919 % 1_000)\n".utf8) }
    let bytes = Fixtures.gzipped(text)
    let (whole, fault) = try inflate(Array(bytes.dropLast(9)), pieces: 777)
    #expect(fault == GzipFault(reason: .truncated, offset: bytes.count - 9))
    #expect(text.starts(with: whole) && whole.count > text.count - 40_000)
    // Without its last bytes the text is whole, but nobody can know that it is right.
    let (unproven, reason) = try inflate(Array(bytes.dropLast(1)), pieces: 777)
    #expect(unproven == text && reason?.reason == .truncated)
  }

  @Test("A wrong checksum or length is found at the end", arguments: [1, 5])
  func checksum(place: Int) throws {
    var bytes = Fixtures.gzipped(Array("some text\n".utf8))
    bytes[bytes.count - place] ^= 1
    let (_, fault) = try inflate(bytes, pieces: 3)
    guard case .corrupt = fault?.reason else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }
}
