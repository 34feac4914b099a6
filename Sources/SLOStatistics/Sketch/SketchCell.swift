/// A part of the number line whose values a sketch does not tell apart.
enum SketchCell {
  case negativeInfinity
  /// The negative numbers whose magnitude falls into a bucket.
  case negative(Int)
  /// Zero, and what is too small to be a normal number.
  case zero
  /// The positive numbers that fall into a bucket.
  case positive(Int)
  case positiveInfinity

  /// The cell a value lies in.
  /// - Parameter value: any number but NaN.
  init(of value: Double) {
    precondition(!value.isNaN, "NaN has no place in a distribution")
    if value.magnitude < .leastNormalMagnitude {
      self = .zero
    } else if value.isInfinite {
      self = value > 0 ? .positiveInfinity : .negativeInfinity
    } else {
      let bucket = LogarithmicMapping.bucket(of: value.magnitude)
      self = value > 0 ? .positive(bucket) : .negative(bucket)
    }
  }

  /// The number that stands for all values of the cell.
  var estimate: Double {
    switch self {
    case .negativeInfinity: -.infinity
    case .negative(let bucket): -LogarithmicMapping.estimate(of: bucket)
    case .zero: 0
    case .positive(let bucket): LogarithmicMapping.estimate(of: bucket)
    case .positiveInfinity: .infinity
    }
  }

  /// The largest number that lies in the cell.
  var last: Double {
    switch self {
    case .negativeInfinity: -.infinity
    case .negative(let bucket):
      min((-LogarithmicMapping.upperBound(of: bucket - 1)).nextDown, -.leastNormalMagnitude)
    case .zero: Double.leastNormalMagnitude.nextDown
    case .positive(let bucket): min(LogarithmicMapping.upperBound(of: bucket), .greatestFiniteMagnitude)
    case .positiveInfinity: .infinity
    }
  }
}
