/// Where an offset of a JSON text is, for people. Worked out from the root, and only when something is wrong,
/// so it must also find its way through a text that stops being JSON at that offset.
enum JSONPlace {
  /// Line, column and JSON path of an offset.
  static func of(_ offset: Int, in text: UnsafeRawBufferPointer) -> InputError.Place {
    let (line, column) = lineAndColumn(of: offset, in: text)
    return .text(line: line, column: column, path: path(to: offset, in: text))
  }

  /// Line and column from 1; columns count Unicode scalars.
  static func lineAndColumn(of offset: Int, in text: UnsafeRawBufferPointer) -> (line: Int, column: Int) {
    let before = text.prefix(offset)
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    let column = before[lineStart...].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return (line, column)
  }

  /// The path of the innermost value around an offset: `$.metrics.http_reqs`, `$[0]["a b"]`.
  static func path(to offset: Int, in text: UnsafeRawBufferPointer) -> String {
    guard let address = text.baseAddress else { return "$" }
    // What lies behind the offset is of no interest, and may be long or no JSON.
    let walk = Walk(
      base: address.assumingMemoryBound(to: UInt8.self), count: text.count, end: min(text.count, offset + 1))
    var steps: [String] = []
    var at = walk.skipBlanks(0)
    while let step = walk.child(of: at) {
      steps.append(step.name)
      at = step.start
    }
    if steps.count > 12 { steps.replaceSubrange(6..<steps.count - 3, with: ["…"]) }
    return "$" + steps.joined()
  }

  /// A walk from the root to an offset.
  private struct Walk {
    let base: UnsafePointer<UInt8>
    let count: Int
    /// Behind the offset.
    let end: Int

    /// The child of the container at `start` that holds the offset.
    func child(of start: Int) -> (name: String, start: Int)? {
      guard start < end, base[start] == UInt8(ascii: "{") || base[start] == UInt8(ascii: "[") else {
        return nil
      }
      var at = skipBlanks(start + 1)
      var index = 0
      while at < end, base[at] != UInt8(ascii: "}"), base[at] != UInt8(ascii: "]") {
        var name = "[\(index)]"
        if base[start] == UInt8(ascii: "{") {
          guard base[at] == UInt8(ascii: "\"") else { return nil }
          let keyEnd = JSONScanner.skipString(base, at, count)
          if keyEnd == count { return nil }
          name = JSONPlace.step(UnsafeRawBufferPointer(start: base + at + 1, count: keyEnd - at - 2))
          let colon = skipBlanks(keyEnd)
          guard colon < end, base[colon] == UInt8(ascii: ":") else { return (name, end) }
          at = skipBlanks(colon + 1)
        }
        let next = JSONScanner.skipValue(base, at, end)
        if next >= end { return (name, at) }
        at = skipBlanks(next)
        if at < end, base[at] == UInt8(ascii: ",") { at = skipBlanks(at + 1) }
        index += 1
      }
      return nil
    }

    func skipBlanks(_ start: Int) -> Int { JSONScanner.skipBlanks(base, start, end) }
  }

  private static func step(_ key: UnsafeRawBufferPointer) -> String {
    let plain = key.allSatisfy {
      JSONScanner.isWord($0) && $0 != UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
    }
    if plain, !key.isEmpty { return "." + UntrustedText.escaped(String(decoding: key, as: UTF8.self)) }
    return "[" + UntrustedText.quoted(String(decoding: key, as: UTF8.self), limit: 80) + "]"
  }
}
