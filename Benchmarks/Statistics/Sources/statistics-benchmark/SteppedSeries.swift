internal import Glibc

/// A simulated history and where its level really changes.
struct SteppedSeries {
  /// The kinds of noise about the levels.
  enum Noise: String, CaseIterable {
    case calm, typical, noisy, outliers, autocorrelated, walk, bimodal, quantised, counts, heavy, uneven
  }

  var values: [Double]
  /// The first runs of new levels.
  var changes: [Int]

  /// A history of so many runs with so many steps of 5, 10, 20 or 50 % up or down, 8 runs apart or more.
  init(_ noise: Noise, count: Int, steps: Int, using random: inout SplitMix64) {
    changes = SteppedSeries.places(steps, in: count, using: &random)
    var level = 0.0
    var logs: [Double] = []
    for length in zip(changes + [count], [0] + changes).map({ $0 - $1 }) {
      logs += SteppedSeries.scatter(noise, length, using: &random).map { level + $0 }
      let factor = [1.05, 1.1, 1.2, 1.5][Int(random.next() % 4)]
      level += random.happens(0.5) ? log(factor) : -log(factor)
    }
    if noise == .walk {
      var walk = 0.0
      for index in logs.indices {
        logs[index] += walk
        walk += 0.006 * random.normal()
      }
    }
    let base = noise == .quantised ? 12 + 8 * random.uniform() : 30 * pow(20, random.uniform())
    values = logs.map { base * exp($0) }
    if noise == .quantised { values = values.map { $0.rounded() } }
    if noise == .counts {
      values = values.map { $0.rounded() + (random.happens(0.1) ? (random.happens(0.5) ? 1 : -1) : 0) }
    }
  }

  /// Places at least 8 runs apart and from both ends, all such choices as likely.
  private static func places(_ steps: Int, in count: Int, using random: inout SplitMix64) -> [Int] {
    let room = count - 8 * (steps + 1)
    let drawn = (0..<steps).map { _ in Int(random.uniform() * Double(room + 1)) }.sorted()
    return drawn.enumerated().map { $1 + 8 * ($0 + 1) }
  }

  private static func scatter(_ noise: Noise, _ count: Int, using random: inout SplitMix64) -> [Double] {
    var state = 0.04 * random.normal()
    let own = 0.015 + 0.055 * random.uniform()
    return (0..<count).map { _ in
      switch noise {
      case .calm: return 0.015 * random.normal()
      case .typical, .quantised: return 0.04 * random.normal()
      case .noisy: return 0.1 * random.normal()
      case .outliers:
        return 0.03 * random.normal() + (random.happens(0.07) ? log(1.4 + random.uniform()) : 0)
      case .autocorrelated:
        state = 0.7 * state + 0.0286 * random.normal()
        return state
      case .walk: return 0.018 * random.normal()
      case .bimodal: return 0.02 * random.normal() + (random.happens(0.25) ? log(1.15) : 0)
      case .counts: return 0
      case .heavy: return 0.03 * random.student()
      case .uneven: return own * random.normal()
      }
    }
  }
}
