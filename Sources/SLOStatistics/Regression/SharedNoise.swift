internal import Glibc

/// The noise that series of the same runs share: a slow host, a busy database. One number a run, the median of
/// what moved each of them.
struct SharedNoise {
  /// Fewer series than this cannot tell shared noise from their own.
  static let minimumSeries = 6

  /// Towards worse, on the logarithmic scale: one a reference, last the candidate's.
  private let noise: [Double]
  /// The part of it that is real and not the sampling of so few series; 0 where there is none to be seen.
  private let reality: Double

  /// Estimates the noise shared by six fine series or more with the same runs.
  init?(of tests: [SeriesTest]) {
    guard tests.count >= SharedNoise.minimumSeries else { return nil }
    let levels = tests.map { $0.level(prior: .relative) }
    let residuals = zip(tests, levels).map { $0.residuals(about: $1) }
    noise = (residuals.first ?? []).indices.map { run in
      SortedSample(sorting: residuals.map { $0[run] }).median
    }
    let count = Double(levels.count)
    let precision = levels.reduce(0) { $0 + 1 / $1.scale } / count
    let sampling = 1.3 * Double.pi / 2 / (count * precision * precision)
    let variance = SharedNoise.variance(of: noise.dropLast())
    reality = variance > 2 * sampling ? 1 - sampling / variance : 0
  }

  /// Whether the history shows such noise.
  var isReal: Bool { reality > 0 }

  /// What to take out of the series it was estimated from.
  var removable: [Double] { noise.map { reality * $0 } }

  /// The noise as a factor, towards worse, of the candidate.
  var factor: Double { exp(noise.last ?? 0) }

  /// The noise judged as a series of its own.
  func judgement(policy: RegressionPolicy) -> Judgement {
    let percent = noise.map { 100 * exp($0) }
    let candidate = Candidate(references: percent.dropLast(), values: percent.suffix(1))
    guard let window = Window(of: candidate, policy: policy),
      let judged = SeriesTest(of: candidate, window: window, policy: policy).judgement(prior: .common)
    else { return Judgement(insufficient: candidate) }
    var judgement = judged.judgement
    judgement.setLimits(judged.sensitivity, alpha: policy.alpha(among: 1), among: 1)
    judgement.q = judgement.p
    judgement.blocks = judgement.outcome == .worse
    judgement.warns = judgement.blocks
    return judgement
  }

  /// The variance of the history's noise, clipped at three robust deviations.
  private static func variance(of noise: ArraySlice<Double>) -> Double {
    let sample = SortedSample(sorting: noise)
    let bound = 3 * 1.4826 * sample.medianAbsoluteDeviation + 1e-9
    let squares = sample.values.reduce(0) { sum, value in
      let clipped = min(abs(value - sample.median), bound)
      return sum + clipped * clipped
    }
    return squares / Double(noise.count - 1)
  }
}
