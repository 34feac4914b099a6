import Glibc
import SLOGate
import SLOModel
import SLOStatistics

/// How samples moved, as a picture that can be read on a phone: above both curves over the percentiles, on a logarithmic
/// axis; below the change of each percentile in per cent, as a band about none.
///
/// Percentiles lie as far from each other as their odds: the slow tail has as much room as the fast one.
struct ShiftDrawing {
  private let shift: SampleShift
  private let name: String
  /// The logarithms at the bottom and at the top of the upper part.
  private let extent: (low: Double, high: Double)
  /// The changes at the bottom and at the top of the lower part.
  private let span: (low: Double, high: Double)

  private static let (width, height) = (320, 260)
  private static let (left, right) = (46.0, 310.0)
  private static let (top, bottom) = (22.0, 140.0)
  private static let (lowerTop, lowerBottom) = (198.0, 250.0)

  init(of shift: SampleShift, name: String) {
    (self.shift, self.name) = (shift, name)
    let logarithms = shift.shifts.flatMap { [$0.before, $0.after] }.filter { $0 > 0 && $0.isFinite }.map(log)
    let (low, high) = (logarithms.min() ?? 0, logarithms.max() ?? 1)
    // A twentieth on either side, and more where all samples are alike.
    let air = max((high - low) / 20, 0.05)
    extent = (low - air, high + air)
    let changes = shift.shifts.map { $0.relative ?? 0 }
    // What is less than a tenth is drawn as little.
    let size = max(0.1, (changes.max() ?? 0) - (changes.min() ?? 0))
    span = (min(changes.min() ?? 0, -size / 6), max(changes.max() ?? 0, size / 6))
  }

  var html: HTML {
    let words = ShiftWords(of: shift)
    let title = "Samples of \(name) before and now by percentile"
    return .element(
      "svg",
      [
        "class": "slo-shift", "viewBox": "0 0 \(ShiftDrawing.width) \(ShiftDrawing.height)", "role": "img",
        "aria-label": "\(title): \(words.summary)",
      ],
      [.element("title", .plain(title)), .element("desc", .plain(words.summary))]
        + legend + grid + marks(words)
        + [
          bands(from: 0, { $0.relative ?? 0 }, at: lowerY),
          curve("slo-before") { upperY($0.before) }, curve("slo-line") { upperY($0.after) },
        ].flatMap(\.self))
  }

  // MARK: Places

  private func x(_ quantile: Double) -> Double {
    let most = log(0.99 / 0.01)
    let share = (log(quantile / (1 - quantile)) + most) / (2 * most)
    return ShiftDrawing.left + (ShiftDrawing.right - ShiftDrawing.left) * share
  }

  private func x(_ percentile: Int) -> Double { x(Double(percentile) / 100) }

  private func upperY(_ value: Double) -> Double {
    let logarithm = value > 0 ? min(max(log(value), extent.low), extent.high) : extent.low
    let share = (logarithm - extent.low) / (extent.high - extent.low)
    return ShiftDrawing.bottom - (ShiftDrawing.bottom - ShiftDrawing.top) * share
  }

  private func lowerY(_ change: Double) -> Double {
    let share = (change - span.low) / (span.high - span.low)
    return ShiftDrawing.lowerBottom - (ShiftDrawing.lowerBottom - ShiftDrawing.lowerTop) * share
  }

  private func px(_ number: Double) -> String { fixed(number, 1) }

  private func text(
    _ words: String, _ x: Double, _ y: Double, _ anchor: String = "middle", class name: String = "slo-note"
  ) -> HTML {
    .element(
      "text", ["class": name, "x": px(x), "y": px(y), "text-anchor": anchor], .plain(words))
  }

  private func line(_ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> HTML {
    .element("line", ["class": name, "x1": px(x1), "y1": px(y1), "x2": px(x2), "y2": px(y2)], [])
  }

  // MARK: What is around the curves

  private var legend: [HTML] {
    let (left, y) = (ShiftDrawing.left, 8.0)
    return [
      line("slo-before", left, y, left + 22, y), text("before", left + 27, y + 4, "start"),
      line("slo-line", left + 84, y, left + 106, y), text("now", left + 111, y + 4, "start"),
    ]
  }

  private var grid: [HTML] {
    let (left, right) = (ShiftDrawing.left, ShiftDrawing.right)
    let values = ticks.flatMap { tick in
      [
        line("slo-grid", left, upperY(tick), right, upperY(tick)),
        text(quantity(tick, shift.unit), left - 5, upperY(tick) + 4, "end"),
      ]
    }
    let percentiles = [1, 25, 50, 75, 95, 99].map {
      text("p\($0)", x($0), ShiftDrawing.bottom + 14, $0 == 99 ? "end" : "middle")
    }
    return values + percentiles + [
      line("slo-grid", left, lowerY(0), right, lowerY(0)), text("0 %", left - 5, lowerY(0) + 4, "end"),
    ] + extremes.map { text(signedPercent($0), left - 5, lowerY($0) + 4, "end") }
  }

  /// The largest changes to either side, where there is room for them next to that of none.
  private var extremes: [Double] {
    let changes = shift.shifts.compactMap(\.relative)
    return [changes.max(), changes.min()].compactMap(\.self).filter { abs(lowerY($0) - lowerY(0)) > 12 }
  }

  /// Multiples of 1, 2 or 5 times powers of ten, at most six of them; the ends where there is none.
  private var ticks: [Double] {
    let (low, high) = (exp(extent.low), exp(extent.high))
    for factors in [[1.0, 2, 5], [1.0]] {
      let found = stride(from: (extent.low / log(10)).rounded(.down), through: extent.high / log(10), by: 1)
        .flatMap { power in factors.map { $0 * pow(10, power) } }.filter { $0 >= low && $0 <= high }
      if (2...6).contains(found.count) { return found }
    }
    return [shift[1].before, shift[99].before].filter { $0 > 0 }
  }

  /// The named percentiles: a line through both parts, and by how much each differs.
  private func marks(_ words: ShiftWords) -> [HTML] {
    ShiftWords.named.flatMap { percentile in
      let tone =
        words.isMoved(percentile) ? tone(isMore: shift[percentile].after > shift[percentile].before) : nil
      let row = percentile == 95 ? ShiftDrawing.lowerTop - 6 : ShiftDrawing.lowerTop - 19
      return [
        line("slo-change", x(percentile), ShiftDrawing.top, x(percentile), ShiftDrawing.lowerBottom),
        text(
          words.difference(at: percentile), x(percentile), row, percentile == 50 ? "middle" : "end",
          class: "slo-note slo-\(tone ?? "same")"),
      ]
    }
  }

  // MARK: The values

  private func curve(_ name: String, _ y: (QuantileShift) -> Double) -> [HTML] {
    let points = shift.shifts.map { "\(px(x($0.quantile))),\(px(y($0)))" }
    return [.element("polyline", ["class": name, "points": points.joined(separator: " ")], [])]
  }

  /// The areas between what differs and none: one above it, one below it.
  private func bands(
    from base: Double, _ value: (QuantileShift) -> Double, at y: (Double) -> Double
  ) -> [HTML] {
    let (first, last) = (x(1), x(99))
    return [true, false].compactMap { isMore in
      let values = shift.shifts.map { isMore ? max(base, value($0)) : min(base, value($0)) }
      guard values.contains(where: { $0 != base }) else { return nil }
      let points = zip(shift.shifts, values).map { "\(px(x($0.quantile))),\(px(y($1)))" }
      let corners = ["\(px(first)),\(px(y(base)))"] + points + ["\(px(last)),\(px(y(base)))"]
      return .element(
        "polygon",
        ["class": "slo-\(tone(isMore: isMore) ?? "band")", "points": corners.joined(separator: " ")], [])
    }
  }

  /// Whether more is worse; nil where it is not known.
  private func tone(isMore: Bool) -> String? {
    shift.better.map { ($0 == .lower) == isMore ? "more-bad" : "more-good" }
  }
}
