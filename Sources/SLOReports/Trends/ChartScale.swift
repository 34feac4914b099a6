import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// The vertical axis of a chart: what it spans, and where it has ticks.
struct ChartScale {
  /// The value at the bottom.
  let low: Double
  /// The value at the top.
  let high: Double
  /// Round values between them, rising.
  let ticks: [Double]
  /// Whether the limit lies between them.
  let showsLimit: Bool
  /// How many values lie beyond either end: strays that would flatten all others.
  let strays: Int

  /// A scale that holds all values and the current noise band; the limit too, where it is near enough not to
  /// flatten what there is to see.
  init(of trend: Trend, ticks count: Int) {
    var (low, high) = ChartScale.extent(of: trend)
    let typical = abs(trend.current.latest)
    let span = max(ChartScale.distance(low, high), typical * 0.1, typical == 0 ? 1 : 0)
    let bound = trend.limit?.bound
    showsLimit = bound.map { $0 > low - span && $0 < high + span } ?? false
    if showsLimit, let bound { (low, high) = (min(low, bound), max(high, bound)) }
    let distance = ChartScale.distance(low, high)
    let padding = max(distance * 0.06, (span - distance) / 2)
    let isPositive = low >= 0
    low = ChartScale.finite(low - padding)
    high = ChartScale.finite(high + padding)
    self.low = isPositive ? max(0, low) : low
    self.high = high
    strays = trend.points.count { $0.value < low || $0.value > high }
    ticks = ChartScale.ticks(from: self.low, to: high, about: count)
  }

  /// Where a value lies between bottom (0) and top (1).
  func height(of value: Double) -> Double {
    // Halves keep the distance between the largest numbers there are from being infinite.
    let share = (value / 2 - low / 2) / (high / 2 - low / 2)
    return share > 0 ? min(1, share) : 0
  }

  /// The distance of two numbers, at most the largest number there is.
  private static func distance(_ low: Double, _ high: Double) -> Double { finite(high - low) }

  /// The nearest number that is none of the infinities; 0 for what is no number.
  private static func finite(_ number: Double) -> Double {
    number.isNaN ? 0 : min(max(number, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
  }

  /// The extent of the values and of the noise around their levels, and of a value that belongs to none. Values far
  /// from their level count only where they do not stretch it to much more than its height; the newest, which is the
  /// one looked for, always does.
  private static func extent(of trend: Trend) -> (low: Double, high: Double) {
    let judged = trend.points[trend.current.points.upperBound...].map(\.value) + [trend.latest.value]
    var values =
      trend.levels.flatMap { level in
        [level.height(at: level.points.lowerBound), level.latest].flatMap {
          [$0 - level.noise, $0 + level.noise]
        }
      } + judged
    var strays: [Double] = []
    for level in trend.levels {
      for index in level.points {
        let value = trend.points[index].value
        let isStray = abs(value - level.height(at: index)) > 8 * level.noise
        if isStray { strays.append(value) } else { values.append(value) }
      }
    }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let all = (low: min(low, strays.min() ?? low), high: max(high, strays.max() ?? high))
    let chosen = all.high - all.low > 1.6 * (high - low) && high > low ? (low, high) : all
    return (finite(chosen.0), finite(chosen.1))
  }

  /// Multiples of 1, 2, 2.5 or 5 times a power of ten, at most `count` of them.
  private static func ticks(from low: Double, to high: Double, about count: Int) -> [Double] {
    guard high > low, count > 0 else { return [] }
    let span = distance(low, high)
    var power = 1.0
    while power * Double(count) > span { power /= 10 }
    while power > 0, power * Double(count) * 10 <= span { power *= 10 }
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { span / $0 <= Double(count) } ?? power * 10
    let (first, last) = ((low / step).rounded(.up), (high / step).rounded(.down))
    // Where neighbouring numbers are further apart than steps, or steps are too small for a number, there is none.
    guard step > 0, first <= last, max(abs(first), abs(last)) < 0x1p52 else { return [] }
    return stride(from: first, through: last, by: 1).map { finite($0 * step) }
  }
}

/// What is below a chart: each change with its commit, and the commits at both ends.
struct ChartMarks {
  private let trend: Trend
  private let columns: Int
  private let style: TextStyle

  init(of trend: Trend, columns: Int, _ style: TextStyle) {
    self.trend = trend
    self.columns = columns
    self.style = style
  }

  /// A label with where it is.
  private struct Label {
    var start: Int
    var text: String
    var colour: TextStyle.Colour
    var end: Int { start + SLOReports.columns(of: text) }
  }

  /// The lines, each behind some blanks.
  func lines(indent: Int) -> [String] {
    let blanks = String(repeating: " ", count: indent)
    return (changes + [ends]).filter { !$0.isEmpty }.map { blanks + line(of: $0) }
  }

  /// The changes on as few lines as it takes for no two to touch.
  private var changes: [[Label]] {
    var lines: [[Label]] = []
    for change in trend.changes.reversed() {
      let label = label(of: change)
      let line = lines.firstIndex { line in line.allSatisfy { $0.start >= label.end + 2 } } ?? lines.count
      if line == lines.count { lines.append([]) }
      lines[line].insert(label, at: 0)
    }
    return lines
  }

  /// The mark stands below the change, its words where there is room: to the right of it, else to the left; on a narrow
  /// terminal as far right as they fit.
  private func label(of change: ChangePoint) -> Label {
    let at = chartPosition(of: change.index, among: trend.points.count, width: columns * 2) / 2
    let mark = change.after > change.before ? "▲" : "▼"
    let commit = VisibleText.escaped(trend.points[change.index].commit.shortName)
    let remark = remark(on: change)
    let words = "\(commit) \(changeText(change))" + (remark.isEmpty ? "" : " (\(remark))")
    let width = SLOReports.columns(of: words) + 2
    let fits = at + width <= columns
    let isLeft = !fits && at >= width - 1
    return Label(
      start: isLeft ? at - width + 1 : fits ? at : max(0, columns - width),
      text: isLeft ? "\(words) \(mark)" : "\(mark) \(words)", colour: colour(isWorse: trend.isWorse(change)))
  }

  /// The first and the last commit, with their days.
  private var ends: [Label] {
    let first = end(trend.points[0])
    guard trend.points.count > 1 else { return [first] }
    var last = end(trend.latest)
    last.start = columns - SLOReports.columns(of: last.text)
    return last.start < first.end + 2 ? [first] : [first, last]
  }

  private func end(_ point: Trend.Point) -> Label {
    Label(
      start: 0, text: VisibleText.escaped("\(point.commit.shortName) \(point.commit.time.date)"), colour: .dim
    )
  }

  private func line(of labels: [Label]) -> String {
    var (text, filled) = ("", 0)
    for label in labels {
      text +=
        String(repeating: " ", count: max(0, label.start - filled)) + style.paint(label.text, label.colour)
      filled = label.end
    }
    return text
  }
}

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
