import SLOStatistics
import SLOSupport

/// Values as a row of blocks, one a value or, where they are more than the width, one a stretch of values.
///
/// The blocks span at least a tenth of the typical value, so that a series that keeps its level looks level.
func sparkline(_ values: [Double], width: Int) -> String {
  let stretches = bins(values, count: min(width, values.count))
  // Quarters keep the largest numbers there are from adding up to infinity.
  let quarters = stretches.map { $0 / 4 }
  guard let low = quarters.min(), let high = quarters.max(), let typical = SortedSample(quarters)?.median
  else { return "" }
  let span = max(high - low, abs(typical) / 10)
  let bottom = (low + high - span) / 2
  return quarters.reduce(into: "") { line, value in
    let height = span > 0 && span.isFinite ? (value - bottom) / span : 0
    line.append(blocks[min(blocks.count - 1, max(0, Int(saturating: height * Double(blocks.count))))])
  }
}

private let blocks: [Character] = ["▁", "▂", "▃", "▅", "▇"]

/// The medians of equally long stretches.
private func bins(_ values: [Double], count: Int) -> [Double] {
  (0..<count).compactMap { bin in
    let (start, end) = (bin * values.count / count, (bin + 1) * values.count / count)
    return SortedSample(values[start..<end])?.median
  }
}
