/// How a text report looks: in colour or not, and how wide.
public struct TextStyle: Sendable {
  /// Whether to write ANSI colours.
  public var isColoured: Bool
  /// Columns of the terminal.
  public var width: Int

  /// Creates a style; widths below 40 columns are taken as 40.
  public init(isColoured: Bool, width: Int) {
    self.isColoured = isColoured
    self.width = max(40, width)
  }

  enum Colour: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case bold = "1"
    case dim = "2"
  }

  func paint(_ text: String, _ colours: Colour...) -> String {
    guard isColoured, !colours.isEmpty else { return text }
    return "\u{1b}[\(colours.map(\.rawValue).joined(separator: ";"))m\(text)\u{1b}[0m"
  }
}

/// The columns a text takes on a terminal: wide East Asian characters and emoji take two, marks none.
func columns(of text: String) -> Int {
  text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + columns(of: $1) }
}

private func columns(of character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  if (0xAE...0x2FF).contains(first.value) || character.isASCII { return 1 }
  switch first.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .control, .format: return 0
  default: break
  }
  let isEmoji =
    first.properties.isEmojiPresentation || character.unicodeScalars.contains { $0.value == 0xFE0F }
  return isEmoji || wideRanges.contains { $0.contains(first.value) } ? 2 : 1
}

/// Blocks whose characters Unicode's EastAsianWidth.txt calls wide or full-width.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
  0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
  0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
]

/// Fills up with blanks to a width.
func padded(_ text: String, to width: Int, right: Bool = false) -> String {
  let blanks = String(repeating: " ", count: max(0, width - columns(of: text)))
  return right ? blanks + text : text + blanks
}

/// Shortens to a width by an ellipsis in the middle, where a path says least.
func shortened(_ text: String, to width: Int) -> String {
  guard columns(of: text) > width, width > 1 else { return text }
  var head = "", tail = ""
  var room = width - 1
  var front = text.startIndex, back = text.endIndex
  while front < back {
    let takesHead = columns(of: head) <= columns(of: tail)
    let next = takesHead ? text[front] : text[text.index(before: back)]
    room -= columns(of: next)
    if room < 0 { break }
    if takesHead {
      head.append(next)
      front = text.index(after: front)
    } else {
      tail.insert(next, at: tail.startIndex)
      back = text.index(before: back)
    }
  }
  return head + "…" + tail
}

/// Breaks at blanks so that no line is longer than `width`, where words allow it; not between a number and its
/// unit. No line after the first begins with `::`, which a build server would take for a command to itself.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines = [""]
  var filled = 0
  for word in unbreakable(text) {
    let needed = columns(of: word)
    let isFirst = lines[lines.count - 1].isEmpty
    if !isFirst, word.hasPrefix("::") || filled + 1 + needed <= width {
      lines[lines.count - 1] += " " + word
      filled += 1 + needed
    } else {
      if !isFirst { lines.append("") }
      lines[lines.count - 1] += word
      filled = needed
    }
  }
  return lines
}

/// The words of a text, a number together with its unit.
private func unbreakable(_ text: String) -> [String] {
  text.split(separator: " ", omittingEmptySubsequences: true).reduce(into: []) { words, word in
    let unit = word.prefix { !",;:.)".contains($0) }
    if let last = words.last?.utf8.last, (48...57).contains(last), units.contains(unit) {
      words[words.count - 1] += " " + word
    } else {
      words.append(String(word))
    }
  }
}

/// What is behind a number, a blank between them.
private let units: Set<Substring> = ["%", "ms", "s", "min", "B", "kB", "MB", "GB"]

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

/// Aligned cells no wider than a terminal.
/// - Parameter giving: the columns that can give way, the first to do so first; those that rows lack are left out. By
///   default metric and endpoint, which come after a mark.
func fitted(
  _ rows: [[String]], right: Set<Int>, to width: Int, giving: [Int] = [2, 1]
) -> [String] {
  var rows = rows
  for column in giving where rows.allSatisfy({ $0.count > column }) {
    let excess = (aligned(rows, right: right).map(columns).max() ?? 0) - width
    guard excess > 0 else { break }
    let room = max(16, (rows.map { columns(of: $0[column]) }.max() ?? 0) - excess)
    for index in rows.indices { rows[index][column] = shortened(rows[index][column], to: room) }
  }
  return aligned(rows, right: right)
}

/// Where the text next to a label begins.
private let labelWidth = 8

/// A text next to its label, wrapped to the style's width; every line after the first is indented.
func labelled(_ label: String, _ text: String, _ style: TextStyle) -> [String] {
  wrapped(text, to: style.width - labelWidth).enumerated().flatMap { index, line in
    labelled(index == 0 ? label : "", verbatim: line, style)
  }
}

/// A line next to its label, as it is.
func labelled(_ label: String, verbatim line: String, _ style: TextStyle) -> [String] {
  [
    label.isEmpty
      ? String(repeating: " ", count: labelWidth) + line
      : style.paint(padded(label, to: labelWidth - 1), .dim) + " " + line
  ]
}
