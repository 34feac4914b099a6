import SLOGate
import SLOModel
import SLOStatistics

/// How samples moved, in plain words.
struct ShiftWords {
  private let shift: SampleShift

  /// The percentiles that are named.
  static let named = [50, 95, 99]
  /// What two sketches cannot tell from no change at all.
  private static let least = 2 * QuantileSketch.accuracy

  init(of shift: SampleShift) { self.shift = shift }

  /// What moved: `the slow tail moved: p50 +1 %, p95 +35 %, p99 +80 %`.
  var summary: String {
    let all = ShiftWords.named.map { "p\($0) \(shift[$0].relative.map(signedPercent) ?? difference(at: $0))" }
    return "\(course): \(all.joined(separator: ", "))"
  }

  /// What the drawing shows, in a sentence.
  var caption: String {
    let references =
      counted(
        shift.references, shift.isPaired ? "run of the base" : "commit",
        plural: shift.isPaired ? "runs of the base" : nil)
    return
      "Each percentile of the samples before (the median of \(references)) and now, with the change below; \(summary)."
  }

  /// By how much a percentile differs: `+12 ms`.
  func difference(at percentile: Int) -> String {
    let change = shift[percentile].after - shift[percentile].before
    return change == 0 ? "±0" : (change < 0 ? "-" : "+") + quantity(abs(change), shift.unit)
  }

  /// Whether a percentile moved by more than two sketches can be wrong.
  func isMoved(_ percentile: Int) -> Bool { abs(shift[percentile].relative ?? 1) > ShiftWords.least }

  private var course: String {
    let changes = ShiftWords.named.map { shift[$0].relative ?? 0 }
    let (middle, tail) = (changes[0], changes[1...].max { abs($0) < abs($1) } ?? 0)
    guard ShiftWords.named.contains(where: isMoved) else {
      return "nothing moved by more than \(percent(ShiftWords.least))"
    }
    if min(abs(middle), abs(tail)) > ShiftWords.least, (middle < 0) != (tail < 0) {
      return "the middle and the slow tail moved apart"
    }
    if abs(middle) * 3 < abs(tail) { return "the slow tail moved" }
    if abs(tail) * 3 < abs(middle) { return "the middle moved, the slow tail hardly" }
    if abs(middle) * 1.5 < abs(tail) { return "all of it moved, the slow tail most" }
    return "all of it moved"
  }
}
