/// SplitMix64 (Steele, Lea, Flood 2014): the same sequence for the same seed, on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SeededGenerator {
  /// A word of up to `length` scalars of the kinds that break formats.
  mutating func word(upTo length: Int = 6) -> String {
    let scalars = Array("ab\"\\{}:,[] \n\t\u{1}\u{0}\u{7f}é漢🙂'%_/".unicodeScalars)
    var word = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...length, using: &self) {
      word.append(scalars[Int.random(in: 0..<scalars.count, using: &self)])
    }
    return String(word)
  }

  mutating func maybe<Value>(_ make: (inout SeededGenerator) -> Value) -> Value? {
    Bool.random(using: &self) ? make(&self) : nil
  }

  mutating func list<Value>(upTo length: Int = 4, _ make: (inout SeededGenerator) -> Value) -> [Value] {
    (0..<Int.random(in: 0...length, using: &self)).map { _ in make(&self) }
  }

  mutating func words() -> [String: String] {
    Dictionary(list { ($0.word(), $0.word()) }) { first, _ in first }
  }
}
