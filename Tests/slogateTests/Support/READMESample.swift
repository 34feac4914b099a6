import SLOBudgets
import SLOGate
import SLOModel
import SLOReaders

/// The README's lines for a Swift program, as they stand there: `READMETests` holds the two against each other.
/// - Parameter path: the file in place of `baseline.json`.
func readmeSample(_ path: String) throws -> Verdict {
  let commit = Commit(sha: "41d0e77")
  let now = Timestamp(rfc3339: "2026-11-29T12:00:00Z") ?? Timestamp(milliseconds: 0)
  let readings = try Readers.read(paths: [path], as: .profile("baseline")).readings
  let runs = readings.map {
    Run(service: "shop", commit: commit, environment: .unknown, settings: [:], reading: $0)
  }
  let verdict = judge(Question(service: "shop", commit: commit, runs: runs, now: now))
  return verdict
}
