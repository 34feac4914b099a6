extension FixedWidthInteger {
  /// The whole part of a number; the largest or the smallest integer for what lies beyond, 0 for what is no number.
  ///
  /// The one way from a number that somebody wrote, measured or stored to an integer: `Int(number)` ends the process
  /// for what it cannot hold.
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
  package func saturatingSum() -> Int {
    reduce(0) { sum, number in
      let (next, isBeyond) = sum.addingReportingOverflow(number)
      return isBeyond ? (number < 0 ? .min : .max) : next
    }
  }
}
