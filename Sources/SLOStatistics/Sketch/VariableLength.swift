/// Whole numbers in as few bytes as they need (LEB128): seven bits a byte, the lowest first, the eighth bit set
/// where more follow. Signed numbers are folded so that small ones are short whatever their sign (zig-zag).
extension [UInt8] {
  /// Appends a number from 0.
  package mutating func append(variable number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest > 0x7F {
      append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Appends a number of either sign.
  package mutating func append(folded number: Int) { append(variable: number << 1 ^ number >> 63) }

  /// Appends the eight bytes of a number, the lowest first.
  package mutating func append(fixed number: Double) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
    }
  }
}

extension ArraySlice<UInt8> {
  /// Takes a number from 0 off the front.
  /// - Returns: nil where the bytes end within it, or it does not fit.
  package mutating func popVariable() -> Int? {
    popWord().flatMap { Int(exactly: $0) }
  }

  /// Takes a number of either sign off the front.
  /// - Returns: nil where the bytes end within it, or it does not fit.
  package mutating func popFolded() -> Int? {
    popWord().map { Int(bitPattern: UInt(truncatingIfNeeded: $0 >> 1 ^ (0 &- $0 & 1))) }
  }

  /// Takes eight bytes off the front.
  /// - Returns: nil where there are fewer.
  package mutating func popFixed() -> Double? {
    guard count >= 8 else { return nil }
    let bits = prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    removeFirst(8)
    return Double(bitPattern: bits)
  }

  private mutating func popWord() -> UInt64? {
    var word: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard let byte = popFirst() else { return nil }
      word |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return word }
    }
    return nil
  }
}
