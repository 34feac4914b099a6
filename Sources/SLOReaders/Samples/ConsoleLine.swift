/// What k6 writes for people on standard output, where `--out json=-` writes samples too: its banner before them,
/// its progress between them, and its summary behind them.
enum ConsoleLine {
  /// Whether a line is none of samples, nor what is left of one. In its summary k6 puts the tags of sub-metrics
  /// in braces, without quotes; a script may write a summary of its own.
  static func isOne(_ line: UnsafeRawBufferPointer) -> Bool {
    let start = line.lazy.filter { !isBlank($0) }.prefix(2)
    guard let first = start.first else { return true }
    if first == UInt8(ascii: "{"), let second = start.dropFirst().first {
      if second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") { return false }
    } else if first == UInt8(ascii: "{") {
      return line.last == UInt8(ascii: "\n")
    }
    return !(["\"type\":", "\"tags\":", "\"value\":"] as [StaticString]).contains { line[...].contains($0) }
  }

  /// Whether a line has nothing to show.
  static func isBlank(_ line: UnsafeRawBufferPointer) -> Bool { line.allSatisfy(isBlank) }

  /// Whether a line may stand between samples: k6's progress, and its log where somebody merged the streams.
  static func isProgress(_ line: UnsafeRawBufferPointer) -> Bool {
    let beginnings = ["running (", "time=\"", "INFO[", "WARN[", "ERRO[", "DEBU["]
    return isBlank(line) || beginnings.contains { line.starts(with: $0.utf8) } || line[...].contains("% ]")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
