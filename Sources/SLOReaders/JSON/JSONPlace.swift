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
    let base = address.assumingMemoryBound(to: UInt8.self)
    var path = "$"
    var at = JSONScanner.skipBlanks(base, 0, text.count)
    while let step = child(of: at, around: offset, base, text.count) {
      path += step.name
      at = step.start
    }
    return path
  }

  private static func child(
    of start: Int, around offset: Int, _ base: UnsafePointer<UInt8>, _ count: Int
  ) -> (name: String, start: Int)? {
    guard start < count, base[start] == UInt8(ascii: "{") || base[start] == UInt8(ascii: "[") else {
      return nil
    }
    let inObject = base[start] == UInt8(ascii: "{")
    var at = JSONScanner.skipBlanks(base, start + 1, count)
    var index = 0
    while at <= offset, at < count, base[at] != UInt8(ascii: "}"), base[at] != UInt8(ascii: "]") {
      var name = "[\(index)]"
      if inObject {
        guard base[at] == UInt8(ascii: "\"") else { return nil }
        let keyEnd = JSONScanner.skipString(base, at, count)
        guard keyEnd - at >= 2 else { return nil }
        name = step(UnsafeRawBufferPointer(start: base + at + 1, count: keyEnd - at - 2))
        let colon = JSONScanner.skipBlanks(base, keyEnd, count)
        guard colon < count, base[colon] == UInt8(ascii: ":") else {
          return offset >= at && offset < keyEnd ? (name, count) : nil
        }
        // The key belongs to its member.
        if offset < colon { return (name, count) }
        at = JSONScanner.skipBlanks(base, colon + 1, count)
      }
      let end = JSONScanner.skipValue(base, at, count)
      if offset < end || end == count { return (name, at) }
      at = JSONScanner.skipBlanks(base, end, count)
      if at < count, base[at] == UInt8(ascii: ",") { at = JSONScanner.skipBlanks(base, at + 1, count) }
      index += 1
    }
    return nil
  }

  private static func step(_ key: UnsafeRawBufferPointer) -> String {
    let plain = key.allSatisfy {
      JSONScanner.isWord($0) && $0 != UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
    }
    if plain, !key.isEmpty { return "." + UntrustedText.escaped(String(decoding: key, as: UTF8.self)) }
    return "[" + UntrustedText.quoted(String(decoding: key, as: UTF8.self), limit: 80) + "]"
  }
}
