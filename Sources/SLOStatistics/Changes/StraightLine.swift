/// A least-squares line through values at equal distances.
package struct StraightLine: Sendable {
  /// The rise from one value to the next.
  package let slope: Double
  /// The mean of the values: the height in the middle.
  package let height: Double
  private let middle: Double

  /// Fits two values or more.
  package init(through values: some RandomAccessCollection<Double>) {
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
  package subscript(_ position: Int) -> Double { height + slope * (Double(position) - middle) }
}
