import SLODigest
import SLOModel
import SLOHistory

/// Fills a history with as many runs as a benchmark wants: two profiles a commit, round the environments.
struct Filler {
  var environments: Int
  var endpoints = 10

  static let statistics: [Statistic] = [.average, .median, .p95, .p99]
  static let profiles = ["baseline", "spike"]

  /// Records commits in batches, one minute apart.
  func fill(_ history: History, commits: Int) throws {
    for start in stride(from: 0, to: commits, by: 500) {
      let batch = (start..<min(start + 500, commits)).flatMap(runs)
      try history.record(batch, verdict: nil, at: time(start))
    }
  }

  /// The runs of the commit of this number: 4 series for each endpoint.
  func runs(ofCommit number: Int) -> [Run] {
    let environment = Environment(name: nil, sizing: ["memory": "\(number % environments)Gi"])
    return Filler.profiles.map { profile in
      let digest = SHA256Digest(of: "\(profile) \(number)").description
      var reading = Reading(
        profile: profile, source: .init(path: "\(profile).json", format: "k6-summary-export", sha256: digest))
      reading.measurements = measurements(of: profile, commit: number)
      let commit = Commit(
        sha: String(SHA256Digest(of: "\(number)").description.prefix(40)), branch: "main",
        committedAt: time(number))
      return Run(
        service: "gateway", commit: commit, environment: environment, settings: ["pool_size": "40"],
        reading: reading)
    }
  }

  private func measurements(of profile: String, commit: Int) -> [Measurement] {
    (0..<endpoints).flatMap { endpoint in
      Filler.statistics.enumerated().map { index, statistic in
        let series = Series(
          profile: profile, endpoint: "GET /v1/endpoint-\(endpoint)", metric: "http_req_duration",
          statistic: statistic)
        let value = Double(100 * index + endpoint) + Double(commit * 7_919 % 1_000) / 100
        return Measurement(series: series, value: value, unit: .milliseconds, better: .lower, samples: 1_000)
      }
    }
  }

  private func time(_ minute: Int) -> Timestamp {
    Timestamp(milliseconds: 1_767_225_600_000 + Int64(minute) * 60_000)
  }
}
