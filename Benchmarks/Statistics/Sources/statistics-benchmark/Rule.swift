internal import SLOStatistics

/// A way to decide whether a value is worse than earlier ones; lower is better.
struct Rule: Sendable {
  var name: String
  var isWorse: @Sendable (_ history: [Double], _ value: Double) -> Bool

  static let slogate = Rule(name: "slogate") { history, value in
    RegressionTest().judge(Candidate(references: history, values: [value])).outcome == .worse
  }

  /// Ours and those of others, each as its documentation or source states it.
  static let all = [
    slogate,
    Rule(name: "Bencher t_test 0.99") { history, value in
      let (mean, deviation) = moments(history)
      let count = Double(history.count)
      let quantile = StudentDistribution(degreesOfFreedom: count - 1).quantile(upperTail: 0.01)
      return deviation > 0 && value > mean + quantile * deviation * (1 + 1 / count).squareRoot()
    },
    Rule(name: "Bencher z_score 0.99") { history, value in
      let (mean, deviation) = moments(history)
      return deviation > 0 && value > mean + NormalDistribution.quantile(upperTail: 0.01) * deviation
    },
    Rule(name: "Bencher percentage 10 %") { history, value in value > 1.1 * moments(history).mean },
    Rule(name: "Bencher iqr 2.0") { history, value in
      guard let sample = SortedSample(history) else { return false }
      return value > sample.median + 2 * (sample.percentile(75) - sample.percentile(25))
    },
    Rule(name: "mean + 3 sd") { history, value in
      let (mean, deviation) = moments(history)
      return value > mean + 3 * deviation
    },
    Rule(name: "median + 3 × 1.4826 MAD") { history, value in
      guard let sample = SortedSample(history) else { return false }
      return value > sample.median + 3 * 1.4826 * sample.medianAbsoluteDeviation
    },
    Rule(name: "Keptn <=+10 %, last 3") { history, value in value > 1.1 * moments(history.suffix(3)).mean },
    Rule(name: "previous run + 10 %") { history, value in value > 1.1 * (history.last ?? value) },
    Rule(name: "github-action-benchmark 200 %") { history, value in value > 2 * (history.last ?? value) },
  ]

  private static func moments(_ values: some Collection<Double>) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }
}
