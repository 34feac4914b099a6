import SLOBudgets
import SLOGate
import SLOModel
import Testing

@testable import SLOReports

@Suite("Charts of trends")
struct ChartTests {
  @Test("No line is wider than the style, whatever the width", arguments: [40, 57, 80, 120, 200])
  func width(width: Int) {
    let style = TextStyle(isColoured: false, width: width)
    let lines = chartReport(of: TrendScenes.shop, style: style).split(separator: "\n")
    #expect(lines.allSatisfy { columns(of: String($0)) <= width }, "\(lines.joined(separator: "\n"))")
    let table = tableReport(of: TrendScenes.shop, style: style).split(separator: "\n")
    #expect(table.allSatisfy { columns(of: String($0)) <= width }, "\(table.joined(separator: "\n"))")
  }

  @Test("The limit is drawn where it is near, and only named where it would flatten the line")
  func limit() {
    let near = TrendScenes.trend(latency(.p95, 0), [100], at: [], limit: 110)
    let far = TrendScenes.trend(latency(.p95, 0), [100], at: [], limit: 400)
    #expect(ChartScale(of: near, ticks: 4).showsLimit)
    #expect(!ChartScale(of: far, ticks: 4).showsLimit)
    let text = chartReport(of: [far], style: TextStyle(isColoured: false, width: 80))
    #expect(text.contains("limit < 400 ms") && !text.contains("╌"))
  }

  @Test("A stray value does not flatten the others, and is reported")
  func strays() {
    var trend = TrendScenes.trend(latency(.p95, 0), [100], at: [])
    trend.points[7].value = 5_000
    let scale = ChartScale(of: trend, ticks: 4)
    #expect(scale.high < 120 && scale.strays == 1)
    #expect(
      chartReport(of: [trend], style: TextStyle(isColoured: false, width: 160)).contains(
        "1 value beyond the chart"))
  }

  @Test("The newest value is always on the chart: it is the one looked for")
  func newest() {
    var trend = TrendScenes.trend(latency(.p95, 0), [100], at: [])
    trend.points[trend.points.count - 1].value = 5_000
    let scale = ChartScale(of: trend, ticks: 4)
    #expect(scale.high >= 5_000 && scale.strays == 0)
  }

  @Test("A narrow table of commits leaves out columns, and shortens no value", arguments: [40, 50, 60])
  func narrow(width: Int) {
    var trend = TrendScenes.trend(latency(.p95, 0), [100, 150], at: [20])
    for index in trend.points.indices {
      trend.points[index].repetitions = 2
      (trend.points[index].lowest, trend.points[index].highest) = (99, 151)
    }
    let text = tableReport(of: [trend], style: TextStyle(isColoured: false, width: width))
    let rows = text.split(separator: "\n").map(String.init)
    #expect(!text.contains("…") && rows.allSatisfy { columns(of: $0) <= width }, "\(text)")
    #expect(text.contains("slower"))
  }

  @Test("Ticks are round and lie on the scale", arguments: [0.000_01, 0.02, 1, 37, 99_000, 1e12])
  func ticks(level: Double) {
    let trend = TrendScenes.trend(latency(.p95, 0), [level, level * 1.4], at: [20])
    let scale = ChartScale(of: trend, ticks: 4)
    #expect((2...5).contains(scale.ticks.count), "\(scale.ticks)")
    #expect(scale.ticks.allSatisfy { $0 >= scale.low && $0 <= scale.high })
  }

  @Test("A constant series, zeros and negative values have a scale", arguments: [0.0, 5, -5])
  func constant(level: Double) {
    var trend = TrendScenes.trend(latency(.p95, 0), [0], at: [])
    for index in trend.points.indices { trend.points[index].value = level }
    (trend.levels[0].median, trend.levels[0].noise) = (level, 0)
    let scale = ChartScale(of: trend, ticks: 4)
    #expect(scale.low < scale.high && scale.low <= level && scale.high >= level)
  }

  @Test("A sparkline of a steady series is flat, that of a step has two heights")
  func sparklines() {
    #expect(sparkline([100, 100.4, 99.8, 100], width: 8) == "▃▃▃▃")
    #expect(sparkline([100, 100, 150, 150], width: 8) == "▁▁▇▇")
    #expect(sparkline([100, 100, 150, 150], width: 2) == "▁▇")
    #expect(sparkline([], width: 8) == "" && sparkline([0], width: 8) == "▁")
    #expect(sparkline([1.7e308, 1.7e308], width: 8) == "▃▃")
    #expect(sparkline([1.7e308, -1.7e308], width: 8) == "▇▁")
  }

  @Test("Dots are set where Unicode has them")
  func braille() {
    var canvas = BrailleCanvas(columns: 2, rows: 1)
    canvas.line(from: (0, 3), to: (3, 0))
    canvas.set(-1, 0)
    canvas.set(0, 9)
    #expect(canvas[0, 0] == "⡠" && canvas[1, 0] == "⠊")
    #expect(BrailleCanvas(columns: 1, rows: 1)[0, 0] == nil)
  }

  @Test("Two changes whose words would touch stand on lines of their own")
  func marks() {
    let trend = TrendScenes.trend(latency(.p95, 0), [100, 150, 100], at: [20, 23])
    let marks = ChartMarks(of: trend, columns: 60, TextStyle(isColoured: false, width: 80)).lines(indent: 0)
    #expect(marks.count == 3 && marks[0].contains("▼") && marks[1].contains("▲"))
  }
}
