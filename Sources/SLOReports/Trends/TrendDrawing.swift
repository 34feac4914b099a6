import SLOBudgets
package import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// One trend as a chart inside an SVG picture or an HTML page that has `svgStyle`.
/// - Parameters:
///   - y: where it begins in the picture around it.
///   - width: pixels.
///   - height: pixels.
package func svgChart(of trend: Trend, y: Int = 0, width: Int, height: Int) -> String {
  let name = xmlText("\(trend.endpointLabel) \(trend.metricLabel): \(trend.summary)")
  return """
    <svg class="slo-chart" xmlns="http://www.w3.org/2000/svg" y="\(y)" width="\(width)" height="\(height)" \
    viewBox="0 0 \(width) \(height)" role="img" aria-label="\(name)">
    \(TrendDrawing(of: trend, width: Double(width), height: Double(height)).elements.joined(separator: "\n"))
    </svg>
    """
}

/// The elements of a chart: what lies behind comes first.
private struct TrendDrawing {
  private let trend: Trend
  private let scale: ChartScale
  private let notes: [Note]
  private let left = 76.0
  private let top: Double
  private let right: Double
  private let bottom: Double

  /// The words next to a change, and the row they are in, 0 nearest to the plot.
  private struct Note {
    var change: ChangePoint
    var words: String
    var isLeft: Bool
    var row: Int
    /// The pixels they take, with some air.
    var extent: Range<Double>
  }

  /// The width of a character on average, in pixels.
  private static let characterWidth = 6.4

  init(of trend: Trend, width: Double, height: Double) {
    self.trend = trend
    scale = ChartScale(of: trend, ticks: 5)
    right = width - 20
    bottom = height - 44
    notes = TrendDrawing.notes(on: trend, left: left, right: right)
    top = 66 + 15 * Double(notes.map(\.row).max() ?? 0)
  }

  var elements: [String] {
    head + grid + trend.levels.flatMap(level) + limit + changes + line
      + trend.points.indices.flatMap(point) + ends
  }

  // MARK: Places

  private func x(_ index: Int) -> Double {
    TrendDrawing.x(index, of: trend.points.count, left: left, right: right)
  }

  private static func x(_ index: Int, of count: Int, left: Double, right: Double) -> Double {
    let inset = 8.0
    guard count > 1 else { return (left + right) / 2 }
    return left + inset + (right - left - 2 * inset) * Double(index) / Double(count - 1)
  }

  private func y(_ value: Double) -> Double { bottom - (bottom - top) * scale.height(of: value) }

  private func px(_ number: Double) -> String { fixed(number, 1) }

  private func text(
    _ words: String, _ x: Double, _ y: Double, anchor: String = "start", class name: String? = nil
  ) -> String {
    let attribute = name.map { " class=\"\($0)\"" } ?? ""
    return
      "<text\(attribute) x=\"\(px(x))\" y=\"\(px(y))\" text-anchor=\"\(anchor)\">\(xmlText(words))</text>"
  }

  private func line(_ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "<line class=\"\(name)\" x1=\"\(px(x1))\" y1=\"\(px(y1))\" x2=\"\(px(x2))\" y2=\"\(px(y2))\"/>"
  }

  // MARK: What is around the values

  private var head: [String] {
    let room = (right - 16) / TrendDrawing.characterWidth
    let name = shortened("\(trend.endpointLabel) \(trend.metricLabel)", to: Int(saturating: room * 0.45))
    return [
      text(name, 16, 22, class: "slo-name"),
      text(shortened(trend.cohortLabel, to: Int(saturating: room * 0.45)), right, 22, anchor: "end"),
      text(shortened(trend.summary + scale.omission, to: Int(saturating: room)), 16, 42),
    ]
  }

  private var grid: [String] {
    scale.ticks.flatMap { tick in
      let isHidden = scale.showsLimit && trend.limit.map { abs(y($0.bound) - y(tick)) < 12 } ?? false
      return [line("slo-grid", left, y(tick), right, y(tick))]
        + (isHidden ? [] : [text(quantity(tick, trend.unit), left - 8, y(tick) + 4, anchor: "end")])
    }
  }

  /// A level's median over its commits, or the line of a drift, and the noise around it.
  private func level(_ level: Trend.Level) -> [String] {
    guard level.points.count > 1 else { return [] }
    let (start, end) = (x(level.points.lowerBound), x(level.points.upperBound - 1))
    guard level.rise == 0 else { return slope(level, from: start, to: end) }
    let (high, low) = (y(level.median + level.noise), y(level.median - level.noise))
    return [
      "<rect class=\"slo-band\" x=\"\(px(start))\" y=\"\(px(high))\" width=\"\(px(end - start))\""
        + " height=\"\(px(max(1, low - high)))\"/>",
      line("slo-level", start, y(level.median), end, y(level.median)),
    ]
  }

  /// The line of a drift, and the noise around it.
  private func slope(_ level: Trend.Level, from start: Double, to end: Double) -> [String] {
    let (first, last) = (level.height(at: level.points.lowerBound), level.latest)
    let corners = [
      (start, first + level.noise), (end, last + level.noise), (end, last - level.noise),
      (start, first - level.noise),
    ].map { "\(px($0)),\(px(y($1)))" }
    return [
      "<polygon class=\"slo-band\" points=\"\(corners.joined(separator: " "))\"/>",
      line("slo-level", start, y(first), end, y(last)),
    ]
  }

  private var limit: [String] {
    guard let limit = trend.limit, scale.showsLimit else { return [] }
    let at = y(limit.bound)
    let isLeft = isClearerLeft(at)
    return [
      line("slo-limit", left, at, right, at),
      text(
        quantity(ofLimit: limit.bound, trend.unit), left - 8, at + 4, anchor: "end", class: "slo-limit-name"),
      text(
        "limit", isLeft ? left + 4 : right, at - 5, anchor: isLeft ? "start" : "end",
        class: "slo-note slo-limit-name"),
    ]
  }

  /// Whether the word next to the limit is out of the way of the values at the left end rather than at the right.
  private func isClearerLeft(_ at: Double) -> Bool {
    func nearest(_ points: ArraySlice<Trend.Point>) -> Double {
      points.map { abs(y($0.value) - (at - 9)) }.min() ?? 0
    }
    return nearest(trend.points.prefix(2)) > nearest(trend.points.suffix(2))
  }

  /// The lines of the changes, and above all lines their words.
  private var changes: [String] {
    let rows = notes.map { top - 4 - 15 * Double($0.row) }
    let lines = zip(notes, rows).map { note, row in
      line("slo-change", x(note.change.index), row - 9, x(note.change.index), bottom)
    }
    return lines
      + zip(notes, rows).map { note, row in
        let name = trend.isWorse(note.change).map { $0 ? " slo-worse" : " slo-better" } ?? ""
        return text(
          note.words, x(note.change.index) + (note.isLeft ? -4 : 4), row,
          anchor: note.isLeft ? "end" : "start", class: "slo-note" + name)
      }
  }

  /// The words next to the changes, each in the first row in which it touches no other.
  private static func notes(on trend: Trend, left: Double, right: Double) -> [Note] {
    trend.changes.reduce(into: []) { notes, change in
      let at = x(change.index, of: trend.points.count, left: left, right: right)
      let remark = remark(on: change)
      let words =
        "\(trend.points[change.index].commit.shortName) \(changeText(change))"
        + (remark.isEmpty ? "" : " \(remark)")
      let width = Double(columns(of: words)) * characterWidth + 12
      let isLeft = at > (left + right) / 2
      let extent = isLeft ? at - width..<at : at..<at + width
      let row = (0...notes.count).first { row in
        !notes.contains { $0.row == row && $0.extent.overlaps(extent) }
      }
      notes.append(Note(change: change, words: words, isLeft: isLeft, row: row ?? 0, extent: extent))
    }
  }

  // MARK: The values

  private var line: [String] {
    let points = trend.points.indices.map { "\(px(x($0))),\(px(y(trend.points[$0].value)))" }
    return ["<polyline class=\"slo-line\" points=\"\(points.joined(separator: " "))\"/>"]
  }

  /// A point that describes itself to a mouse and to a screen reader.
  private func point(_ index: Int) -> [String] {
    let point = trend.points[index]
    let (at, height) = (px(x(index)), px(y(point.value)))
    let name = trend.isBeyondLimit(point.value) ? "slo-point slo-over" : "slo-point"
    let range =
      point.repetitions > 1 ? [line("slo-range", x(index), y(point.highest), x(index), y(point.lowest))] : []
    let radius = trend.points.count > 200 ? "1.5" : "2.5"
    return range + [
      "<g><title>\(xmlText(title(of: point)))</title>"
        + "<circle class=\"\(name)\" cx=\"\(at)\" cy=\"\(height)\" r=\"\(radius)\"/>"
        + "<circle class=\"slo-hit\" cx=\"\(at)\" cy=\"\(height)\" r=\"8\"/></g>"
    ]
  }

  private func title(of point: Trend.Point) -> String {
    let range =
      point.repetitions > 1
      ? ", \(point.repetitions) repetitions from \(quantity(point.lowest, trend.unit)) to \(quantity(point.highest, trend.unit))"
      : ""
    return
      "\(String(point.commit.sha.prefix(10))) of \(point.commit.time.date): \(quantity(point.value, trend.unit))\(range)"
  }

  private var ends: [String] {
    let axis = line("slo-grid", left, bottom, right, bottom)
    let first = text(end(trend.points[0]), left, bottom + 20)
    guard trend.points.count > 1 else { return [axis, first] }
    return [axis, first, text(end(trend.latest), right, bottom + 20, anchor: "end")]
  }

  private func end(_ point: Trend.Point) -> String { "\(point.commit.shortName) · \(point.commit.time.date)" }
}

/// Trends as one SVG picture, one chart below the other: no script, nothing from elsewhere, and colours for light
/// and dark backgrounds.
package func svgReport(of trends: [Trend]) -> String {
  let height = trends.count * (svgChartHeight + svgChartGap) - svgChartGap
  let names = trends.map { "\($0.endpointLabel) \($0.metricLabel)" }.joined(separator: ", ")
  let charts = trends.enumerated().map { index, trend in
    svgChart(
      of: trend, y: index * (svgChartHeight + svgChartGap), width: svgChartWidth, height: svgChartHeight)
  }
  return """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(svgChartWidth)" height="\(height)" \
    viewBox="0 0 \(svgChartWidth) \(height)" role="img" aria-label="\(xmlText("Trend of \(names)"))">
    <style>\(svgStyle)</style>
    <rect class="slo-page" width="100%" height="100%"/>
    \(charts.joined(separator: "\n"))
    </svg>

    """
}

private let svgChartWidth = 880
private let svgChartHeight = 280
private let svgChartGap = 16

/// What the charts look like; a document with several of them needs it once.
package let svgStyle = """
  .slo-page{fill:#fff}.slo-chart text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#57606a}\
  .slo-chart .slo-name{font-size:15px;font-weight:600;fill:#1f2328}\
  .slo-grid{stroke:#eaeef2}.slo-band{fill:#0969da;fill-opacity:.1}.slo-level{stroke:#0969da;stroke-opacity:.45}\
  .slo-line{fill:none;stroke:#0969da;stroke-width:1.75;stroke-linejoin:round}\
  .slo-range{stroke:#0969da;stroke-opacity:.35}.slo-point{fill:#0969da}.slo-over{fill:#cf222e}\
  .slo-hit{fill:transparent}.slo-limit{stroke:#9a6700;stroke-dasharray:6 4}.slo-chart .slo-limit-name{fill:#7d4e00}\
  .slo-change{stroke-dasharray:2 3;stroke:#57606a}\
  .slo-note{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}.slo-chart .slo-worse{fill:#cf222e}\
  .slo-chart .slo-better{fill:#1a7f37}\
  @media (prefers-color-scheme:dark){.slo-page{fill:#0d1117}.slo-chart text{fill:#9198a1}\
  .slo-chart .slo-name{fill:#f0f6fc}.slo-grid{stroke:#21262d}.slo-band{fill:#4493f8;fill-opacity:.16}\
  .slo-level,.slo-line,.slo-range{stroke:#4493f8}.slo-point{fill:#4493f8}.slo-over{fill:#f85149}\
  .slo-limit{stroke:#d29922}.slo-chart .slo-limit-name{fill:#d29922}.slo-change{stroke:#9198a1}\
  .slo-note{stroke:#0d1117}\
  .slo-chart .slo-worse{fill:#f85149}.slo-chart .slo-better{fill:#3fb950}}
  """
