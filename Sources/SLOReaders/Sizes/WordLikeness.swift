internal import SLOSupport

/// Whether a short text reads like a name that people gave.
///
/// A name has parts between `-` and `_`, each of letters with digits behind them: `UserList`, `en-US-12`, `chapter1`. Its
/// words are in one case but for their first letter. Capitals that form no word, as of base 32, and letters in an order
/// that words do not have are none.
enum WordLikeness {
  /// Whether a text of letters, digits, `-` and `_` reads like a name.
  static func isName(_ text: ArraySlice<UInt8>) -> Bool {
    let hasDigit = text.contains(where: \.isDigit)
    let hasCapital = text.contains(where: FileHash.isCapital)
    guard hasCapital || hasDigit else { return true }
    let parts = text.split(omittingEmptySubsequences: false) { !$0.isLetter && !$0.isDigit }
    guard parts.allSatisfy(isNumberedWord) else { return false }
    let words = parts.flatMap(words)
    let letters = words.reduce(0) { $0 + $1.count }
    guard words.count <= max(1, text.count / 3) + (parts.count > 1 ? 1 : 0) else { return false }
    let score = words.reduce(0) { $0 + self.score(of: $1) }
    // A word in capitals alone is rare in the name of a file, and a hash in base 32 is not.
    return text.contains(where: isSmall) ? score > 0 : 10 * score > 9 * letters
  }

  private static func isSmall(_ byte: UInt8) -> Bool { byte.isLetter && !FileHash.isCapital(byte) }

  /// Whether a part is letters with digits behind them, or digits alone.
  private static func isNumberedWord(_ part: ArraySlice<UInt8>) -> Bool {
    !part.isEmpty && part.drop(while: \.isLetter).allSatisfy(\.isDigit)
  }

  /// The words of a part in lower case: a capital behind a small letter, or before one, begins another.
  private static func words(of part: ArraySlice<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = []
    let letters = part.prefix(while: \.isLetter)
    for index in letters.indices {
      let isAfterSmall = index > letters.startIndex && isSmall(letters[index - 1])
      let isBeforeSmall = index + 1 < letters.endIndex && isSmall(letters[index + 1])
      if words.isEmpty || FileHash.isCapital(letters[index]) && (isAfterSmall || isBeforeSmall) {
        words.append([])
      }
      words[words.count - 1].append(letters[index] | 0x20)
    }
    return words
  }

  /// How much likelier the pairs of letters of a word are than in random text: the sum of binary logarithms.
  private static func score(of word: [UInt8]) -> Int {
    var (score, row) = (0, 0)
    for letter in word {
      let column = Int(letter) - 97
      score += Int(pairs[row * 26 + column]) - 53
      row = column + 1
    }
    return score
  }

  /// Of each pair of letters the binary logarithm of how much likelier it is than by chance, plus 5: rows are the first
  /// letter, the first row the beginning of a word. Counted over the 7,875 words that occur in eight or more names of
  /// npm packages.
  private static let pairs: [UInt8] = Array(
    [
      "65655555544565562676444223",
      "15652351524656160767443243",
      "74436221632733730662621040",
      "60336227516531730546510030",
      "65448432724532630552522340",
      "54654441222557342876243532",
      "61336501733722710645501361",
      "62427256630646631754510232",
      "73328210722143734536511051",
      "54655550113657651566241404",
      "62327002502030523292623020",
      "64348354721444541465520251",
      "73458321723630730255522050",
      "75347221722453662252512130",
      "62667462634324630267442241",
      "44550341434667550755545321",
      "72337225613732650755501230",
      "41141111411711441544914414",
      "73558331724354731466432140",
      "52647326624443663267534140",
      "72437315722432730665503150",
      "55555340612667160776220401",
      "72339343702230520043412210",
      "71448225713435730551201130",
      "54547434740450570457424250",
      "55546443453666570475534203",
      "61138113614543711333514355",
    ].joined().utf8)
}
