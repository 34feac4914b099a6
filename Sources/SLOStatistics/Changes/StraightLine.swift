/// A least-squares line through values at equal distances.
struct StraightLine {
  /// The rise from one value to the next.
  let slope: Double
  /// The mean of the values: the height in the middle.
  let height: Double
  private let middle: Double

  /// Fits two values or more.
  init(through values: some RandomAccessCollection<Double>) {
    let count = Double(values.count)
    middle = (count - 1) / 2
    height = values.reduce(0, +) / count
    var (products, x) = (0.0, -middle)
    for value in values {
      products += x * (value - height)
      x += 1
    }
    slope = products / (count * (count * count - 1) / 12)
  }

  /// The height at a position, from 0.
  subscript(_ position: Int) -> Double { height + slope * (Double(position) - middle) }
}
