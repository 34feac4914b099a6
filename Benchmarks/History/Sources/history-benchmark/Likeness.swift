import SLOModel

/// SplitMix64 (Steele, Lea, Flood 2014), so that the history is the same on every machine.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Reading {
  /// A reading of the same series, every value within a few per cent, made at a minute of its own.
  func likeness(number: Int, using generator: inout SplitMix64) -> Reading {
    var reading = self
    let digits = String(number, radix: 16)
    reading.source.sha256 = String(repeating: "0", count: 64 - digits.count) + digits
    reading.startedAt = minute(number)
    for place in reading.measurements.indices {
      reading.measurements[place].value *= Double.random(in: 0.97...1.03, using: &generator)
    }
    return reading
  }
}

/// The minutes of a history, counted from 0.
func minute(_ number: Int) -> Timestamp {
  Timestamp(milliseconds: 1_700_000_000_000 + Int64(number) * 60_000)
}
