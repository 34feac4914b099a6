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
    var values = trend.levels.flatMap { [$0.median - $0.noise, $0.median + $0.noise] } + judged
    var strays: [Double] = []
    for level in trend.levels {
      for value in trend.points[level.points].map(\.value) {
        if abs(value - level.median) > 8 * level.noise { strays.append(value) } else { values.append(value) }
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
