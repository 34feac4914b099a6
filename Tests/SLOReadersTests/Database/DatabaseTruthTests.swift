import Foundation
import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

/// Snapshots of a real server, where they are at hand: in the folder that `SLOGATE_FIXTURES` names, under `postgres`. The
/// true figures are computed from the rows themselves, by another JSON parser and without our names.
@Suite("Snapshots of a real database")
struct DatabaseTruthTests {
  private static let folder = sharedFixtures(with: "postgres")?.appending(path: "postgres")

  private struct Row: Decodable {
    var userid: String
    var dbid: String
    var toplevel: Bool
    var queryid: Int64?
    var calls: Double
    var total_exec_time: Double
    var max_exec_time: Double
    var rows: Double

    /// Whether nothing has fallen since an earlier row, and nothing was added without a call.
    func continues(_ earlier: Row) -> Bool {
      let added = total_exec_time - earlier.total_exec_time
      return calls >= earlier.calls && added > -1e-9 && (calls > earlier.calls || added < 1e-9)
        && max_exec_time >= earlier.max_exec_time && rows >= earlier.rows
    }

    var key: String { "\(userid) \(dbid) \(toplevel) \(queryid ?? 0)" }
  }

  private static func rows(_ name: String, in folder: URL) throws -> [Row] {
    try JSONDecoder().decode(
      [Row].self, from: Data(contentsOf: folder.appending(path: "statements/\(name).all.json")))
  }

  private static let pairs = [
    ("before", "after"), ("after", "after-reset"), ("after-reset", "after-one-reset"),
    ("after-one-reset", "after-eviction"),
  ]

  @Test(
    "Between two snapshots no call and no millisecond is lost, in any form", arguments: pairs,
    ["csv", "json", "jsonl"])
  func windows(pair: (String, String), form: String) throws {
    guard let folder = Self.folder else { return }
    let before = Dictionary(uniqueKeysWithValues: try Self.rows(pair.0, in: folder).map { ($0.key, $0) })
    var (calls, total) = (0.0, 0.0)
    for row in try Self.rows(pair.1, in: folder) {
      let earlier = before[row.key].flatMap { row.continues($0) ? $0 : nil }
      calls += row.calls - (earlier?.calls ?? 0)
      total += row.total_exec_time - (earlier?.total_exec_time ?? 0)
    }
    var demand = SampleDemand()
    demand.takesEverySubject = true
    let files = [pair.0, pair.1].map { folder.appending(path: "statements/\($0).all.\(form)").path }
    let result = Readers.read(
      paths: [], snapshots: [files], as: .named("db"), options: ReadOptions(demand: { [demand] in demand }))
    let values = try #require(result.usable.first).measurements.filter {
      $0.series.endpoint != Series.wholeRun
    }
    func sum(_ metric: String) -> Double {
      values.filter { $0.series.metric == metric }.reduce(0) { $0 + $1.value }
    }
    #expect(sum("calls") == calls)
    #expect(abs(sum("total") - total) <= 1e-9 * total)
  }

  @Test("No secret of its queries is in anything that is shown")
  func secrets() throws {
    guard let folder = Self.folder else { return }
    let secrets = try JSONDecoder().decode(
      [String].self, from: Data(contentsOf: folder.appending(path: "secrets.json")))
    var demand = SampleDemand()
    demand.takesEverySubject = true
    for part in ["statements", "explain", "activity", "tables", "settings"] {
      let path = folder.appending(path: part).path
      for name in try FileManager.default.contentsOfDirectory(atPath: path) {
        let shown = Readers.read(
          paths: ["\(path)/\(name)"], as: .named("db"), options: ReadOptions(demand: { [demand] in demand })
        ).shown
        for secret in secrets { #expect(!shown.contains(secret), "\(name)") }
      }
    }
  }
}
