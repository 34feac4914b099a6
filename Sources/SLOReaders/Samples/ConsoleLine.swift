/// What k6 writes for people on standard output, where `--out json=-` writes samples too: its banner, its
/// progress and its summary.
enum ConsoleLine {
  /// Whether a line is none of samples, nor what is left of one. In its summary k6 puts the tags of sub-metrics
  /// in braces, without quotes.
  static func isOne(_ line: UnsafeRawBufferPointer) -> Bool {
    let start = line.lazy.filter { !isBlank($0) }.prefix(2)
    guard let first = start.first else { return true }
    if first == UInt8(ascii: "{"),
      [UInt8(ascii: "\""), UInt8(ascii: "}"), nil].contains(start.dropFirst().first)
    {
      return false
    }
    return !["\"type\":", "\"tags\":", "\"value\":"].contains { contains($0, line) }
  }

  /// Whether a line has nothing to show.
  static func isBlank(_ line: UnsafeRawBufferPointer) -> Bool { line.allSatisfy(isBlank) }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func contains(_ word: StaticString, _ line: UnsafeRawBufferPointer) -> Bool {
    let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    return line.indices.dropLast(word.count - 1).contains {
      line[$0] == word[0] && line[$0...].starts(with: word)
    }
  }
}
