import Foundation
import SLOSupport
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Merging histories")
struct MergingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "Histories that grew apart come to the same in every order, and merging again changes nothing",
    arguments: 0..<12)
  func everyOrder(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let names = try forks(&generator)
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    var contents: [Content] = []
    for (index, order) in orders.enumerated() {
      let merged = try open("order\(index)")
      if index % 2 == 0 {
        try merged.merge(try order.map { try open(names[$0]) }, at: Sample.day(900))
      } else {
        for source in order { try merged.merge([open(names[source])], at: Sample.day(900)) }
      }
      let findings = try merged.verify().findings
      #expect(findings == [], "\(findings)")
      #expect(try Journal(database: merged.database).heads().count == 1)
      contents.append(try content(of: merged))
      let entries = try merged.journal()
      #expect(try merged.merge(try names.map(open), at: Sample.day(901)).isEmpty)
      #expect(try merged.journal() == entries)
    }
    for other in contents.dropFirst() { #expect(other.parts(unlike: contents[0]) == []) }
    let left = try open("left")
    try left.merge([open(names[0]), open(names[1])], at: Sample.day(902))
    let right = try open("right")
    try right.merge([open(names[1]), open(names[2])], at: Sample.day(902))
    try right.merge([left], at: Sample.day(903))
    #expect(try content(of: right).parts(unlike: contents[0]) == [])
  }

  @Test("A copy that only grew is taken over without an entry of the merge")
  func fastForward() throws {
    try withExtendedLifetime(try open("a")) {
      _ = try $0.record([Sample.run("c1")], verdict: nil, at: Sample.day(1))
    }
    try copy("a", to: "b")
    let (first, second) = (try open("a"), try open("b"))
    try second.record([Sample.run("c2")], verdict: nil, at: Sample.day(2))
    let result = try first.merge([second], at: Sample.day(3))
    #expect((result.runs, result.entries) == (1, 1))
    #expect(try first.journal() == second.journal())
  }

  @Test("Of a run that both recorded, the first recording counts")
  func firstRecording() throws {
    let (early, late) = (Sample.run("c1", branch: "main"), Sample.run("c1", value: 400, branch: "topic"))
    #expect(early.id == late.id)
    let (first, second) = (try open("a"), try open("b"))
    try first.record([early], verdict: nil, at: Sample.day(1))
    try second.record([late], verdict: nil, at: Sample.day(2))
    let result = try second.merge([first], at: Sample.day(3))
    #expect(result.replaced == 1)
    #expect(try second.run(early.id) == early)
    #expect(try second.runHeaders(RunFilter()).first?.recordedAt == Sample.day(1))
    #expect(try first.merge([second], at: Sample.day(4)).replaced == 0)
    #expect(try first.run(early.id) == early)
  }

  @Test("What one history pruned is gone from both, what one holds stays in both")
  func prunedAndHeld() throws {
    let runs = [Sample.run("c1", day: 1), Sample.run("c2", day: 2)]
    try withExtendedLifetime(try open("a")) { _ = try $0.record(runs, verdict: nil, at: Sample.day(1)) }
    try copy("a", to: "b")
    let (pruning, holding) = (try open("a"), try open("b"))
    var rule = PruningRule()
    rule.recordedBefore = Sample.day(2)
    try pruning.prune(rule, at: Sample.day(3))
    try holding.hold([runs[1].id], by: "Ann", reason: "audit", at: Sample.day(4))
    for (mine, other) in [(pruning, holding), (holding, pruning)] {
      try mine.merge([other], at: Sample.day(5))
      #expect(try mine.run(runs[0].id)?.reading.measurements.isEmpty == true)
      #expect(try mine.run(runs[1].id) == runs[1])
      #expect(try mine.verify().findings == [])
    }
  }

  @Test("A file of an older schema is merged and left as it is")
  func older() throws {
    _ = try folder.history(of: [Sample.run("c1", day: 1)])
    try folder.takeBack(to: Schema.versionWithJournal - 1)
    let before = try folder.bytes(of: "history.sqlite")
    let merged = try open("merged")
    let old = try #require(try History.openExisting(path: folder.history))
    #expect(try merged.merge([old], at: Sample.day(101)).runs == 1)
    #expect(try merged.run(Sample.run("c1").id) == Sample.run("c1", day: 1))
    #expect(try merged.verify().findings == [])
    #expect(try folder.bytes(of: "history.sqlite") == before)
  }

  @Test("A history whose journal was edited is refused by name, and nothing of the others is taken")
  func edited() throws {
    let merged = try open("merged")
    let sound = try open("sound")
    try sound.record([Sample.run("c2")], verdict: nil, at: Sample.day(1))
    _ = try folder.history(of: [Sample.run("c1")])
    try folder.tamper("DROP TRIGGER journal_is_not_edited; UPDATE journal SET at = at + 1")
    let bad = try #require(try History.openExisting(path: folder.history))
    let error = #expect(throws: HistoryError.self) { try merged.merge([sound, bad], at: Sample.day(3)) }
    #expect(error?.kind == .altered)
    #expect(error?.path == folder.history)
    #expect(try merged.summary().runs == 0)
  }

  @Test(
    "A history with a run that its journal does not record so is refused by name, and nothing is taken",
    arguments: [
      ("UPDATE runs SET branch = 'topic' WHERE id = 1", "a header of run"),
      (
        "INSERT INTO thresholds(run, place, endpoint, metric, expression) VALUES(1, 0, '*', 'm', 'x')",
        "values of run"
      ),
      (
        "UPDATE runs SET pruned = measured, measured = 0, pruned_at = 1; DELETE FROM tiles",
        "without its values"
      ),
      ("DELETE FROM tiles; DELETE FROM runs", "no run"),
    ])
  func editedRun(script: String, found: String) throws {
    let merged = try open("merged")
    let run = Sample.run("c1")
    _ = try folder.history(of: [run])
    try folder.tamper(script)
    let bad = try #require(try History.openExisting(path: folder.history))
    let error = #expect(throws: HistoryError.self) { try merged.merge([bad], at: Sample.day(3)) }
    #expect(error?.kind == .altered)
    #expect(error?.path == folder.history)
    #expect(error?.message.contains(found) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(run.id.description) == true)
    #expect(try merged.summary().runs == 0)
    #expect(try merged.journal().isEmpty)
  }

  @Test("When a run was recorded the journal says, not the row")
  func editedTime() throws {
    let run = Sample.run("c1")
    _ = try folder.history(of: [run])
    try folder.tamper("UPDATE runs SET recorded_at = 7")
    let merged = try open("merged")
    try merged.merge([try #require(try History.openExisting(path: folder.history))], at: Sample.day(101))
    #expect(try merged.runHeaders(RunFilter()).first?.recordedAt == Sample.day(100))
    #expect(try merged.verify().findings == [])
  }

  // MARK: Histories to merge

  private func open(_ name: String) throws -> History {
    try History.open(path: "\(folder.path)/\(name).sqlite")
  }

  private func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(
      atPath: "\(folder.path)/\(name).sqlite", toPath: "\(folder.path)/\(other).sqlite")
  }

  /// A history, a copy of it, and an unrelated one, each grown by itself.
  private func forks(_ generator: inout SeededGenerator) throws -> [String] {
    try withExtendedLifetime(try open("a")) { try grow($0, day: 0, &generator) }
    try copy("a", to: "b")
    for (number, name) in ["a", "b", "c"].enumerated() {
      try withExtendedLifetime(try open(name)) { try grow($0, day: 20 * number + 20, &generator) }
    }
    return ["a", "b", "c"]
  }

  private func grow(_ history: History, day: Int, _ generator: inout SeededGenerator) throws {
    for step in 0..<8 {
      let now = Timestamp(
        milliseconds: Sample.day(day + step).milliseconds + Int64.random(in: 0...9, using: &generator))
      let runs = (0..<3).map { _ in run(&generator) }
      let ids = try history.runHeaders(RunFilter()).map(\.id).sorted()
      let known = ids.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 }
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: try history.record(runs, verdict: nil, at: now)
      case 1, 2:
        let code = Int.random(in: 0...2, using: &generator)
        let environment = Environment(name: generator.maybe { _ in "e\(code)" }, sizing: Sample.perf.sizing)
        try history.record(
          runs,
          verdict: RecordedVerdict(
            commit: runs[0].commit, environment: environment, verdict: "v\(code)", exitCode: code),
          at: now)
      case 7:
        let accepted = try history.recordedAcceptances().map(\.id).sorted()
        let some = accepted.filter { _ in Bool.random(using: &generator) }
        try history.revoke(some, by: "Di", reason: generator.word(), at: now)
      case 3: try history.hold(known, by: "Ann", reason: generator.word(), at: now)
      case 4: try history.release(known, by: "Bo", reason: generator.word(), at: now)
      case 5:
        var rule = PruningRule()
        rule.recordedBefore = Sample.day(Int.random(in: 0...(day + step), using: &generator))
        rule.keptCommits = generator.maybe { Int.random(in: 0...2, using: &$0) }
        try history.prune(rule, at: now)
      default:
        let commit = runs[0].commit
        let acceptance = Acceptance(
          service: "gateway", commit: commit.sha, since: now, by: "Cy", reason: generator.word(), at: now)
        try history.accept(acceptance, of: commit)
      }
    }
  }

  /// A run of a pool of twelve commits, the facts of which not everybody knows.
  private func run(_ generator: inout SeededGenerator) -> Run {
    let number = Int.random(in: 0..<12, using: &generator)
    var run = Sample.run(
      "c\(number)", value: Double(number), branch: number % 3 == 0 ? "topic" : "main",
      environment: number % 4 == 0 ? Sample.small : Sample.perf)
    run.commit.committedAt = generator.maybe { _ in Sample.day(number) }
    run.environment.name = number % 5 == 0 ? nil : run.environment.name
    return run
  }

  // MARK: What they hold

  private func content(of history: History) throws -> Content {
    let headers = try history.runHeaders(RunFilter()).sorted { $0.id < $1.id }
    let checks = try history.checks().map { check in
      var check = check
      check.id = 0
      return check
    }
    return Content(
      entries: Set(try history.journal().filter { $0.kind != .merge }), headers: headers,
      runs: try history.runs(headers.map(\.id)), checks: Set(checks),
      acceptances: try history.recordedAcceptances(), cohorts: try history.cohorts(SeriesQuery()))
  }
}

/// Everything a history holds but the entries of merges.
private struct Content: Hashable {
  var entries: Set<JournalEntry>
  var headers: [RunHeader]
  var runs: [Run]
  var checks: Set<RecordedCheck>
  var acceptances: [RecordedAcceptance]
  var cohorts: [CohortHistory]

  /// Which parts are not the same.
  func parts(unlike other: Content) -> [String] {
    let same = [
      "entries": entries == other.entries, "headers": headers == other.headers, "runs": runs == other.runs,
      "checks": checks == other.checks, "acceptances": acceptances == other.acceptances,
      "cohorts": cohorts == other.cohorts,
    ]
    return same.filter { !$0.value }.map(\.key).sorted()
  }
}
