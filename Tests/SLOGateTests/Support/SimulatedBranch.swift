import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics
import TestSupport

@testable import SLOGate

/// A reference branch whose commits are checked one after the other, each against the window that a history would
/// give it: the newest commits, and one more for each that was blocked.
struct SimulatedBranch {
  private(set) var commits: [ReferenceCommit] = []
  /// What each commit measured of each series, a repetition a run.
  private var measured: [[Series: [ReferenceValue.Repetition]]] = []
  private var generator: SeededGenerator
  private var number = 0
  private let noise: Double
  var acceptances: [Acceptance] = []
  /// How much all series of a commit move together, as a share.
  var hostNoise = 0.0
  var budget = "version: 1"

  init(seed: Int = 1, noise: Double = 0.01) {
    generator = SeededGenerator(seed: UInt64(seed))
    self.noise = noise
  }

  /// When the next check takes place.
  var now: Timestamp { Timestamp(milliseconds: 1_000_000 + Int64(number) * 1_000) }

  /// Checks a commit whose series lie at these levels, and keeps its runs with what was blocked.
  /// - Parameter again: whether it is another run of the newest commit.
  mutating func check(_ levels: [Series: Double], again: Bool = false) throws -> Verdict {
    let values = drawn(levels)
    let sha = name(again: again)
    let draft = try draft(sha, "main", values, without: again ? sha : nil)
    let verdict = draft.verdict()
    keep(values, at: sha, blocked: Set(verdict.regressed), again: again)
    return verdict
  }

  /// Stores the runs of a commit without a check.
  mutating func record(_ levels: [Series: Double]) {
    keep(drawn(levels), at: name(again: false), blocked: [], again: false)
  }

  /// Checks a commit of another branch, which left this one after some of its commits; nothing is kept.
  mutating func checkBranch(_ levels: [Series: Double], leftAfter count: Int? = nil) throws -> Verdict {
    (try draft("topic", "topic", drawn(levels), after: count ?? commits.count)).verdict()
  }

  /// Accepts the level since a commit.
  mutating func accept(_ sha: String, metric: String? = nil) {
    let since = commits.first { $0.sha == sha }?.time ?? now
    number += 1
    acceptances.append(
      Acceptance(
        service: "shop", commit: sha, since: since, metric: metric, by: "sre", reason: "wanted", at: now))
    number += 1
  }

  /// Takes the names of the series out of what was blocked, as verdicts of older versions have none.
  mutating func forgetNames() {
    for commit in measured.indices where measured[commit].values.joined().contains(where: { $0.block != nil })
    {
      for series in measured[commit].keys {
        measured[commit][series] = measured[commit][series]?.map {
          var repetition = $0
          repetition.block = RegressionBlock(at: commits[commit].time, isNamed: false)
          return repetition
        }
      }
    }
  }

  private mutating func name(again: Bool) -> String {
    number += 1
    return again ? commits.last?.sha ?? "c0" : "c\(commits.count)"
  }

  private mutating func drawn(_ levels: [Series: Double]) -> [Series: Double] {
    let host = 1 + hostNoise * Double.random(in: -1...1, using: &generator)
    return levels.sorted { $0.key < $1.key }.reduce(into: [:]) { drawn, level in
      drawn[level.key] = host * level.value * (1 + noise * Double.random(in: -1...1, using: &generator))
    }
  }

  private mutating func keep(_ values: [Series: Double], at sha: String, blocked: Set<Series>, again: Bool) {
    if !again {
      commits.append(ReferenceCommit(sha: sha, branch: "main", time: now, runs: []))
      measured.append([:])
    }
    for (series, value) in values {
      let block = blocked.contains(series) ? RegressionBlock(at: now) : nil
      measured[measured.count - 1][series, default: []].append(
        ReferenceValue.Repetition(value: value, samples: 10_000, block: block))
    }
  }

  private func draft(
    _ sha: String, _ branch: String, _ values: [Series: Double], without excluded: String? = nil,
    after count: Int? = nil
  ) throws -> Draft {
    let measurements = values.sorted { $0.key < $1.key }.map { series, value in
      MetricValue(series: series, value: value, unit: .milliseconds, better: .lower, samples: 10_000)
    }
    var draft = Draft(
      CheckInput(
        service: "shop", commit: Commit(sha: sha, branch: branch), environment: Check.perf,
        runs: [run(measurements)], budgets: try Budgets.parse(budget, file: "b.yaml"), now: now))
    draft.windows = ["baseline": window(upTo: count ?? commits.count, without: excluded)]
    draft.acceptances = acceptances
    for acceptance in acceptances {
      guard let place = commits.firstIndex(where: { $0.sha == acceptance.commit }) else { continue }
      let later = commits[(place + 1)...].map(\.sha)
      draft.descendants[acceptance.commit] = Set(later + [sha])
    }
    return draft
  }

  private func window(upTo count: Int, without excluded: String?) -> ReferenceWindow {
    let usable = commits.indices.prefix(count).filter { commits[$0].sha != excluded }
    var size = RegressionWindow.size
    while true {
      let blocked = usable.suffix(size).count { index in
        measured[index].values.joined().contains { $0.block != nil }
      }
      guard RegressionWindow.size + blocked > size, size < usable.count else { break }
      size = RegressionWindow.size + blocked
    }
    var window = ReferenceWindow()
    for index in usable.suffix(size) {
      for (series, repetitions) in measured[index] {
        window.values[series, default: []].append(
          ReferenceValue(commit: window.commits.count, repetitions: repetitions))
      }
      window.commits.append(commits[index])
    }
    return window
  }

  private enum RegressionWindow {
    static let size = GatePolicy().test.window
  }
}
