/// The ASCII classes of a byte of UTF-8 text.
extension UInt8 {
  /// `0` to `9`.
  @inlinable @inline(__always)
  package var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  /// `a` to `z` in either case.
  @inlinable @inline(__always)
  package var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  /// `0` to `9` and `a` to `f` in either case.
  @inlinable @inline(__always)
  package var isHexDigit: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }

  /// The lower case of `A` to `Z`; any other byte as it is.
  @inlinable @inline(__always)
  package var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}
