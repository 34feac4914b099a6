import Foundation
import Testing

@testable import SLOReaders

@Suite("Inflating gzip")
struct GzipInflaterTests {
  /// `hello` and `world` as `gzip -n` writes them.
  static let hello: [UInt8] = [
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0,
    0,
  ]
  static let world: [UInt8] = [
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x2b, 0xcf, 0x2f, 0xca, 0x49, 1, 0, 0x43, 0x11, 0x77, 0x3a, 5, 0, 0,
    0,
  ]

  private func inflate(_ bytes: [UInt8], upTo length: Int? = nil, limit: Int = 100) throws -> String {
    try bytes.withUnsafeBytes {
      String(decoding: try GzipInflater.inflate($0, upTo: length, limit: limit), as: UTF8.self)
    }
  }

  @Test("Members follow one another, padding is ignored")
  func members() throws {
    #expect(try inflate(Self.hello) == "hello")
    #expect(try inflate(Self.hello + Self.world) == "helloworld")
    #expect(try inflate(Self.hello + [0, 0, 0]) == "hello")
  }

  @Test("A prefix can be had of what is cut off behind it")
  func prefix() throws {
    #expect(try inflate(Array(Self.hello.dropLast(8)), upTo: 3).hasPrefix("hel"))
  }

  @Test("Every cut is named as one", arguments: 2..<25)
  func truncated(length: Int) {
    let fault = #expect(throws: GzipFault.self) { try inflate(Array(Self.hello.prefix(length))) }
    #expect(fault == GzipFault(reason: .truncated, offset: length))
  }

  @Test("A flipped bit is found", arguments: [10, 14, 17, 22])
  func corrupt(position: Int) {
    var bytes = Self.hello
    bytes[position] ^= 0x10
    #expect(throws: GzipFault.self) { try inflate(bytes) }
  }

  @Test("Other bytes behind a member are refused with their offset")
  func trailing() {
    let fault = #expect(throws: GzipFault.self) { try inflate(Self.hello + Array("log".utf8)) }
    #expect(fault == GzipFault(reason: .trailing, offset: 25))
  }

  @Test("More than the limit is refused")
  func limit() {
    let fault = #expect(throws: GzipFault.self) { try inflate(Self.hello + Self.world, limit: 8) }
    #expect(fault?.reason == .tooLarge(limit: 8))
  }
}
