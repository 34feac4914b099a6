import Foundation
import Testing

@testable import SLOReaders

@Suite("Opening inputs")
struct SourceFileTests {
  static let text = #"{"metrics":{"påvirket":{"count":1,"rate":2}}}"#

  static let encoded: [[UInt8]] = [
    Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8),
    [0xFF, 0xFE] + text.utf16.flatMap(littleEndian),
    [0xFE, 0xFF] + text.utf16.flatMap { littleEndian($0).reversed() },
  ]

  private static func littleEndian(_ unit: UInt16) -> [UInt8] { [UInt8(unit & 255), UInt8(unit >> 8)] }

  @Test("Every encoding gives the same text", arguments: encoded)
  func encodings(bytes: [UInt8]) throws {
    let file = SourceFile(path: "f", bytes: bytes)
    #expect(try file.text().withBytes { String(decoding: $0, as: UTF8.self) } == Self.text)
    #expect(try file.textPrefix().withBytes { String(decoding: $0, as: UTF8.self) } == Self.text)
  }

  @Test("UTF-16 keeps what lies outside the first plane")
  func surrogates() throws {
    let bytes = [0xFF, 0xFE] + "\"🚀\"".utf16.flatMap(Self.littleEndian)
    let text = try SourceFile(path: "f", bytes: bytes).text()
    #expect(text.withBytes { String(decoding: $0, as: UTF8.self) } == "\"🚀\"")
  }

  @Test(
    "Broken UTF-16 is named with its byte",
    arguments: [([0xFF, 0xFE, 0x22, 0x00, 0x00, 0xDC], 4), ([0xFF, 0xFE, 0x22], 2)] as [([UInt8], Int)])
  func brokenUTF16(bytes: [UInt8], offset: Int) {
    let error = #expect(throws: InputError.self) { _ = try SourceFile(path: "f", bytes: bytes).text() }
    #expect(error?.place == .byte(offset))
  }

  @Test("The digest is of the bytes on disk (FIPS 180-4's example)")
  func digest() throws {
    #expect(
      try SourceFile(path: "f", bytes: Array("abc".utf8)).sha256()
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test(
    "A file is the same whatever its size, looked at before or not",
    arguments: [1, 20_000, 5 << 20], [false, true])
  func whole(size: Int, isLookedAt: Bool) throws {
    try Fixtures.withFolder { folder in
      let bytes = (0..<size).map { UInt8(ascii: "a") + UInt8($0 % 23) }
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/f"))
      let file = try SourceFile(opening: folder + "/f")
      if isLookedAt { #expect(try file.textPrefix().withBytes { $0.elementsEqual(bytes.prefix(16_384)) }) }
      #expect(try file.raw().withBytes { $0.elementsEqual(bytes) })
      #expect(try file.textStream().progress.size == size)
    }
  }

  @Test("A file that became shorter since it was opened is read as far as it goes", arguments: [0, 1, 1_000])
  func shrinking(size: Int) throws {
    try Fixtures.withFolder { folder in
      let path = folder + "/f"
      try Data(repeating: UInt8(ascii: " "), count: 5 << 20).write(to: URL(fileURLWithPath: path))
      let file = try SourceFile(opening: path)
      #expect(truncate(path, size) == 0)
      // The first page was looked at before.
      #expect(try file.raw().withBytes(\.count) == max(1, size))
    }
  }

  @Test("A file larger than any result is refused before it is read")
  func tooLarge() throws {
    try Fixtures.withFolder { folder in
      let path = folder + "/f"
      try Fixtures.write("{", to: path)
      #expect(truncate(path, 1 << 40) == 0)
      let error = #expect(throws: InputError.self) { _ = try SourceFile(opening: path).raw() }
      #expect(error?.kind == .malformed && error?.found == "more than 1024 MiB")
    }
  }

  @Test("Missing files and folders are unreadable, empty files malformed")
  func unreadable() throws {
    try Fixtures.withFolder { folder in
      try Fixtures.write("", to: folder + "/empty.json")
      let kinds = ["/missing.json", "", "/empty.json"].map { name in
        (#expect(throws: InputError.self) { _ = try SourceFile(opening: folder + name) })?.kind
      }
      #expect(kinds == [.unreadable, .unreadable, .malformed])
    }
  }
}
