/// Tells where the rows of the next group begin, in a table whose groups stand together.
struct CSVGroups {
  private let name: String
  private var current: Range<Int>?
  private var seen: Set<String> = []

  /// - Parameter name: the column that names the group.
  init(name: String) { self.name = name }

  /// The name of the group whose first row is the one read last; nil where that row goes on with its group.
  mutating func begins(with column: Int, of table: inout CSVTable) -> String? {
    let field = table[column]
    if let current, table.text[current].elementsEqual(table.text[field]) { return nil }
    current = field
    let group = table.said(column)
    if group.isEmpty {
      table.problems.add(at: table.start, found: "an empty \(name)", expected: "a name")
    } else if !seen.insert(group).inserted {
      table.problems.add(
        at: table.start, found: "more rows of \(UntrustedText.quoted(group))",
        expected: "the rows of one \(name) together", remedy: "sort the file by \(name)")
    }
    return group
  }
}

extension CSVTable {
  /// The number in a column of the record read last; a problem is noted where there is none.
  mutating func number(_ column: Int) -> WrittenNumber? {
    let number = WrittenNumber(bare(column))
    if number == nil {
      problems.add(
        at: self[column].lowerBound, found: UntrustedText.quoted(text: text, self[column]),
        expected: "a decimal number, or nothing for a gap")
    }
    return number
  }

  /// The number in a column that orders the rows of a group; a problem is noted where it does not rise.
  mutating func rising(_ column: Int, _ name: String, after last: Double, orEqual: Bool = false) -> Double? {
    guard let number = WrittenNumber(bare(column))?.value, number.isFinite else {
      problems.add(
        at: self[column].lowerBound, found: UntrustedText.quoted(text: text, self[column]),
        expected: "a number that orders the rows, as \(name)")
      return nil
    }
    if number < last || number == last && !orEqual {
      problems.add(
        at: self[column].lowerBound,
        found: "\(name) \(UntrustedText.quoted(text: text, self[column])) not behind the one before it",
        expected: "rows in rising \(name)", remedy: "sort the rows by \(name)")
    }
    return number
  }
}

extension UntrustedText {
  fileprivate static func quoted(text: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    quoted(UnsafeRawBufferPointer(rebasing: text[range]))
  }
}
