import SLOBudgets
import SLOGate

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
    let typical = abs(trend.current.median)
    let span = max(high - low, typical * 0.1, typical == 0 ? 1 : 0)
    let bound = trend.limit?.bound
    showsLimit = bound.map { $0 > low - span && $0 < high + span } ?? false
    if showsLimit, let bound { (low, high) = (min(low, bound), max(high, bound)) }
    let padding = max((high - low) * 0.06, (span - (high - low)) / 2)
    let isPositive = low >= 0
    low -= padding
    high += padding
    self.low = isPositive ? max(0, low) : low
    self.high = high
    strays = trend.points.count { $0.value < low || $0.value > high }
    ticks = ChartScale.ticks(from: self.low, to: high, about: count)
  }

  /// Where a value lies between bottom (0) and top (1).
  func height(of value: Double) -> Double { min(1, max(0, (value - low) / (high - low))) }

  /// The extent of the values and of the noise around their levels, and of a value that belongs to none. Values far
  /// from their level count only where they do not stretch it to much more than its height; the newest, which is the
  /// one looked for, always does.
  private static func extent(of trend: Trend) -> (low: Double, high: Double) {
    let judged = trend.points[trend.current.points.upperBound...].map(\.value) + [trend.latest.value]
    var values = trend.levels.flatMap { [$0.median - $0.noise, $0.median + $0.noise] } + judged
    var strays: [Double] = []
    for level in trend.levels {
      for value in trend.points[level.points].map(\.value) {
        if abs(value - level.median) > 8 * level.noise { strays.append(value) } else { values.append(value) }
      }
    }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let all = (low: min(low, strays.min() ?? low), high: max(high, strays.max() ?? high))
    return all.high - all.low > 1.6 * (high - low) && high > low ? (low, high) : all
  }

  /// Multiples of 1, 2, 2.5 or 5 times a power of ten, at most `count` of them.
  private static func ticks(from low: Double, to high: Double, about count: Int) -> [Double] {
    guard high > low, count > 0 else { return [] }
    var power = 1.0
    while power * Double(count) > high - low { power /= 10 }
    while power * Double(count) * 10 <= high - low { power *= 10 }
    let step =
      [1, 2, 2.5, 5, 10].map { $0 * power }.first { (high - low) / $0 <= Double(count) } ?? power * 10
    let (first, last) = ((low / step).rounded(.up), (high / step).rounded(.down))
    guard first <= last else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }
}
