internal import Glibc

/// The kinds of noise a timing may have: how earlier runs scattered and what the next would read.
enum Noise: String, CaseIterable {
  case calm, typical, noisy, outliers, autocorrelated, walk, bimodal, quantised, constant, accepted, improved,
    heavy
  /// Spikes in the candidate too: no rule can tell them from regressions, so they stay out of the totals.
  case spiky

  static let counted = allCases.filter { $0 != .spiky }

  /// So many earlier runs and one more, which is `factor` times slower; a thousandth is the last digit written.
  func series(_ count: Int, factor: Double, using random: inout SplitMix64) -> (
    history: [Double], next: Double
  ) {
    var logs = scatter(count + 1, using: &random)
    let step = max(1, count / 5) + Int(random.uniform() * Double(count - 2 * max(1, count / 5) + 1))
    for index in 0..<step { logs[index] += oldLevel }
    if self == .outliers || self == .spiky {
      for index in logs.indices where (self == .spiky || index < count) && random.happens(0.07) {
        logs[index] += log(1.4 + random.uniform())
      }
    }
    let base = base(using: &random)
    var values = logs.map { base * exp($0) }
    if self == .constant { values = values.map { _ in base + wobble(using: &random) } }
    values[count] *= factor
    let digits = self == .quantised || self == .constant ? 1.0 : 1_000
    values = values.map { ($0 * digits).rounded() / digits }
    return (Array(values.dropLast()), values[count])
  }

  private func base(using random: inout SplitMix64) -> Double {
    switch self {
    case .quantised: 8 + 8 * random.uniform()
    case .constant: (40 + 160 * random.uniform()).rounded()
    default: 30 * pow(20, random.uniform())
    }
  }

  private func wobble(using random: inout SplitMix64) -> Double {
    random.happens(0.1) ? (random.happens(0.5) ? 1 : -1) : 0
  }

  private func scatter(_ count: Int, using random: inout SplitMix64) -> [Double] {
    var state = 0.04 * random.normal()
    return (0..<count).map { _ in
      switch self {
      case .calm: return 0.015 * random.normal()
      case .noisy: return 0.1 * random.normal()
      case .heavy: return 0.03 * random.student()
      case .bimodal: return 0.02 * random.normal() + (random.happens(0.25) ? log(1.15) : 0)
      case .autocorrelated:
        state = 0.7 * state + 0.0286 * random.normal()
        return state
      case .walk:
        state += 0.01 * random.normal()
        return state + 0.018 * random.normal()
      case .quantised, .accepted, .improved: return 0.03 * random.normal()
      default: return 0.04 * random.normal()
      }
    }
  }

  /// How much slower runs were before the step of the level, on the logarithmic scale.
  private var oldLevel: Double { self == .accepted ? -log(1.25) : self == .improved ? log(1.25) : 0 }
}
