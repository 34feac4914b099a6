/// Cells as lines, each column as wide as its widest cell, two blanks between them.
/// - Parameter right: the columns that are set to the right.
func aligned(_ rows: [[String]], right: Set<Int> = []) -> [String] {
  let count = rows.map(\.count).max() ?? 0
  let widths = (0..<count).map { column in
    rows.map { $0.indices.contains(column) ? columns(of: $0[column]) : 0 }.max() ?? 0
  }
  return rows.map { row in
    let cells = row.enumerated().map { column, cell in
      padded(cell, to: widths[column], right: right.contains(column))
    }
    return trimmedEnd(cells.joined(separator: "  "))
  }
}

/// Without the blanks at the end.
func trimmedEnd(_ line: String) -> String {
  guard line.utf8.last == UInt8(ascii: " ") else { return line }
  let end = line.utf8.lastIndex { $0 != UInt8(ascii: " ") }.map(line.utf8.index(after:)) ?? line.startIndex
  return String(line[..<end])
}
