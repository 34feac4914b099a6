internal import SLOSupport

/// Whether a short text reads like a name that people gave.
///
/// A name is words, each in one case but for its first letter, with digits behind them: `UserList`, `en-us-v2`,
/// `chapter1`. Capitals that form no word, as of base 32, and letters in an order that words do not have are none.
enum WordLikeness {
  /// Whether a text of letters, digits, `-` and `_` reads like a name.
  static func isName(_ text: ArraySlice<UInt8>) -> Bool {
    let hasCapital = text.contains(where: FileHash.isCapital)
    let hasSmall = text.contains { $0.isLetter && !FileHash.isCapital($0) }
    guard hasCapital else { return !text.contains(where: \.isDigit) || areNumberedWords(text) }
    let words = words(of: text)
    let letters = words.reduce(0) { $0 + $1.count }
    // `en-US-12` may be a name of three parts.
    let isParted = text.contains { !$0.isLetter && !$0.isDigit }
    guard words.count <= max(1, text.count / 3) + (isParted ? 1 : 0), 2 * letters >= text.count else {
      return false
    }
    let score = words.reduce(0) { $0 + self.score(of: $1) }
    // A word in capitals alone is rare in the name of a file, and a hash in base 32 is not.
    return hasSmall ? score > 0 : 10 * score > 9 * letters
  }

  /// Whether every part is letters with digits behind them.
  private static func areNumberedWords(_ text: ArraySlice<UInt8>) -> Bool {
    text.split { !$0.isLetter && !$0.isDigit }.allSatisfy { $0.drop(while: \.isLetter).allSatisfy(\.isDigit) }
  }

  /// The words in lower case: a capital behind a small letter, or before one, begins another.
  private static func words(of text: ArraySlice<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var isInside = false
    for index in text.indices {
      let byte = text[index]
      guard byte.isLetter else {
        // Digits by themselves count as a word.
        if byte.isDigit, !isInside, words.last?.isEmpty != true { words.append([]) }
        isInside = isInside && byte.isDigit
        continue
      }
      let before = index > text.startIndex ? text[index - 1] : 0
      let after = index + 1 < text.endIndex ? text[index + 1] : 0
      let begins =
        !before.isLetter
        || FileHash.isCapital(byte)
          && (!FileHash.isCapital(before) || after.isLetter && !FileHash.isCapital(after))
      if begins { words.append([]) }
      words[words.count - 1].append(byte | 0x20)
      isInside = true
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
