import SLOBudgets
import SLOGate
import SLOModel
import SLOStatistics

/// A trend as a picture of a word's size: noise band, limit, changes, and the value judged as a point.
struct TrendSketch {
  private let trend: Trend
  private let scale: ChartScale
  private static let (width, height, inset) = (132.0, 34.0, 4.0)

  init(of trend: Trend) {
    self.trend = trend
    scale = ChartScale(of: trend, ticks: 0)
  }

  var html: HTML {
    .element(
      "svg",
      [
        "class": "sketch", "width": "132", "height": "34", "viewBox": "0 0 132 34", "role": "img",
        "aria-label": "\(trend.endpointLabel) \(trend.metricLabel): \(trend.summary)",
      ], band + changes + limit + [line, point])
  }

  private func x(_ index: Int) -> Double {
    let room = TrendSketch.width - 2 * TrendSketch.inset
    return TrendSketch.inset
      + (trend.points.count > 1 ? room * Double(index) / Double(trend.points.count - 1) : room / 2)
  }

  private func y(_ value: Double) -> Double {
    let room = TrendSketch.height - 2 * TrendSketch.inset
    return TrendSketch.height - TrendSketch.inset - room * scale.height(of: value)
  }

  private func px(_ number: Double) -> String { fixed(number, 1) }

  private func line(_ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> HTML {
    .element(
      "line", ["class": name, "x1": px(x1), "y1": px(y1), "x2": px(x2), "y2": px(y2)], [])
  }

  private var band: [HTML] {
    trend.levels.filter { $0.points.count > 1 }.map { level in
      let (start, end) = (x(level.points.lowerBound), x(level.points.upperBound - 1))
      guard level.rise == 0 else {
        let (first, last) = (level.height(at: level.points.lowerBound), level.latest)
        let corners = [
          (start, first + level.noise), (end, last + level.noise), (end, last - level.noise),
          (start, first - level.noise),
        ].map { "\(px($0)),\(px(y($1)))" }
        return .element(
          "polygon", ["class": "slo-band", "points": corners.joined(separator: " ")], [])
      }
      let (high, low) = (y(level.median + level.noise), y(level.median - level.noise))
      return .element(
        "rect",
        [
          "class": "slo-band", "x": px(start), "y": px(high), "width": px(end - start),
          "height": px(max(1, low - high)),
        ], [])
    }
  }

  private var changes: [HTML] {
    trend.changes.map { line("slo-change", x($0.index), 0, x($0.index), TrendSketch.height) }
  }

  private var limit: [HTML] {
    guard scale.showsLimit, let bound = trend.limit?.bound else { return [] }
    return [line("slo-limit", 0, y(bound), TrendSketch.width, y(bound))]
  }

  private var line: HTML {
    let points = trend.points.indices.map { "\(px(x($0))),\(px(y(trend.points[$0].value)))" }
    return .element("polyline", ["class": "slo-line", "points": points.joined(separator: " ")], [])
  }

  private var point: HTML {
    let name = trend.isBeyondLimit(trend.latest.value) ? "slo-point slo-over" : "slo-point"
    return .element(
      "circle",
      ["class": name, "cx": px(x(trend.points.count - 1)), "cy": px(y(trend.latest.value)), "r": "3"], [])
  }
}
