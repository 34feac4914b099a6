import SLOStatistics
import SLOSupport

/// A drawing in braille characters, two dots wide and four dots high each.
struct BrailleCanvas {
  /// Characters in a row.
  let columns: Int
  /// Rows of characters.
  let rows: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    cells = Array(repeating: 0, count: columns * rows)
  }

  /// Dots in a row.
  var width: Int { columns * 2 }
  /// Rows of dots.
  var height: Int { rows * 4 }

  /// Sets a dot; the first is at the left of the top row. Dots outside are none.
  mutating func set(_ x: Int, _ y: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    cells[y / 4 * columns + x / 2] |= BrailleCanvas.dots[x % 2][y % 4]
  }

  /// Sets the dots of a straight line.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      set(
        start.x + Int(saturating: (Double(end.x - start.x) * share).rounded()),
        start.y + Int(saturating: (Double(end.y - start.y) * share).rounded()))
    }
  }

  /// The character of a cell; nil where nothing was drawn.
  subscript(column: Int, row: Int) -> Character? {
    let cell = cells[row * columns + column]
    return cell == 0 ? nil : Unicode.Scalar(0x2800 + UInt32(cell)).map(Character.init)
  }

  /// Unicode's bits of the eight dots, by column and row.
  private static let dots: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
}
