import SLOSupport

/// A part of a file's name, as names are put in order by.
enum NamePart: Hashable, Comparable {
  /// Anything that is neither a letter nor a digit.
  case sign(UInt8)
  /// A number, by its length without zeros in front and its digits.
  case number(Int, String)
  /// A word, those that name a moment first: 0 before a run, 1 after it, 2 for any other.
  case word(Int, String)

  /// What snapshots before and after a run are called.
  private static let moments = [
    "before": 0, "pre": 0, "start": 0, "after": 1, "post": 1, "end": 1, "stop": 1,
  ]

  /// The parts of a name.
  static func parts(of name: String) -> [NamePart] {
    var parts: [NamePart] = []
    var rest = name.utf8[...]
    while let first = rest.first {
      if first.isDigit {
        let digits = rest.prefix { $0.isDigit }.drop { $0 == UInt8(ascii: "0") }
        rest = rest.drop { $0.isDigit }
        parts.append(.number(digits.count, String(Substring(digits))))
      } else if isOfWord(first) {
        let word = String(Substring(rest.prefix(while: isOfWord)))
        rest = rest.drop(while: isOfWord)
        parts.append(.word(moments[word.lowercased()] ?? 2, word))
      } else {
        parts.append(.sign(first))
        rest.removeFirst()
      }
    }
    return parts
  }

  /// A letter of any alphabet: what is no ASCII is one.
  private static func isOfWord(_ byte: UInt8) -> Bool { byte.isLetter || byte >= 0x80 }
}
