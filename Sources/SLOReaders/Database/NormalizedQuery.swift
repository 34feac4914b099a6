internal import SLOModel
internal import SLOSupport

/// A query without its values: `SELECT total FROM orders WHERE id = $1`, whatever was asked for.
///
/// Blanks, comments, the case of keywords and unquoted names, the number of values in a list and the numbers of
/// parameters do not distinguish queries.
struct NormalizedQuery: Hashable {
  /// The whole text.
  let text: String

  /// Normalises an SQL text.
  init(_ sql: String) {
    var tokens = SQLLexer.tokens(of: sql)
    while tokens.last == .sign(";") { tokens.removeLast() }
    tokens = SQLFolding.withoutSettings(tokens)
    tokens = SQLFolding.withoutSigns(tokens)
    tokens = SQLFolding.withShortLists(tokens)
    text = ComposedText.composed(VisibleText.escaped(SQLText.written(tokens)))
  }

  /// What it is called: its text, shortened where it is long, and the beginning of the SHA-256 of the whole.
  var name: String {
    "\(SQLText.shortened(text, to: NormalizedQuery.readable)) #\(SHA256Digest(of: text).description.prefix(8))"
  }

  /// The most Unicode scalars of a query that a name has.
  static let readable = 96
}

/// What of tokens makes no other query.
enum SQLFolding {
  /// Folds what is set by commands such as `SET` and `ALTER ROLE`: it may be a secret that is no string.
  static func withoutSettings(_ tokens: [SQLToken]) -> [SQLToken] {
    var folded: [SQLToken] = []
    var isQuery = true
    var isFirst = true
    // Within `SET NAME`, up to the sign behind it.
    var isSetting = false
    var isDropping = false
    for token in tokens {
      if token == .sign(";") { (isFirst, isSetting, isDropping) = (true, false, false) }
      if isDropping { continue }
      folded.append(token)
      if case .word(let word) = token {
        if isFirst { isQuery = queries.contains(word) }
        if !isQuery, word == "set" { isSetting = true }
      } else if isFirst {
        isQuery = true
      }
      if isSetting, token == .sign("=") || token == .word("to") {
        folded.append(.literal)
        (isSetting, isDropping) = (false, true)
      }
      isFirst = token == .sign(";")
    }
    return folded
  }

  /// The words that commands begin with whose `SET` assigns columns.
  private static let queries: Set<String> = [
    "select", "insert", "update", "delete", "merge", "with", "values", "table", "explain", "declare", "copy",
  ]

  /// Folds the sign of a number into it, and the parts of a string that is written in several.
  static func withoutSigns(_ tokens: [SQLToken]) -> [SQLToken] {
    var folded: [SQLToken] = []
    folded.reserveCapacity(tokens.count)
    for token in tokens {
      if token == .literal {
        if folded.last == .literal { continue }
        if let last = folded.last, last == .sign("-") || last == .sign("+"),
          !isOperand(folded.dropLast().last)
        {
          folded.removeLast()
        }
      }
      folded.append(token)
    }
    return folded
  }

  private static func isOperand(_ token: SQLToken?) -> Bool {
    switch token {
    case .word(let word): !SQLText.keywords.contains(word)
    case .quoted, .literal, .parameter: true
    case .sign(let sign): sign == ")" || sign == "]"
    case .rest, nil: false
    }
  }

  /// The words before lists of values.
  static let lists: Set<String> = ["in", "array", "values"]

  /// Folds lists of values: of `IN (1, 2, 3)` and `ARRAY[1, 2, 3]` the first value is left, of the rows of `VALUES` the
  /// first row.
  static func withShortLists(_ tokens: [SQLToken]) -> [SQLToken] {
    var folded: [SQLToken] = []
    folded.reserveCapacity(tokens.count)
    var at = 0
    while at < tokens.count {
      folded.append(tokens[at])
      at += 1
      guard case .word(let word) = tokens[at - 1], lists.contains(word),
        let list = SQLValueList(in: tokens, at: at)
      else { continue }
      if word == "values" {
        folded += tokens[at..<list.end]
        at = list.end
        while at < tokens.count, tokens[at] == .sign(","), let next = SQLValueList(in: tokens, at: at + 1) {
          at = next.end
        }
      } else {
        folded += tokens[at..<list.firstEnd] + [tokens[list.end - 1]]
        at = list.end
      }
    }
    return folded
  }
}

/// A list in brackets that holds values alone, with their signs and types, or rows of such.
struct SQLValueList {
  /// Behind its first value.
  private(set) var firstEnd: Int
  /// Behind its closing bracket.
  private(set) var end: Int

  /// The list that opens at an index; nil where there is none.
  init?(in tokens: [SQLToken], at start: Int) {
    guard start < tokens.count, tokens[start] == .sign("(") || tokens[start] == .sign("[") else { return nil }
    (firstEnd, end) = (-1, -1)
    var depth = 0
    for index in start..<tokens.count {
      switch tokens[index] {
      case .literal, .parameter: break
      case .sign("("), .sign("["): depth += 1
      case .sign(")"), .sign("]"):
        depth -= 1
        if depth == 0 {
          if firstEnd < 0 { firstEnd = index }
          end = index + 1
          return
        }
      case .sign(","): if depth == 1, firstEnd < 0 { firstEnd = index }
      case .sign("-"), .sign("+"), .sign("::"), .word("default"), .word("null"): break
      case .word(let type) where tokens[index - 1] == .sign("::") && !SQLFolding.lists.contains(type): break
      default: return nil
      }
    }
    return nil
  }
}
