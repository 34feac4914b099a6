internal import SLOStatistics

/// A way to decide whether a value is worse than earlier ones; lower is better.
struct Rule: Sendable {
  var name: String
  var isWorse: @Sendable (_ history: [Double], _ value: Double) -> Bool

  /// Ours and the common ones beside it.
  static let all = [
    Rule(name: "slogate") { history, value in
      RegressionTest().judge(Candidate(references: history, values: [value])).outcome == .worse
    },
    Rule(name: "t-test 0.99 (predictive)") { history, value in
      let (mean, deviation) = moments(history)
      let count = Double(history.count)
      let quantile = StudentDistribution(degreesOfFreedom: count - 1).quantile(upperTail: 0.01)
      return value > mean + quantile * deviation * (1 + 1 / count).squareRoot()
    },
    Rule(name: "mean + 3 sd") { history, value in
      let (mean, deviation) = moments(history)
      return value > mean + 3 * deviation
    },
    Rule(name: "median + 3 × 1.4826 MAD") { history, value in
      guard let sample = SortedSample(history) else { return false }
      return value > sample.median + 3 * 1.4826 * sample.medianAbsoluteDeviation
    },
    Rule(name: "previous run + 10 %") { history, value in value > 1.1 * (history.last ?? value) },
  ]

  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }
}
