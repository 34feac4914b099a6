internal import Glibc

/// How many failures a run of so many trials will have if nothing changed: a mixture of negative binomials, one for
/// every rate and burstiness that the runs before it allow.
struct FailureForecast {
  /// The rates beside one burstiness, with their probabilities, four to a vector.
  struct Row {
    /// 1/κ².
    let shape: Double
    let rates: [SIMD4<Double>]
    let weights: [SIMD4<Double>]
  }

  /// What weighs less changes no digit that is shown.
  private static let negligible = 1e-12
  /// Up to so many expected failures their probabilities are added one by one from none on.
  private static let fewFailures = 500.0
  /// So many probabilities are added one by one before the rest is halved.
  private static let steps = 2_000

  private let trials: Int
  private let rows: [Row]

  /// The correlation of two trials of one run: by it runs differ more than coin tosses do. The variance of a run's
  /// true rate is κ²p² = ρp.
  let correlation: Double

  init(trials: Int, rows: [Row]) {
    self.trials = trials
    self.rows = rows.filter { row in row.weights.contains { $0.max() > FailureForecast.negligible } }
    correlation = min(
      0.99,
      rows.reduce(0) { sum, row in
        sum + zip(row.rates, row.weights).reduce(0) { $0 + ($1.0 * $1.1).sum() } / row.shape
      })
  }

  /// The chance of so many failures or more.
  func upperTail(from count: Int) -> Double {
    guard count > 0 else { return 1 }
    return min(1, sum(at: count) { $0.upperTail(from: count, logBeta: $1) })
  }

  /// The chance of fewer.
  func lowerTail(below count: Int) -> Double {
    guard count > 0 else { return 0 }
    return min(1, sum(at: count) { $0.lowerTail(below: count, logBeta: $1) })
  }

  /// The smallest number of failures, from one on, with a smaller chance of so many or more than this; one more than
  /// there are trials where none has it.
  func fewest(from first: Int, rarerThan alpha: Double) -> Int {
    let start = isOfFew && Double(first) <= FailureForecast.fewFailures ? 0 : first
    var (count, tail) = (start, upperTail(from: start))
    var terms = terms(at: start)
    while count < first || tail >= alpha {
      guard count <= trials, count < start + FailureForecast.steps else {
        return (max(first, count)...trials + 1).firstPartition { $0 > trials || upperTail(from: $0) < alpha }
      }
      tail -= terms.step()
      count += 1
    }
    return count
  }

  /// The share of failures at which so many or more are found with probability 80 %, on Anscombe's scale.
  func share(exceeding failures: Int) -> Double {
    let limit = Counts.anscombe(failures: Double(failures) - 0.5, trials: Double(trials))
    let deviation = (correlation + 1 / Double(trials)).squareRoot()
    let reached = limit + NormalDistribution.quantile(upperTail: 0.2) * deviation
    let half = sin(min(reached, Double.pi) / 2)
    return half * half
  }

  private var isOfFew: Bool {
    let most = FailureForecast.fewFailures / Double(trials)
    return rows.allSatisfy { row in
      zip(row.rates, row.weights).allSatisfy { $1.max() <= FailureForecast.negligible || $0.max() <= most }
    }
  }

  private func sum(at count: Int, _ tail: (NegativeBinomialDistribution, Double) -> Double) -> Double {
    rows.reduce(0) { sum, row in
      let logBeta = NegativeBinomialDistribution.logBeta(count, shape: row.shape)
      return zip(row.rates, row.weights).reduce(sum) { sum, cell in
        (0..<4).reduce(sum) { sum, lane in
          guard cell.1[lane] > FailureForecast.negligible else { return sum }
          let failures = NegativeBinomialDistribution(mean: cell.0[lane] * Double(trials), shape: row.shape)
          return sum + cell.1[lane] * tail(failures, logBeta)
        }
      }
    }
  }

  /// The probabilities of a count under every rate that counts.
  private func terms(at count: Int) -> Terms {
    var terms = Terms(count: count)
    for row in rows {
      let constant =
        count == 0 ? 0 : logRisingFactorial(row.shape, Double(count)) - lgamma(Double(count) + 1).0
      for (rates, weights) in zip(row.rates, row.weights) where weights.max() > FailureForecast.negligible {
        let odds = rates * (Double(trials) / row.shape)
        let spread = logarithms(of: 1 + odds)
        let logs = constant + Double(count) * (logarithms(of: odds) - spread) - spread * row.shape
        terms.probabilities.append(weights * SIMD4(exp(logs[0]), exp(logs[1]), exp(logs[2]), exp(logs[3])))
        terms.ratios.append(odds / (1 + odds))
        terms.shapes.append(row.shape)
      }
    }
    return terms
  }

  /// The probabilities of one count, four rates to a vector; those of the next are a factor of them.
  private struct Terms {
    var count: Int
    var probabilities: [SIMD4<Double>] = []
    var ratios: [SIMD4<Double>] = []
    var shapes: [Double] = []

    /// Goes on to the next count.
    /// - Returns: the probability of this one.
    mutating func step() -> Double {
      var sum = SIMD4<Double>.zero
      let next = 1 / Double(count + 1)
      for index in probabilities.indices {
        sum += probabilities[index]
        probabilities[index] *= ratios[index] * ((Double(count) + shapes[index]) * next)
      }
      count += 1
      return sum.sum()
    }
  }
}

extension ClosedRange<Int> {
  /// The smallest element with a property that all larger ones share; one past the end where none has it.
  func firstPartition(where holds: (Int) -> Bool) -> Int {
    var low = lowerBound
    var high = upperBound + 1
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
