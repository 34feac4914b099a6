internal import SLOStatistics

/// False alarms and power of scores between 0 and 1, written with two digits.
struct Scores {
  var seed: UInt64
  var cases: Int

  private enum Kind: String, CaseIterable {
    case steady, usual, restless, perfect, heavy, twoMachines = "two machines", accepted

    func deviation(using random: inout SplitMix64) -> Double {
      switch self {
      case .steady, .perfect: 0.008 * random.normal()
      case .restless: 0.05 * random.normal()
      case .heavy: 0.015 * random.student()
      case .twoMachines: 0.015 * random.normal() - (random.happens(0.25) ? 0.08 : 0)
      case .usual, .accepted: 0.02 * random.normal()
      }
    }
  }

  func show() {
    var table = Table(
      title: "Scores, floor 0.03: alarms in per cent (5, 10, 20, 30 earlier runs)",
      header: ["score", "nothing, n = 5", "10", "20", "30", "−0.05", "−0.10", "−0.20"])
    var sums = Array(repeating: 0.0, count: 4)
    for kind in Kind.allCases {
      let quiet = [5, 10, 20, 30].map { alarms(kind, count: $0, lost: 0) }
      let power = [0.05, 0.1, 0.2].map { lost in
        [5, 10, 20, 30].reduce(0) { $0 + alarms(kind, count: $1, lost: lost) } / 4
      }
      sums[0] += quiet.reduce(0, +) / 4
      for index in 0..<3 { sums[index + 1] += power[index] }
      table.rows.append([kind.rawValue] + (quiet + power).map { fixed($0) })
    }
    let means = sums.map { fixed($0 / Double(Kind.allCases.count)) }
    table.rows.append(["mean", means[0], "", "", ""] + means.dropFirst())
    table.show()
  }

  private func alarms(_ kind: Kind, count: Int, lost: Double) -> Double {
    var random = SplitMix64(seed: seed &+ UInt64(count))
    return percent(lost == 0 ? 4 * cases : cases) { _ in
      let level = kind == .perfect ? 0.99 : 0.5 + 0.45 * random.uniform()
      let scores = (0...count).map { index in
        let old = kind == .accepted && index < count * 2 / 5 ? 0.12 : 0
        let score = level - old + kind.deviation(using: &random) - (index == count ? lost : 0)
        return (100 * min(max(score, 0), 1)).rounded() / 100
      }
      let candidate = Candidate(
        references: scores.dropLast(), values: [scores[count]], kind: .bounded, better: .higher,
        absoluteFloor: 0.03)
      return RegressionTest().judge(candidate).outcome == .worse
    }
  }
}
