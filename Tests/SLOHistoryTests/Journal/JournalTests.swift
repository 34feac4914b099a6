import Foundation
import SLOSupport
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("The journal")
struct JournalTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("An entry's hash covers its time, kind, subject and parents, and nothing else")
  func hash() {
    let parents = [SHA256Digest(of: "b"), SHA256Digest(of: "a")]
    let entry = JournalEntry(at: Sample.day(1), kind: .hold, subject: ["run": "x"], parents: parents)
    #expect(
      entry == JournalEntry(at: entry.at, kind: .hold, subject: ["run": "x"], parents: parents.reversed()))
    // Recomputed by `printf` and `sha256sum` from the form the documentation of `hash` gives.
    let empty = JournalEntry(at: Timestamp(milliseconds: 0), kind: .merge, subject: [:], parents: [])
    #expect(empty.hash == SHA256Digest(of: "18:slogate.journal/v1,1:0,5:merge,0:,0:,"))
    var others = [entry, entry, entry, entry]
    others[0].at = Sample.day(2)
    others[1].kind = .release
    others[2].subject = ["run": "y"]
    others[3].parents = [parents[0]]
    #expect(Set((others + [entry]).map(\.hash)).count == 5)
  }

  @Test("Every recording is an entry whose parent is the one before")
  func chain() throws {
    let run = Sample.run("c1", day: 1)
    let history = try folder.history(of: [run, Sample.run("c2")])
    try history.record(
      [run],
      verdict: RecordedVerdict(commit: run.commit, environment: Sample.perf, verdict: "pass", exitCode: 0),
      at: Sample.day(101))
    let entries = try history.journal()
    #expect(entries.map(\.kind) == [.commit, .record, .record, .verdict])
    #expect(entries[0].parents.isEmpty)
    for (parent, child) in zip(entries, entries.dropFirst()) { #expect(child.parents == [parent.hash]) }
    #expect(entries[1].digest("run") == run.id)
    #expect(entries[3].digests("runs") == [run.id])
    #expect(entries[0].commit == Commit(sha: "c1", committedAt: Sample.day(1)))
  }

  @Test("A verdict's entry says which version judged; one written before that is the same verdict")
  func tool() throws {
    let run = Sample.run("c1", day: 1)
    let verdict = RecordedVerdict(
      commit: run.commit, environment: Sample.perf, verdict: "pass", exitCode: 0)
    let history = try folder.history(of: [run])
    try history.record([run], verdict: verdict, at: Sample.day(101))
    let entry = try #require(try history.journal().last)
    #expect(entry.subject["tool"] == "slogate \(Tool.version)")
    var older = entry
    older.subject["tool"] = nil
    #expect(older.subject == Subject.verdict(verdict, over: [run.id]))
    #expect(older.verdict == entry.verdict && older.hash != entry.hash)
  }

  @Test("What is recorded again is not written down again, what is learned of a commit is")
  func known() throws {
    let history = try folder.history(of: [Sample.run("c1")])
    try history.record([Sample.run("c1")], verdict: nil, at: Sample.day(101))
    #expect(try history.journal().map(\.kind) == [.record])
    try history.record([Sample.run("c1", day: 1)], verdict: nil, at: Sample.day(102))
    try history.record([Sample.run("c1", day: 1)], verdict: nil, at: Sample.day(103))
    try history.record([Sample.run("c1", day: 2)], verdict: nil, at: Sample.day(104))
    #expect(try history.journal().map(\.kind) == [.record, .commit])
  }

  @Test("The digests tell any change of what was recorded", arguments: 0..<30)
  func digests(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let run = generator.run(number: seed)
    let digests = RunDigests(of: run)
    let stored = try #require(try folder.history(of: [run]).run(run.id))
    #expect(RunDigests(of: stored) == digests)
    var late = run
    late.commit.committedAt = Sample.day(7)
    #expect(RunDigests(of: late) == digests)
    for (name, change) in changes {
      var other = run
      change(&other)
      if other != run { #expect(RunDigests(of: other) != digests, "\(name)") }
    }
  }

  private let changes: [(String, (inout Run) -> Void)] = [
    ("branch", { $0.commit.branch = "another" }), ("environment", { $0.environment.name = "another" }),
    ("settings", { $0.settings["pool"] = "9" }), ("facts", { $0.reading.facts["cpu"] = "9" }),
    ("duration", { $0.reading.duration = 17 }), ("failure", { $0.reading.failure = "another" }),
    ("notices", { $0.reading.notices.append("") }), ("path", { $0.reading.source.path += "x" }),
    ("tool", { $0.reading.toolVersion = "another" }), ("tags", { $0.reading.endpointTags["x"] = "y" }),
    ("value", { if !$0.reading.measurements.isEmpty { $0.reading.measurements[0].value += 1e10 } }),
    ("samples", { if !$0.reading.measurements.isEmpty { $0.reading.measurements[0].samples = 77 } }),
    ("lost value", { if !$0.reading.measurements.isEmpty { $0.reading.measurements.removeLast() } }),
    ("order", { $0.reading.measurements.reverse() }),
    ("lost sketch", { if !$0.reading.distributions.isEmpty { $0.reading.distributions.removeLast() } }),
    (
      "threshold",
      { $0.reading.thresholds.append(.init(endpoint: "", metric: "", expression: "", passed: nil)) }
    ),
  ]

  @Test("The journal is append-only: no statement changes it or takes from it")
  func appendOnly() throws {
    let history = try folder.history(of: [Sample.run("c1")])
    for statement in ["UPDATE journal SET at = 0", "DELETE FROM journal"] {
      #expect(throws: SQLiteError.self) { try history.database.execute(statement) }
    }
    #expect(try history.journal().count == 1)
  }
}

/// Files written before there was a journal.
@Suite("A history without a journal")
struct JournalAdoptionTests {
  let folder: TemporaryFolder
  let runs = [Sample.run("c1", day: 1), Sample.run("c1", file: "b"), Sample.run("c2")]

  init() throws { folder = try TemporaryFolder() }

  @Test("It is read as one without decisions, and left as it is")
  func read() throws {
    try makeOld()
    let before = try folder.bytes(of: "history.sqlite")
    do {
      let history = try #require(try History.openExisting(path: folder.history))
      #expect(try history.acceptances(service: "gateway").isEmpty)
      #expect(try history.runHeaders(RunFilter()).count == 3)
      #expect(try history.checks().count == 1)
      #expect(try history.journal().isEmpty)
    }
    #expect(try folder.bytes(of: "history.sqlite") == before)
  }

  @Test("What it holds is written into the journal by the next recording, in every copy alike")
  func adopted() throws {
    try makeOld()
    let old = try folder.bytes(of: "history.sqlite")
    let entries = try adoptedEntries()
    #expect(entries.count { $0.kind == .commit } == 1)
    #expect(entries.last?.kind == .verdict)
    #expect(Set(entries.compactMap { $0.digest("run") }) == Set(runs.map(\.id)))
    #expect(entries.last?.digests("runs")?.count == 3)
    for entry in entries where entry.kind == .record {
      let run = try #require(runs.first { $0.id == entry.digest("run") })
      #expect(entry.runDigests == RunDigests(of: run))
      #expect(entry.at == Sample.day(100))
    }
    try old.write(to: .init(filePath: folder.history))
    #expect(try adoptedEntries() == entries)
  }

  private func adoptedEntries() throws -> [JournalEntry] {
    let history = try History.open(path: folder.history)
    #expect(try history.database.integer("SELECT count(*) FROM verdicts WHERE entry IS NULL") == 0)
    return try history.journal()
  }

  private func makeOld() throws {
    try withExtendedLifetime(try folder.history(of: runs)) { history in
      let verdict = RecordedVerdict(
        commit: Commit(sha: "c1"), environment: Sample.perf, verdict: "blocked", exitCode: 1)
      try history.record(runs, verdict: verdict, at: Sample.day(100))
    }
    try folder.takeBack(to: Schema.versionWithJournal - 1)
  }
}
