internal import Glibc

/// What the runs of a level say of the rate of their failures, and of how much it varies from run to run.
///
/// The failures of a run of N trials are negative binomial with the mean p·N and the shape 1/κ² (`Burstiness`). Neither
/// p nor κ is estimated: every pair of a grid counts by its likelihood, times √p for what is not known of p, so that
/// few failures promise nothing.
///
/// A run that lies far above the others may have been an incident, 1 in 50 before anything is known of it. An
/// incident has any number of failures and says nothing of the usual ones.
struct FailureRates {
  /// How likely the counts are under each κ, in proportion to the likeliest pair.
  let likelihoods: [Double]
  private let rows: [RateRow]

  /// Takes in the runs of a level, one at least.
  /// - Parameter suspects: for each run, whether it may have been an incident. Where all may have been, none was.
  init(of runs: [Counts], suspects: [Bool]) {
    let suspects = suspects.contains(false) ? suspects : suspects.map { _ in false }
    let usual = zip(runs, suspects).filter { !$0.1 }.map(\.0)
    let failures = usual.reduce(0.5) { $0 + Double($1.failures) }
    let rate = failures / usual.reduce(1) { $0 + Double($1.trials) }
    var rows = Burstiness.grid.map { burstiness in
      let variance = min(1.5, burstiness * burstiness) / Double(usual.count) + 1 / failures
      var row = RateRow(
        shape: 1 / (burstiness * burstiness), about: rate, reach: min(4, 4 * variance.squareRoot()))
      row.take(usual)
      for (run, isSuspect) in zip(runs, suspects) where isSuspect { row.take(suspect: run) }
      return row
    }
    let largest = rows.map(\.largest).max() ?? 0
    for index in rows.indices { rows[index].settle(largest) }
    self.rows = rows
    likelihoods = rows.map(\.likelihood)
  }

  /// What these runs say of the failures of another one.
  /// - Parameter burstiness: that of the service's endpoints.
  func forecast(trials: Int, burstiness: Burstiness) -> FailureForecast {
    let whole = zip(likelihoods, burstiness.shares).reduce(0) { $0 + $1.0 * $1.1 }
    return FailureForecast(
      trials: trials,
      rows: zip(rows, burstiness.shares).map { row, share in
        FailureForecast.Row(
          shape: row.shape, rates: row.rates, weights: row.likelihoods.map { $0 * (share / whole) })
      })
  }
}

/// Rates of failures beside one κ, and how likely counts are under each: 24 in equal steps of their logarithms, four
/// to a vector.
private struct RateRow {
  private static let count = 24
  private static let incidents = 0.02

  /// 1/κ².
  let shape: Double
  let rates: [SIMD4<Double>]
  private let logRates: [SIMD4<Double>]
  /// Log likelihoods, without what only hangs on the counts.
  private var logLikelihoods: [SIMD4<Double>]
  /// In proportion to the likeliest of all rows, once settled.
  private(set) var likelihoods: [SIMD4<Double>] = []

  /// - Parameter reach: how far the logarithms of the rates go to either side.
  init(shape: Double, about rate: Double, reach: Double) {
    self.shape = shape
    logRates = stride(from: 0, to: RateRow.count, by: 4).map { first in
      let places = SIMD4(0, 1, 2, 3) + Double(first)
      let logs = log(rate) + reach * (places * (2 / Double(RateRow.count - 1)) - 1)
      return logs.clamped(lowerBound: SIMD4(repeating: log(1e-9)), upperBound: SIMD4(repeating: log(0.999)))
    }
    rates = logRates.map { SIMD4(exp($0[0]), exp($0[1]), exp($0[2]), exp($0[3])) }
    logLikelihoods = logRates.map { log(reach) + $0 / 2 }
  }

  /// Takes in runs: ln P(f) = ln Γ(f + A)/Γ(A) + f ln(pN/A) − (f + A) ln(1 + pN/A) − ln f!.
  mutating func take(_ runs: [Counts]) {
    let failures = runs.reduce(0) { $0 + Double($1.failures) }
    let constant = runs.reduce(0) { $0 + logRising($1.failures) } - failures * log(shape)
    for index in rates.indices {
      logLikelihoods[index] += logRates[index] * failures + constant
    }
    // A product of sixteen is finite: trials are at most 10¹².
    for first in stride(from: 0, to: runs.count, by: 16) {
      divide(by: runs[first..<min(first + 16, runs.count)])
    }
  }

  /// Takes off Σ (f + A) ln(1 + pN/A) of a few runs. Logarithms take time, so those of products are taken: one for A,
  /// and one for each binary digit of the failures.
  private mutating func divide(by runs: ArraySlice<Counts>) {
    let digits = Int.bitWidth - runs.reduce(0) { $0 | $1.failures }.leadingZeroBitCount
    var products = Array(repeating: SIMD4<Double>.one, count: digits)
    for index in rates.indices {
      let scaled = rates[index] / shape
      var whole = SIMD4<Double>.one
      for digit in 0..<digits { products[digit] = .one }
      for run in runs {
        let factor = 1 + scaled * Double(run.trials)
        whole *= factor
        var rest = run.failures
        while rest != 0 {
          products[rest.trailingZeroBitCount] *= factor
          rest &= rest - 1
        }
      }
      logLikelihoods[index] -= logarithms(of: whole) * shape
      for digit in 0..<digits {
        logLikelihoods[index] -= logarithms(of: products[digit]) * Double(1 << digit)
      }
    }
  }

  /// Takes in a run that may have been an incident, any number of whose failures is as likely.
  mutating func take(suspect run: Counts) {
    let (failures, trials) = (Double(run.failures), Double(run.trials))
    // As runs are taken in: without ln N^f/f!.
    let incident = log(RateRow.incidents / (trials + 1)) + lgamma(failures + 1).0 - failures * log(trials)
    let constant = logRising(run.failures) - failures * log(shape) + log(1 - RateRow.incidents)
    for index in rates.indices {
      let usual =
        logRates[index] * failures + constant
        - (failures + shape) * logarithms(of: 1 + rates[index] * (trials / shape))
      for lane in 0..<4 {
        let larger = max(usual[lane], incident)
        logLikelihoods[index][lane] += larger + log(exp(usual[lane] - larger) + exp(incident - larger))
      }
    }
  }

  /// The largest of its log likelihoods.
  var largest: Double { logLikelihoods.reduce(-.infinity) { max($0, $1.max()) } }

  /// Measures its likelihoods against the largest of all rows.
  mutating func settle(_ largest: Double) {
    likelihoods = logLikelihoods.map { logs in
      SIMD4(exp(logs[0] - largest), exp(logs[1] - largest), exp(logs[2] - largest), exp(logs[3] - largest))
    }
  }

  /// Their sum.
  var likelihood: Double { likelihoods.reduce(0) { $0 + $1.sum() } }

  /// ln Γ(count + A)/Γ(A).
  private func logRising(_ count: Int) -> Double {
    guard count > 0 else { return 0 }
    guard count <= 20 else { return logRisingFactorial(shape, Double(count)) }
    return log((0..<count).reduce(1) { $0 * (shape + Double($1)) })
  }
}
