import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Many processes at once")
struct ConcurrencyTests {
  @Test("Eight processes make the same history and record into it, and nothing is lost")
  func processes() async throws {
    let folder = try TemporaryFolder()
    let path = folder.history
    await withTaskGroup { group in
      for worker in 0..<8 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String, worker = worker as Int] in
            for batch in 0..<5 {
              let history = try History.open(path: path)
              for number in batch * 10..<batch * 10 + 10 {
                let run = Sample.run("c\(number)", day: number, file: "w\(worker)")
                try history.record([run, Sample.run("shared", day: 99)], verdict: nil, at: Sample.day(100))
              }
              _ = try history.window(Sample.query())
            }
          }
        }
      }
    }
    let history = try #require(try History.openExisting(path: path))
    #expect(try history.summary().runs == 8 * 50 + 1)
    #expect(
      try history.window(Sample.query(size: 100)).commits.map(\.runs.count) == Array(repeating: 8, count: 50)
        + [1])
    #expect(try history.database.integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    #expect(try history.database.integer("SELECT integrity_check = 'ok' FROM pragma_integrity_check") == 1)
  }
}
