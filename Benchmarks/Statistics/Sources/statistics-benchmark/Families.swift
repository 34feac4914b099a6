internal import Glibc
internal import SLOStatistics

/// Whole checks of 25 mixed timings: how often nothing blocks wrongly, and what is found.
struct Families {
  var seed: UInt64
  var cases: Int

  private static let size = 25

  /// How strongly the runs of a check move together.
  private struct Host {
    var name: String
    /// The share of the shared variance against an own noise of 3.5 %.
    var share: Double
    /// How often a run falls on a host 15 % slower.
    var slow = 0.0

    func noise(using random: inout SplitMix64) -> Double {
      let shared = 0.035 * (share / (1 - share)).squareRoot() * random.normal()
      return shared + (random.happens(slow) ? log(1.15) : 0)
    }
  }

  private static let hosts = [
    Host(name: "none", share: 0), Host(name: "0.3", share: 0.3), Host(name: "0.5", share: 0.5),
    Host(name: "0.7", share: 0.7), Host(name: "0.3, slow hosts", share: 0.3, slow: 0.2),
  ]

  func show() {
    var table = Table(
      title: "25 mixed timings of the same runs (5, 10, 20 earlier): per cent",
      header: [
        "shared noise", "false a series", "runs blocked, nothing changed", "… or the common factor",
        "one at +10 %: worse", "+20 %: worse", "+20 %: blocks", "all +20 %: blocks or common",
      ])
    for host in Families.hosts { table.rows.append([host.name] + measures(of: host).map { fixed($0) }) }
    table.show()
  }

  private func measures(of host: Host) -> [Double] {
    let quiet = judge(host, moved: 0..<0, factor: 1)
    let ten = judge(host, moved: 0..<1, factor: 1.1)
    let twenty = judge(host, moved: 0..<1, factor: 1.2)
    let all = judge(host, moved: 0..<Families.size, factor: 1.2)
    let alarms = quiet.reduce(0) { $0 + $1.judgements.filter { $0.outcome == .worse }.count }
    return [
      100 * Double(alarms) / Double(quiet.count * Families.size),
      share(of: quiet) { $0.judgements.contains(where: \.blocks) },
      share(of: quiet) {
        $0.judgements.contains(where: \.blocks) || $0.common.contains { $0.judgement.blocks }
      },
      share(of: ten) { $0.judgements[0].outcome == .worse },
      share(of: twenty) { $0.judgements[0].outcome == .worse },
      share(of: twenty) { $0.judgements[0].blocks },
      share(of: all) {
        $0.judgements.contains(where: \.blocks) || $0.common.contains { $0.judgement.blocks }
      },
    ]
  }

  private func share(of judged: [FamilyJudgement], where holds: (FamilyJudgement) -> Bool) -> Double {
    100 * Double(judged.filter(holds).count) / Double(judged.count)
  }

  private func judge(_ host: Host, moved: Range<Int>, factor: Double) -> [FamilyJudgement] {
    [5, 10, 20].flatMap { count in
      var random = SplitMix64(seed: seed &+ UInt64(count))
      return (0..<cases).map { index in
        let family = draw(host, count: count, offset: index, moved: moved, factor: factor, using: &random)
        return RegressionTest().judge(family)
      }
    }
  }

  private func draw(
    _ host: Host, count: Int, offset: Int, moved: Range<Int>, factor: Double, using random: inout SplitMix64
  ) -> [Candidate] {
    let shared = (0...count).map { _ in host.noise(using: &random) }
    return (0..<Families.size).map { index in
      let noise = Noise.counted[(index + offset) % Noise.counted.count]
      let drawn = noise.series(count, factor: moved.contains(index) ? factor : 1, using: &random)
      let loading = noise == .constant ? 0 : 0.5 + 0.8 * random.uniform()
      var values = zip(drawn.history + [drawn.next], shared).map { $0 * exp(loading * $1) }
      if noise == .quantised || noise == .constant { values = values.map { $0.rounded() } }
      return Candidate(references: values.dropLast(), values: [values[count]], runs: Array(0..<count))
    }
  }
}
