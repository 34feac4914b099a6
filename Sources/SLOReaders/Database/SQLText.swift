/// Writes tokens as text, the same for the same tokens.
enum SQLText {
  /// The text of tokens, their values and parameters numbered in the order in which they first occur.
  static func written(_ tokens: [SQLToken]) -> String {
    var text = ""
    var numbers: [String: Int] = [:]
    var count = 0
    var isCommand = false
    for (index, token) in tokens.enumerated() {
      let previous = index > 0 ? tokens[index - 1] : nil
      if previous == nil || previous == .sign(";") { isCommand = isCommand || !beginsQuery(token) }
      if let previous, isApart(previous, token, before: index > 1 ? tokens[index - 2] : nil, isCommand) {
        text += " "
      }
      switch token {
      case .word(let word):
        text += keywords.contains(word) || isCommand && commandWords.contains(word) ? word.uppercased() : word
      case .quoted(let name): text += name
      case .sign(let sign): text += sign
      case .rest: text += "…"
      case .literal:
        count += 1
        text += "$\(count)"
      case .parameter(let number):
        if numbers[number] == nil {
          count += 1
          numbers[number] = count
        }
        text += "$\(numbers[number] ?? count)"
      }
    }
    return text
  }

  /// Whether a blank stands between two tokens.
  /// - Parameter before: the token before both.
  private static func isApart(
    _ left: SQLToken, _ right: SQLToken, before: SQLToken?, _ isCommand: Bool
  ) -> Bool {
    if case .sign(let sign) = right {
      if [",", ";", ")", "]", ".", "::", "[", ":"].contains(sign) { return false }
      if sign == "(" { return !isCall(left, before, isCommand) && left != .sign("(") && left != .sign("[") }
    }
    if case .sign(let sign) = left, ["(", "[", ".", "::", ":"].contains(sign) { return false }
    return true
  }

  /// Whether a bracket behind a name opens the arguments of a function or a type.
  private static func isCall(_ name: SQLToken, _ before: SQLToken?, _ isCommand: Bool) -> Bool {
    switch name {
    case .word(let word) where keywords.contains(word) || isCommand && commandWords.contains(word): false
    case .word, .quoted: before != .word("into") && before != .word("table")
    default: false
    }
  }

  private static func beginsQuery(_ token: SQLToken) -> Bool {
    guard case .word(let word) = token else { return true }
    return ["select", "insert", "update", "delete", "merge", "with", "values"].contains(word)
  }

  /// A text cut to a number of Unicode scalars; of a long list of columns `SELECT … FROM` is left.
  static func shortened(_ text: String, to limit: Int) -> String {
    if text.unicodeScalars.count <= limit { return text }
    var short = text
    if text.hasPrefix("SELECT "), let from = text.firstRange(of: " FROM "),
      !text[..<from.lowerBound].contains("(SELECT ")
    {
      let columns = text.index(text.startIndex, offsetBy: 7)..<from.lowerBound
      if columns.lowerBound < columns.upperBound, text[columns].utf8.count > 12 {
        short.replaceSubrange(columns, with: "…")
      }
    }
    if short.unicodeScalars.count <= limit { return short }
    return String(short.unicodeScalars.prefix(limit - 1)) + "…"
  }

  /// The words that are written in capitals.
  static let keywords = Set(
    """
    all and any array as asc between by case cast collate conflict cross default delete desc distinct do else end \
    except exists explain false fetch filter for from full group having ilike in inner insert intersect into is join \
    lateral left like limit materialized merge natural not nothing null nulls offset on only or order outer over \
    partition recursive returning right row select set some table then true union update using values when where \
    window with within
    """.split(separator: " ").map(String.init))

  /// The words that are written in capitals in commands that are no queries; elsewhere they may be names.
  private static let commandWords = Set(
    """
    add alter analyze begin cascade check close comment commit concurrently constraint copy create cursor database \
    deallocate declare discard drop encrypted execute extension foreign function grant if index isolation key \
    language level listen local lock login mapping notify options owner password prepare primary privileges \
    procedure read references refresh reindex release reset restrict revoke role rollback savepoint schema sequence \
    server session show start system temp temporary to transaction trigger truncate type unique unlisten user vacuum view
    """.split(separator: " ").map(String.init))
}
