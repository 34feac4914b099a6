import SLOSupport
import SLOModel

@testable import SLOHistory

/// Fills a history with as many runs as a benchmark wants: two profiles a commit, round the environments.
struct Filler {
  var environments: Int
  var endpoints = 10

  static let statistics: [Statistic] = [.average, .median, .p95, .p99]
  static let profiles = ["baseline", "spike"]

  /// Records one commit for each environment, then lets SQLite multiply them: 100,000 runs of 40 series in
  /// some ten seconds, where recording them one by one takes a minute.
  func fill(_ history: History, commits: Int) throws {
    try history.record((0..<environments).flatMap(runs), verdict: nil, at: time(0))
    try history.database.execute(multiplication(commits: commits))
  }

  private func multiplication(commits: Int) -> String {
    """
    BEGIN IMMEDIATE;
    INSERT INTO commits(sha, committed_at)
      WITH RECURSIVE n(i) AS (VALUES(\(environments)) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < \(commits))
      SELECT printf('%040x', i), \(time(0).milliseconds) + i * 60000 FROM n;
    INSERT INTO runs(
        digest, cohort, sha, branch, position, recorded_at, measured, source_path, source_format, source_sha256,
        source_part, settings, conditions, facts, endpoint_tags, notices)
      WITH RECURSIVE n(i) AS (VALUES(\(environments)) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < \(commits))
      SELECT randomblob(32), cohort, printf('%040x', i), branch, \(time(0).milliseconds) + i * 60000,
        recorded_at, measured, source_path, source_format, hex(randomblob(32)), 0, settings, conditions, facts,
        endpoint_tags, notices
      FROM n JOIN runs ON runs.id IN (i % \(environments) * 2 + 1, i % \(environments) * 2 + 2) ORDER BY i;
    INSERT INTO tiles(cohort, tile, run, cells)
      SELECT tiles.cohort, tile, other.id, cells
      FROM tiles JOIN runs ON runs.id = run JOIN runs AS other ON other.cohort = runs.cohort
      WHERE other.id > \(environments * 2) ORDER BY 1, 2, 3;
    COMMIT
    """
  }

  /// The runs of the commit of this number: 4 series for each endpoint.
  func runs(ofCommit number: Int) -> [Run] {
    let environment = Environment(name: nil, sizing: ["memory": "\(number % environments)Gi"])
    return Filler.profiles.map { profile in
      let digest = SHA256Digest(of: "\(profile) \(number)").description
      var reading = Reading(
        profile: profile, source: .init(path: "\(profile).json", format: "k6-summary-export", sha256: digest))
      reading.measurements = measurements(of: profile, commit: number)
      let commit = Commit(sha: Filler.sha(number), branch: "main", committedAt: time(number))
      return Run(
        service: "gateway", commit: commit, environment: environment, settings: ["pool_size": "40"],
        reading: reading)
    }
  }

  /// The SHA of the commit of this number, as SQLite prints it too.
  static func sha(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 40 - digits.count) + digits
  }

  private func measurements(of profile: String, commit: Int) -> [MetricValue] {
    (0..<endpoints).flatMap { endpoint in
      Filler.statistics.enumerated().map { index, statistic in
        let series = Series(
          profile: profile, endpoint: "GET /v1/endpoint-\(endpoint)", metric: "http_req_duration",
          statistic: statistic)
        let value = Double(100 * index + endpoint) + Double(commit * 7_919 % 1_000) / 100
        return MetricValue(series: series, value: value, unit: .milliseconds, better: .lower, samples: 1_000)
      }
    }
  }

  private func time(_ minute: Int) -> Timestamp {
    Timestamp(milliseconds: 1_767_225_600_000 + Int64(minute) * 60_000)
  }
}
