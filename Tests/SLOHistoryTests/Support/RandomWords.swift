import TestSupport

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
