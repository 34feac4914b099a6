extension FixedWidthInteger {
  /// The whole part of a number; the largest or the smallest integer for what lies beyond, 0 for what is no number.
  ///
  /// The one way from a number that was written, measured or stored to an integer: `Int(number)` ends the process
  /// for what it cannot hold.
  @inlinable
  package init(saturating number: Double) {
    if let exact = Self(exactly: number.rounded(.towardZero)) {
      self = exact
    } else {
      self = number > 0 ? .max : number < 0 ? .min : 0
    }
  }
}

extension Sequence<Int> {
  /// The sum; the largest or the smallest integer where it lies beyond.
  @inlinable
  package func saturatingSum() -> Int {
    reduce(0) { sum, number in
      let (next, isBeyond) = sum.addingReportingOverflow(number)
      return isBeyond ? (number < 0 ? .min : .max) : next
    }
  }
}

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
