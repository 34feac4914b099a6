import SLOModel
import SLOSupport
import Testing

@testable import SLOGate

@Suite("Evidence that is the same when it is measured again")
struct ExactEvidenceTests {
  private func value(_ metric: String, _ number: Double, of subject: String, _ profile: String) -> MetricValue
  {
    MetricValue(
      series: Series(profile: profile, endpoint: subject, metric: metric, statistic: .value), value: number,
      unit: metric == "gzip" ? .bytes : .count, better: metric == "gzip" ? .lower : nil)
  }

  @Test("An equal result of another commit is doubtful of a load, and usual of a build's sizes")
  func equalResults() throws {
    for (measured, isDoubtful) in [
      (p95(100), true), (value("gzip", 9, of: "app.js", "dist"), false),
      (value("rows", 9, of: "table public.users", "db"), false),
    ] {
      var draft = try Check([measured]).draft()
      draft.recordedCommits = ["run.json": [Commit(sha: "another", branch: "main")]]
      let found = draft.verdict().warnings.contains { $0.contains("the same result was recorded") }
      #expect(found == isDoubtful, "\(measured.series)")
    }
  }

  @Test("The rows of tables are judged as conditions of the other results, and alone are no gap")
  func environment() throws {
    var check = Check([p95(100)], budget: "defaults: { baseline: { p95: 1s } }")
    check.runs.append(run([value("rows", 9, of: "table public.users", "db")]))
    let verdict = try check.verdict()
    #expect(verdict.code == .pass && verdict.gaps == [])
    #expect(!verdict.notices.contains { $0.contains("no limit is written for profile db") })
  }

  @Test("Queries without a limit are a gap as ever")
  func queries() throws {
    var check = Check([p95(100)], budget: "defaults: { baseline: { p95: 1s } }")
    check.runs.append(
      run([value("rows", 9, of: "table public.users", "db"), value("calls", 3, of: "SELECT a", "db")]))
    #expect(try check.verdict().code == .inconclusive)
  }
}
