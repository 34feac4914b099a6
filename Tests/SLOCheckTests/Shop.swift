import Foundation
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import Testing

/// A service with a history of its own in a temporary file, in a repository that a test lays down.
final class Shop {
  var repository = FakeRepository()
  /// The text of its budget file.
  var budget = "version: 1"
  private let folder: URL
  private var files = 0
  /// The time of the last gate.
  private var clock: Int64 = 1_790_100_000_000

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "slocheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A path in the shop's own folder.
  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// A gate a second later than the one before.
  func gate() throws -> Gate {
    clock += 1_000
    let now = Timestamp(milliseconds: clock)
    return try Gate(
      history: .file(path("slogate.sqlite")),
      budgets: .budgets(try Budgets.parse(budget, file: "budgets/shop.yaml")),
      on: Platform(repository: repository, now: { now }))
  }

  /// A result whose p95 is this many milliseconds; no two are the same file.
  func result(_ p95: Double) -> Reading {
    files += 1
    var reading = Reading(
      profile: "baseline",
      source: Reading.Source(
        path: "run-\(files).json", format: "k6-summary-export", sha256: "\(folder.lastPathComponent)-\(files)"
      ))
    reading.measurements = [
      MetricValue(
        series: Series(profile: "baseline", metric: "http_req_duration", statistic: .p95), value: p95,
        unit: .milliseconds, better: .lower, samples: 10_000)
    ]
    return reading
  }

  func request(_ commit: String, branch: String) -> CheckRequest {
    CheckRequest(service: "shop", commit: commit, branch: branch, sizing: ["stage": "perf"])
  }

  /// Checks a commit of a branch, and keeps what was found.
  @discardableResult
  func check(_ commit: String, on branch: String = "main", p95: Double) throws -> Verdict {
    let gate = try gate()
    let verdict = try gate.check([result(p95)], of: request(commit, branch: branch))
    try gate.record(verdict)
    return verdict
  }

  /// Checks a commit and keeps nothing.
  func verdict(_ commit: String, on branch: String, p95: Double) throws -> Verdict {
    try gate().check([result(p95)], of: request(commit, branch: branch))
  }

  /// Accepts the level since a commit.
  func accept(_ commit: String) throws {
    let history = try #require(try gate().existing())
    let now = Timestamp(milliseconds: 1_790_100_000_000)
    let acceptance = Acceptance(
      service: "shop", commit: commit, since: now, by: "sre", reason: "wanted", at: now)
    _ = try history.accept(acceptance, of: repository.commit(named: commit) ?? Commit(sha: commit))
  }
}

/// Values that scatter by one per cent around a level.
func scattered(_ level: Double, _ count: Int) -> [Double] {
  let scatter = [0.0, 0.008, -0.006, 0.003, -0.01, 0.005, -0.002, 0.009]
  return (0..<count).map { level * (1 + scatter[$0 % scatter.count]) }
}

extension Verdict {
  /// The p95 of the run as a whole.
  var p95: Finding? { findings.first { $0.series.statistic == .p95 } }

  /// The commits that the p95 was held against, oldest first.
  var references: [String] { comparisons.first?.window?.commits.map(\.sha) ?? [] }
}
