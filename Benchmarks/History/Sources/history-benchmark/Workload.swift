import SLOHistory
import SLOModel
import SLOReaders

/// What the commands of a team's pipeline ask of a history, as library calls.
struct Workload {
  let path: String
  let samples: [Reading]
  private let clock = ContinuousClock()
  private let environment = Environment(
    name: nil,
    sizing: ["stage": "perf", "instance": "c6i.large", "memory": "1024MB", "cdn": "false"])

  /// Takes the summaries of a baseline and a spike.
  init(path: String, baseline: String, spike: String) {
    self.path = path
    samples = [("baseline", baseline), ("spike", spike)].flatMap { profile, path in
      Readers.read(paths: [path], as: .profile(profile)).usable
    }
  }

  /// Fills a history with commits on main, a run of each profile for each.
  func fill(commits: Int) throws {
    let history = try History.open(path: path)
    var generator = SplitMix64(state: 41)
    for start in stride(from: 0, to: commits, by: 50) {
      let runs = (start..<min(start + 50, commits)).flatMap { self.runs(ofCommit: $0, using: &generator) }
      try history.record(runs, verdict: nil, at: minute(start))
    }
  }

  /// Records a check of every endpoint, in a transaction of its own.
  func record(number: Int) throws -> Duration {
    var generator = SplitMix64(state: UInt64(number))
    let runs = runs(ofCommit: number, using: &generator)
    let history = try History.open(path: path)
    return try clock.measure { try history.record(runs, verdict: nil, at: minute(number)) }
  }

  /// Asks for one series over all commits, and opens the history for it.
  func trend() throws -> Duration {
    var query = SeriesQuery()
    query.service = "default"
    query.profile = "baseline"
    query.branch = "main"
    query.endpoints = [.exactly("GET /v1/resource-250")]
    query.figures = [.init(metric: "http_req_duration", statistic: .p95)]
    return try clock.measure {
      let found = try History.openExisting(path: path)?.cohorts(query)
      guard found?.first?.series.count == 1 else { throw Failure.seriesNotFound }
    }
  }

  enum Failure: Error { case seriesNotFound }

  private func runs(ofCommit number: Int, using generator: inout SplitMix64) -> [Run] {
    samples.enumerated().map { index, sample in
      let reading = sample.likeness(number: number * samples.count + index, using: &generator)
      let commit = Commit(
        sha: "commit-\(number)", branch: "main", committedAt: minute(number * samples.count))
      return Run(
        service: "default", commit: commit, environment: environment, settings: [:], reading: reading)
    }
  }
}
