import Foundation
import SLOSupport
import SLOModel
import SLOReaders
import SLOStatistics
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Histories as folders of files")
struct ExchangeTests {
  private let temporary: TemporaryFolder
  private var folder: String { temporary.path }

  init() throws { temporary = try TemporaryFolder() }

  @Test("Out, in and out again gives the same files", arguments: 0..<4)
  func roundTrip(seed: Int) throws {
    let history = try grown(seed)
    let summary = try exportHistory(history, to: folder + "/one")
    #expect(summary.written == summary.runs + summary.entries)
    let other = try History.open(path: folder + "/other.sqlite")
    let (draft, read) = try readHistory(from: folder + "/one", for: nil)
    #expect((read.runs, read.entries) == (summary.runs, summary.entries))
    #expect(try other.merge([draft.history], at: day(900)).runs == summary.runs)
    #expect(try other.verify().findings == [])
    _ = try exportHistory(other, to: folder + "/two")
    let files = try files("one")
    #expect(files.count == summary.written)
    #expect(try self.files("two") == files)
    for id in try history.runIDs() { #expect(try other.stored(id) == history.stored(id)) }
    #expect(try other.recordedAcceptances() == history.recordedAcceptances())
    #expect(try exportHistory(history, to: folder + "/one").written == 0)
  }

  @Test("Folders are joined by laying them over each other; what was pruned since stays pruned")
  func union() throws {
    let history = try History.open(path: folder + "/a.sqlite")
    try history.record([run(1), run(2)], verdict: nil, at: day(1))
    _ = try exportHistory(history, to: folder + "/both")
    var rule = PruningRule()
    rule.recordedBefore = day(2)
    rule.anchors = ["c2"]
    try history.prune(rule, at: day(3))
    _ = try exportHistory(history, to: folder + "/both")
    let other = try History.open(path: folder + "/b.sqlite")
    try other.merge([readHistory(from: folder + "/both", for: nil).draft.history], at: day(4))
    #expect(try other.stored(run(1).id)?.pruned == 2)
    #expect(try other.run(run(2).id) == run(2))
    #expect(try other.verify().findings == [])
  }

  @Test("Every file that is not what it should be is reported, with its place, and nothing is read")
  func problems() throws {
    let history = try History.open(path: folder + "/a.sqlite")
    try history.record([run(1), run(2)], verdict: nil, at: day(1))
    _ = try exportHistory(history, to: folder + "/out")
    let runs = try files("out").keys.filter { $0.hasPrefix("runs") }.sorted()
    try edit("out/" + runs[0]) { $0.replacing("\"value\": 1.5", with: "\"value\": 2.5") }
    try renameAfterEdit("out/" + runs[1]) {
      $0.replacing("\"profile\": \"baseline\"", with: "\"profile\": 7")
    }
    try write(
      "{\"schema\": \"slogate.journal/v2\"}", "out/journal/aa/\(String(repeating: "a", count: 64)).json")
    try write("nonsense", "out/journal/aa/b.json")
    let told = try errors("out").map(\.description)
    #expect(told.count == 4, "\(told)")
    #expect(told.contains { $0.contains(runs[0]) && $0.contains("content of the digest") })
    #expect(told.contains { $0.contains("($.profile): found 7; expected a string") })
    #expect(told.contains { $0.contains("($.schema)") && $0.contains("slogate.journal/v1") })
    #expect(told.contains { $0.contains("b.json:1:1") })
  }

  @Test("A forged id, an entry without its parent and a run that no entry records are refused")
  func forged() throws {
    let history = try History.open(path: folder + "/a.sqlite")
    try history.record([run(1)], verdict: nil, at: day(1))
    try history.record([run(2)], verdict: nil, at: day(2))
    _ = try exportHistory(history, to: folder + "/out")
    let id = run(1).id.description
    let file = try #require(try files("out").first { $0.key.hasPrefix("runs") && $0.value.contains(id) }).key
    try renameAfterEdit("out/" + file) { $0.replacing("\"sha\": \"c1\"", with: "\"sha\": \"c9\"") }
    let first = try #require(try history.journal().first { $0.parents.isEmpty })
    try FileManager.default.removeItem(atPath: "\(folder)/out/\(HistoryFolder.name(.journal, first.hash))")
    let told = try errors("out").map(\.description)
    #expect(told.contains { $0.contains("($.id): found the id \(id)") }, "\(told)")
    #expect(told.contains { $0.contains("found the parent \(first.hash)") }, "\(told)")
    let entries = "\(folder)/out/journal"
    try FileManager.default.removeItem(atPath: entries)
    try FileManager.default.createDirectory(atPath: entries, withIntermediateDirectories: true)
    #expect(try errors("out").contains { $0.description.contains("an entry of the journal that records it") })
  }

  @Test(
    "A run whose content is not what the journal records is refused, however well it is named",
    arguments: [
      ("\"value\": 1.5", "\"value\": 4.5", "values of run"),
      ("\"pool\": \"40\"", "\"pool\": \"41\"", "a header of run"),
      ("\"pruned\": false", "\"pruned\": true", "without its values"),
    ])
  func tampered(old: String, new: String, found: String) throws {
    let history = try History.open(path: folder + "/a.sqlite")
    try history.record([run(1), run(2)], verdict: nil, at: day(1))
    _ = try exportHistory(history, to: folder + "/out")
    let id = run(1).id.description
    let file = try #require(try files("out").first { $0.key.hasPrefix("runs") && $0.value.contains(id) }).key
    try renameAfterEdit("out/" + file) { $0.replacing(old, with: new) }
    let told = try errors("out").map(\.description)
    #expect(told.count == 1 && told[0].contains("out/runs/"), "\(told)")
    #expect(told[0].contains(found) && told[0].contains(id), "\(told)")
    #expect(told[0].contains("that the journal records") || told[0].contains("that prunes it"), "\(told)")
  }

  @Test("Values that a pruned run should not have are refused")
  func leftovers() throws {
    let history = try History.open(path: folder + "/a.sqlite")
    try history.record([run(1)], verdict: nil, at: day(1))
    var rule = PruningRule()
    rule.recordedBefore = day(2)
    try history.prune(rule, at: day(3))
    _ = try exportHistory(history, to: folder + "/out")
    let file = try #require(try files("out").keys.first { $0.hasPrefix("runs") })
    try renameAfterEdit("out/" + file) {
      $0.replacing(
        "\"thresholds\": []",
        with:
          "\"thresholds\": [{\"endpoint\": \"*\", \"metric\": \"m\", \"expression\": \"x\", \"passed\": null}]"
      )
    }
    #expect(try errors("out").map(\.description).contains { $0.contains("which was pruned; expected none") })
  }

  @Test("A run that the journal records and nobody has is named; one that the target has may be missing")
  func missing() throws {
    let history = try History.open(path: folder + "/a.sqlite")
    try history.record([run(1), run(2)], verdict: nil, at: day(1))
    _ = try exportHistory(history, to: folder + "/out")
    let id = run(1).id.description
    let file = try #require(try files("out").first { $0.key.hasPrefix("runs") && $0.value.contains(id) }).key
    try FileManager.default.removeItem(atPath: "\(folder)/out/\(file)")
    let told = try errors("out").map(\.description)
    #expect(told.count == 1 && told[0].contains("out/journal/"), "\(told)")
    #expect(told[0].contains("no file of the run \(id) that it records (baseline, commit c1)"), "\(told)")
    let (draft, _) = try readHistory(from: folder + "/out", for: history)
    #expect(try history.merge([draft.history], at: day(4)).isEmpty)
    #expect(try history.verify().findings == [])
  }

  @Test("A folder that is not there is unreadable")
  func absent() throws {
    #expect(try errors("none").allSatisfy { $0.kind == .unreadable })
  }

  // MARK: Histories

  private func day(_ number: Int) -> Timestamp {
    Timestamp(milliseconds: 1_767_225_600_000 + Int64(number) * 86_400_000)
  }

  private func run(_ number: Int) -> Run {
    let source = Reading.Source(
      path: "näme \"\(number)\"\u{1b}.json", format: "k6-summary-export",
      sha256: SHA256Digest(of: "\(number)").description)
    var reading = Reading(profile: "baseline", source: source)
    reading.startedAt = day(number)
    reading.duration = 0.1 + 0.2
    reading.facts = ["cpu": "\u{2028}"]
    reading.notices = ["##[error]"]
    reading.measurements = [
      MetricValue(series: series("p95"), value: 1.5, unit: .milliseconds, better: .lower, samples: 9),
      MetricValue(series: series("rate"), value: .leastNonzeroMagnitude, unit: .ratio),
    ]
    reading.distributions = [
      Distribution(
        metric: "m", unit: .milliseconds, better: .lower, sketch: QuantileSketch(sorted: [1, 2, 3]))
    ]
    reading.thresholds = [.init(endpoint: "*", metric: "m", expression: "p(95)<1", passed: nil)]
    reading.observeThresholds()
    return Run(
      service: "shop", commit: Commit(sha: "c\(number)", branch: "feature/::x"),
      environment: Environment(name: nil, sizing: ["stage": "perf"]), settings: ["pool": "40"],
      reading: reading)
  }

  private func series(_ statistic: String) -> Series {
    Series(
      profile: "baseline", endpoint: "GET /\u{7f}", metric: "m", statistic: Statistic(rawValue: statistic))
  }

  /// A history with something of everything in it.
  private func grown(_ seed: Int) throws -> History {
    var generator = SeededGenerator(seed: UInt64(seed))
    let history = try History.open(path: folder + "/grown.sqlite")
    for step in 0..<12 {
      let runs = (0..<2).map { _ in run(Int.random(in: 0..<20, using: &generator)) }
      let verdict = RecordedVerdict(
        commit: runs[0].commit, environment: runs[0].environment, verdict: "pass", exitCode: 0)
      try history.record(runs, verdict: step % 3 == 0 ? verdict : nil, at: day(step))
    }
    let ids = try history.runIDs()
    try history.hold([ids[0]], by: "Ann", reason: "audit", at: day(13))
    try history.accept(
      Acceptance(service: "shop", commit: "c1", since: day(0), by: "Bo", reason: "codec", at: day(14)),
      of: Commit(sha: "c1", committedAt: day(1), firstParent: "c0"))
    let accepted = try history.recordedAcceptances().map(\.id)
    try history.revoke(seed % 2 == 0 ? accepted : [], by: "Cy", reason: "rolled back", at: day(15))
    var rule = PruningRule()
    rule.recordedBefore = day(6)
    try history.prune(rule, at: day(15))
    return history
  }

  // MARK: Files

  /// Every file under a folder with its text, by its path there.
  private func files(_ name: String) throws -> [String: String] {
    let root = folder + "/" + name
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".json") }
    return Dictionary(
      uniqueKeysWithValues: try paths.map {
        ($0, try String(contentsOfFile: root + "/" + $0, encoding: .utf8))
      })
  }

  private func write(_ text: String, _ name: String) throws {
    let path = URL(filePath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: path)
  }

  private func edit(_ name: String, _ change: (String) -> String) throws {
    let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    #expect(change(text) != text)
    try write(change(text), name)
  }

  /// Edits a run's file and gives it the name its content asks for.
  private func renameAfterEdit(_ name: String, _ change: (String) -> String) throws {
    try edit(name, change)
    let path = folder + "/" + name
    let digest = SHA256Digest(of: try String(contentsOfFile: path, encoding: .utf8))
    let other = folder + "/out/" + HistoryFolder.name(.runs, digest)
    try FileManager.default.createDirectory(
      at: URL(filePath: other).deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: path, toPath: other)
  }

  private func errors(_ name: String) throws -> [InputError] {
    do {
      _ = try readHistory(from: folder + "/" + name, for: nil)
    } catch .malformed(let errors) {
      return errors
    }
    Issue.record("nothing was wrong")
    return []
  }
}
