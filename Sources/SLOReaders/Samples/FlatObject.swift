internal import Glibc

/// A JSON object whose keys and values are plain strings without escapes, as tags nearly always are.
enum FlatObject {
  /// More members than this are left to the general parser.
  private static let memberLimit = 32

  /// Proves that such an object stands at an offset, without a blank and without a key twice.
  /// - Returns: the offset behind it; nil where something else stands there, which may well be JSON.
  static func end(_ base: UnsafePointer<UInt8>, at start: Int, limit: Int) -> Int? {
    guard start + 1 < limit, base[start] == UInt8(ascii: "{") else { return nil }
    if base[start + 1] == UInt8(ascii: "}") { return start + 2 }
    return withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: memberLimit) { keys in
      var at = start + 1
      for count in 0..<memberLimit {
        guard let key = plainString(base, at, limit), key + 1 < limit, base[key] == UInt8(ascii: ":"),
          let value = plainString(base, key + 1, limit), value < limit
        else { return nil }
        keys[count] = at..<key
        for other in keys[..<count]
        where other.count == key - at && memcmp(base + other.lowerBound, base + at, key - at) == 0 {
          return nil
        }
        if base[value] == UInt8(ascii: "}") { return value + 1 }
        guard base[value] == UInt8(ascii: ",") else { return nil }
        at = value + 1
      }
      return nil
    }
  }

  /// The offset behind a string of plain ASCII.
  @inline(__always)
  private static func plainString(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    guard start < limit, base[start] == UInt8(ascii: "\"") else { return nil }
    let end = JSONScanner.skipPlain(base, start + 1, limit)
    return end < limit && base[end] == UInt8(ascii: "\"") ? end + 1 : nil
  }
}
