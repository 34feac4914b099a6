import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Reference windows")
struct ReferenceWindowTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Commits come oldest first, whatever the order of recording")
  func order() throws {
    let runs = [3, 1, 2].map { Sample.run("c\($0)", day: $0, value: Double($0)) }
    let window = try folder.window(of: runs)
    #expect(window.commits.map(\.sha) == ["c1", "c2", "c3"])
    #expect(window.commits.map(\.time) == [1, 2, 3].map(Sample.day))
    #expect(window.values[Sample.latency]?.map(\.repetitions[0].value) == [1, 2, 3])
    #expect(window.values[Sample.latency]?.map(\.commit) == [0, 1, 2])
    #expect(window.skipped.total == 0)
  }

  @Test("An ancestor named twice counts once")
  func repeatedAncestors() throws {
    let runs = [1, 2].map { Sample.run("c\($0)", day: $0, value: Double($0)) }
    let window = try folder.window(of: runs, Sample.query(ancestors: ["c2", "c1", "c2", "c1"]))
    #expect(window.commits.map(\.sha) == ["c1", "c2"])
    #expect(window.values[Sample.latency]?.map(\.repetitions.count) == [1, 1])
  }

  @Test("Without a commit time the start counts, without a start the recording")
  func orderKey() throws {
    let runs = [
      Sample.run("recorded"), Sample.run("started", startedAt: Sample.day(50)),
      Sample.run("committed", day: 60, startedAt: Sample.day(1)),
    ]
    let window = try folder.window(of: runs)
    #expect(window.commits.map(\.sha) == ["started", "committed", "recorded"])
    #expect(window.commits.map(\.time) == [50, 60, 100].map(Sample.day))
  }

  @Test("Runs of a commit are repetitions of one reference, in the order in which they started")
  func repetitions() throws {
    let runs = [(30.0, 5), (10, 3), (20, 4)].map { value, day in
      Sample.run("c1", value: value, file: "\(day)", startedAt: Sample.day(day))
    }
    let window = try folder.window(of: runs + [Sample.run("c2", value: 40, startedAt: Sample.day(9))])
    #expect(window.commits.map(\.sha) == ["c1", "c2"])
    #expect(window.commits[0].time == Sample.day(3))
    #expect(window.commits[0].runs == [runs[1].id, runs[2].id, runs[0].id])
    let values = try #require(window.values[Sample.latency])
    #expect(values.map { $0.repetitions.map(\.value) } == [[10, 20, 30], [40]])
    #expect(values[0].repetitions.map(\.samples) == [1_000, 1_000, 1_000])
  }

  @Test("A commit without a value of a series is absent there, and only there")
  func missingValue() throws {
    var other = Sample.run("c2", day: 2)
    other.reading.measurements[0].series.statistic = .p99
    var query = Sample.query()
    var p99 = Sample.latency
    p99.statistic = .p99
    query.series[p99] = .milliseconds
    let window = try folder.window(of: [Sample.run("c1", day: 1), other, Sample.run("c3", day: 3)], query)
    #expect(window.commits.count == 3)
    #expect(window.values[Sample.latency]?.map(\.commit) == [0, 2])
    #expect(window.values[p99]?.map(\.commit) == [1])
  }

  @Test("A series once measured in another unit is another series")
  func unit() throws {
    var other = Sample.run("c1", day: 1)
    other.reading.measurements[0].unit = .unitless
    let window = try folder.window(of: [other, Sample.run("c2", day: 2)])
    #expect(window.values[Sample.latency]?.map(\.commit) == [1])
  }

  @Test("A series whose better direction was once another is the same series")
  func direction() throws {
    var other = Sample.run("c1", day: 1)
    other.reading.measurements[0].better = nil
    let window = try folder.window(of: [other, Sample.run("c2", day: 2)])
    #expect(window.values[Sample.latency]?.map(\.commit) == [0, 1])
  }

  @Test("Each run that is left out is counted once, under its reason")
  func reasons() throws {
    let runs = [
      Sample.run("good", day: 1), Sample.run(Commit.unknownSHA), Sample.run("candidate", file: "earlier"),
      Sample.run("candidate", value: nil, file: "broken", failure: "no requests"),
      Sample.run("bad", failure: "runtime error"), Sample.run("hollow", value: nil),
      Sample.run("feature", branch: "feature"), Sample.run("stray", branch: nil),
      Sample.run("small", environment: Sample.small), Sample.run("nowhere", environment: .unknown),
      Sample.run("other", service: "billing"), Sample.run("spike", profile: "spike"),
    ]
    let window = try folder.window(of: runs)
    #expect(window.commits.map(\.sha) == ["good"])
    #expect(
      window.skipped.counts == [
        .unknownCommit: 1, .sameCommit: 2, .failed: 1, .empty: 1, .otherBranch: 2, .otherSizing: 1,
        .unknownEnvironment: 1,
      ])
  }

  @Test("A run of an unknown branch counts only for a candidate of an unknown branch")
  func unknownBranch() throws {
    let runs = [
      Sample.run("c1", day: 1), Sample.run("c2", day: 2, branch: nil),
      Sample.run("c1", day: 1, file: "again", branch: nil), Sample.run("c3", day: 3, branch: "x"),
    ]
    let known = try folder.window(of: runs)
    #expect(known.commits.map(\.runs.count) == [1])
    #expect(known.skipped[.otherBranch] == 3)
    let unknown = try folder.window(of: [], Sample.query(for: Sample.run("candidate", branch: nil)))
    #expect(unknown.commits.map(\.sha) == ["c1", "c2"])
    #expect(unknown.commits.map(\.runs.count) == [2, 1])
    #expect(unknown.skipped.counts == [.otherBranch: 1])
  }

  @Test("A window holds the newest commits, all runs of each, and counts the rest")
  func size() throws {
    let runs = (0..<10).flatMap { (day: Int) -> [Run] in
      ["a", "b"].map { Sample.run("c\(day)", day: day, file: $0) }
    }
    let window = try folder.window(of: runs, Sample.query(size: 3))
    #expect(window.commits.map(\.sha) == ["c7", "c8", "c9"])
    #expect(window.commits.map(\.runs.count) == [2, 2, 2])
    #expect(window.skipped.counts == [.beyondWindow: 14])
    let none = try folder.window(of: [], Sample.query(size: 0))
    #expect(none.commits.isEmpty)
    #expect(none.skipped.counts == [.beyondWindow: 20])
  }

  @Test("Where git says the ancestors, they alone count, in their order")
  func ancestors() throws {
    let runs = (1...6).map { (day: Int) in Sample.run("c\(day)", day: day) }
    let window = try folder.window(of: runs, Sample.query(ancestors: ["candidate", "c3", "c4", "c0", "c1"]))
    #expect(window.commits.map(\.sha) == ["c1", "c4", "c3"])
    #expect(window.skipped.counts == [.notAnAncestor: 3])
  }

  @Test("What is older than a full window is beyond it, what is newer is no ancestor")
  func ancestorsBeyond() throws {
    let runs = (1...9).map { (day: Int) in Sample.run("c\(day)", day: day) }
    let ancestors = ["c7", "c5", "c4", "c3"]
    let window = try folder.window(of: runs, Sample.query(ancestors: ancestors, size: 2))
    #expect(window.commits.map(\.sha) == ["c5", "c7"])
    #expect(window.skipped.counts == [.notAnAncestor: 3, .beyondWindow: 4])
  }

  @Test("An ancestor measured on another branch is no reference")
  func ancestorElsewhere() throws {
    let runs = [Sample.run("c1", day: 1), Sample.run("c2", day: 2, branch: "feature")]
    let window = try folder.window(of: runs, Sample.query(ancestors: ["c2", "c1"]))
    #expect(window.commits.map(\.sha) == ["c1"])
    #expect(window.skipped.counts == [.otherBranch: 1])
  }

  @Test("No ancestors is no reference")
  func noAncestors() throws {
    let window = try folder.window(of: [Sample.run("c1", day: 1)], Sample.query(ancestors: []))
    #expect(window.commits.isEmpty)
    #expect(window.skipped.counts == [.notAnAncestor: 1])
  }

  @Test("Other sizings are named, the last recorded first, so that the difference can be shown")
  func otherSizings() throws {
    let history = try History.open(path: folder.history)
    for size in 1...5 {
      let environment = Environment(name: "size-\(size)", sizing: ["memory": "\(size)Gi"])
      let runs = (0..<size).map { Sample.run("c\($0)", environment: environment) }
      try history.record(runs, verdict: nil, at: Sample.day(size))
    }
    let skipped = try history.window(Sample.query()).skipped
    #expect(skipped.counts == [.otherSizing: 15])
    #expect(skipped.otherSizings.map(\.environment.name) == ["size-5", "size-4", "size-3"])
    #expect(skipped.otherSizings[0].environment.sizing == ["memory": "5Gi"])
    #expect(skipped.otherSizings.map(\.runs) == [5, 4, 3])
    #expect(skipped.otherSizings[0].newest == Sample.day(5))
  }

  @Test("An environment under a new name is the same environment")
  func renamed() throws {
    var renamed = Sample.perf
    renamed.name = "performance"
    let window = try folder.window(of: [Sample.run("c1", environment: renamed)])
    #expect(window.commits.count == 1)
  }

  @Test("A candidate of an unknown environment is compared with nothing, not even with its like")
  func unknownEnvironment() throws {
    let runs = [Sample.run("c1", environment: .unknown), Sample.run("c2")]
    let window = try folder.window(
      of: runs, Sample.query(for: Sample.run("candidate", environment: .unknown)))
    #expect(window.commits.isEmpty)
    #expect(window.skipped.counts == [.unknownEnvironment: 1, .otherSizing: 1])
  }

  @Test("Runs between the window's runs do not show, few or many", arguments: [1, 3, 20])
  func between(others: Int) throws {
    let runs = (0..<12).flatMap { (day: Int) -> [Run] in
      [Sample.run("c\(day)", day: day, value: Double(day))]
        + (0..<others).map { Sample.run("f\(day)-\($0)", day: day, branch: "feature") }
    }
    let window = try folder.window(of: runs)
    #expect(window.values[Sample.latency]?.map(\.repetitions[0].value) == (0..<12).map(Double.init))
    #expect(window.skipped.counts == [.otherBranch: 12 * others])
  }
}
