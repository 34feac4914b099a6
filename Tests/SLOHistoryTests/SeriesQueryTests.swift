import SLOModel
import SLOStatistics
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Series over commits")
struct SeriesQueryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Every series of every cohort, commits oldest first")
  func everything() throws {
    let runs = [3, 1, 2].map { Sample.run("c\($0)", day: $0, value: Double($0)) }
    let found = try folder.history(of: runs).cohorts(SeriesQuery())
    let value = { (commit: Int) in
      ReferenceValue(commit: commit, repetitions: [.init(value: Double(commit + 1), samples: 1_000)])
    }
    #expect(
      found == [
        CohortHistory(
          service: "gateway", profile: "baseline", environment: Sample.perf,
          commits: [1, 2, 0].map { index in
            ReferenceCommit(
              sha: runs[index].commit.sha, branch: "main", time: Sample.day([3, 1, 2][index]),
              runs: [runs[index].id])
          },
          series: [
            SeriesHistory(
              series: Sample.latency, unit: .milliseconds, better: .lower, values: (0..<3).map(value))
          ])
      ])
  }

  @Test("Cohorts come by service and profile, the one recorded last first")
  func order() throws {
    let history = try History.open(path: folder.history)
    let runs = [
      Sample.run("c1", environment: Sample.small, service: "b"), Sample.run("c1", service: "b"),
      Sample.run("c1", service: "b", profile: "alpha"), Sample.run("c1", service: "a", profile: "spike"),
    ]
    for (day, run) in runs.enumerated() { try history.record([run], verdict: nil, at: Sample.day(day)) }
    let found = try history.cohorts(SeriesQuery())
    #expect(found.map(\.service) == ["a", "b", "b", "b"])
    #expect(found.map(\.profile) == ["spike", "alpha", "baseline", "baseline"])
    #expect(found.suffix(2).map(\.environment) == [Sample.perf, Sample.small])
  }

  @Test("A query restricts service, profile and sizing")
  func restriction() throws {
    let history = try folder.history(of: [
      Sample.run("c1"), Sample.run("c2", environment: Sample.small),
      Sample.run("c3", service: "billing", profile: "spike"),
    ])
    var query = SeriesQuery()
    query.service = "gateway"
    #expect(try history.cohorts(query).count == 2)
    query.environmentFingerprint = Sample.small.fingerprint
    #expect(try history.cohorts(query).map(\.environment) == [Sample.small])
    query.profile = "spike"
    #expect(try history.cohorts(query).isEmpty)
  }

  @Test("Runs that can be no reference have no place in a trend")
  func usable() throws {
    let history = try folder.history(of: [
      Sample.run("c1", day: 1), Sample.run("bad", day: 2, failure: "no requests"),
      Sample.run("hollow", day: 3, value: nil), Sample.run(Commit.unknownSHA),
    ])
    #expect(try history.cohorts(SeriesQuery()).flatMap { $0.commits.map(\.sha) } == ["c1"])
  }

  @Test("One branch or all, an unknown one included; runs of a commit are its repetitions")
  func branches() throws {
    let history = try folder.history(of: [
      Sample.run("c1", day: 1, value: 1), Sample.run("c2", day: 2, value: 2, branch: "x"),
      Sample.run("c1", day: 1, value: 3, file: "b", branch: "x"), Sample.run("c3", day: 3, branch: nil),
    ])
    var query = SeriesQuery()
    let all = try #require(try history.cohorts(query).first)
    #expect(all.commits.map(\.sha) == ["c1", "c2", "c3"])
    #expect(all.series[0].values.map(\.repetitions.count) == [2, 1, 1])
    query.branch = "x"
    let one = try #require(try history.cohorts(query).first)
    #expect(one.commits.map(\.sha) == ["c1", "c2"])
    #expect(one.series[0].values.map { $0.repetitions.map(\.value) } == [[3], [2]])
  }

  @Test("The newest commits, of a time or later, in git's order where it is given")
  func commits() throws {
    let history = try folder.history(of: (1...6).map { (day: Int) in Sample.run("c\(day)", day: day) })
    func shas(_ change: (inout SeriesQuery) -> Void) throws -> [String] {
      var query = SeriesQuery()
      change(&query)
      return try history.cohorts(query).flatMap { $0.commits.map(\.sha) }
    }
    #expect(try shas { $0.limit = 2 } == ["c5", "c6"])
    #expect(try shas { $0.limit = 0 } == [])
    #expect(try shas { $0.limit = -1 } == [])
    #expect(try shas { $0.since = Sample.day(5) } == ["c5", "c6"])
    #expect(try shas { $0.commits = ["c2", "c9", "c4", "c2", "c1"] } == ["c1", "c4", "c2"])
    #expect(
      try shas {
        $0.commits = ["c2", "c4", "c1", "c3"]
        $0.limit = 2
        $0.since = Sample.day(3)
      } == ["c3", "c4"])
    #expect(try shas { $0.commits = [] } == [])
  }

  @Test("Endpoints are matched by pattern, the whole run only by its name or by everything")
  func endpoints() throws {
    var run = Sample.run("c1")
    let names = ["*", "GET /a", "GET /a/b", "POST /a"]
    run.reading.measurements = names.map { measurement($0, "http_req_duration", .p95, 1) }
    let history = try folder.history(of: [run])
    func found(_ patterns: EndpointPattern...) throws -> [String] {
      var query = SeriesQuery()
      query.endpoints = patterns
      return try history.cohorts(query).flatMap { $0.series.map(\.series.endpoint) }
    }
    #expect(try found() == names)
    #expect(try found(EndpointPattern("*")) == names)
    #expect(try found(.exactly("*")) == ["*"])
    #expect(try found(EndpointPattern("GET *")) == ["GET /a", "GET /a/b"])
    #expect(try found(EndpointPattern("POST /a"), EndpointPattern("*/b")) == ["GET /a/b", "POST /a"])
    #expect(try found(EndpointPattern("GET /a"), .exactly("GET /a")) == ["GET /a"])
    #expect(try found(EndpointPattern("none")) == [])
  }

  @Test("Figures are any of those asked; a series in two units is two")
  func figures() throws {
    var (old, new) = (Sample.run("c1", day: 1), Sample.run("c2", day: 2))
    old.reading.measurements = [
      measurement("a", "m", .p95, 1), measurement("a", "m", .average, 2), measurement("a", "other", .p95, 3),
    ]
    new.reading.measurements = [measurement("a", "m", .p95, 4)]
    new.reading.measurements[0].unit = .bytes
    new.reading.measurements[0].better = nil
    let history = try folder.history(of: [old, new])
    var query = SeriesQuery()
    query.figures = [.init(metric: "m", statistic: .p95), .init(metric: "other", statistic: .p95)]
    let series = try #require(try history.cohorts(query).first).series
    #expect(series.map(\.series.metric) == ["m", "m", "other"])
    #expect(series.map(\.unit) == [.bytes, .milliseconds, .milliseconds])
    #expect(series.map { $0.values.map(\.commit) } == [[1], [0], [0]])
    query.figures = [.init(metric: "m", statistic: .p99)]
    #expect(try history.cohorts(query).isEmpty)
  }

  @Test("A series whose better direction was once another is one series, better as it is now")
  func direction() throws {
    var other = Sample.run("c1", day: 1)
    other.reading.measurements[0].better = nil
    let history = try folder.history(of: [other, Sample.run("c2", day: 2)])
    let series = try #require(try history.cohorts(SeriesQuery()).first).series
    #expect(series.map(\.better) == [.lower])
    #expect(series[0].values.map(\.commit) == [0, 1])
  }

  @Test("med and p50 stand in for each other, under the name asked for")
  func median() throws {
    var (old, new) = (Sample.run("c1", day: 1), Sample.run("c2", day: 2))
    old.reading.measurements = [measurement("a", "m", .median, 1)]
    new.reading.measurements = [measurement("a", "m", .p50, 2), measurement("a", "m", .median, 3)]
    let history = try folder.history(of: [old, new])
    for (asked, expected) in [(Statistic.p50, [1.0, 2]), (.median, [1, 3])] {
      var query = SeriesQuery()
      query.figures = [.init(metric: "m", statistic: asked)]
      let series = try #require(try history.cohorts(query).first).series
      #expect(series.map(\.series.statistic) == [asked])
      #expect(series[0].values.map { $0.repetitions[0].value } == expected)
      #expect(!series[0].isEstimated)
    }
  }
}

extension SeriesQueryTests {
  @Test("A percentile nobody measured is read off the sketches; a measured one wins")
  func sketches() throws {
    var runs = (1...3).map { (day: Int) in Sample.run("c\(day)", day: day, value: 7) }
    for index in runs.indices {
      runs[index].reading.distributions = [Sample.distribution((1...1_001).map { Double($0 * (index + 1)) })]
    }
    runs[1].reading.measurements[0].series.statistic = .p99
    let history = try folder.history(of: runs)
    func asked(_ statistic: String) throws -> [SeriesHistory] {
      var query = SeriesQuery()
      query.figures = [.init(metric: Sample.latency.metric, statistic: Statistic(rawValue: statistic))]
      return try history.cohorts(query).flatMap(\.series)
    }
    let p90 = try #require(try asked("p90").first)
    #expect(p90.isEstimated)
    #expect(p90.better == .lower)
    for (value, exact) in zip(p90.values, [901.0, 1_802, 2_703]) {
      #expect(abs(value.repetitions[0].value - exact) < 0.0101 * exact)
      #expect(value.repetitions[0].samples == 1_001)
    }
    let p95 = try #require(try asked("p95").first)
    #expect(p95.isEstimated)
    #expect([0, 2].map { p95.values[$0].repetitions[0].value } == [7, 7])
    #expect(abs(p95.values[1].repetitions[0].value - 1_902) < 20)
    #expect(try asked("avg").isEmpty)
  }

  @Test("A percentile that every run measured is not estimated")
  func measured() throws {
    var run = Sample.run("c1", day: 1)
    run.reading.distributions = [Sample.distribution([1, 2, 3]), empty]
    var query = SeriesQuery()
    query.figures = [.init(metric: Sample.latency.metric, statistic: .p95)]
    let history = try folder.history(of: [run])
    #expect(try history.cohorts(query).flatMap(\.series).map(\.isEstimated) == [false])
    query.figures = [.init(metric: "nothing", statistic: .p95)]
    #expect(try history.cohorts(query).isEmpty)
  }

  @Test("Distributions come by cohort and commit")
  func distributions() throws {
    var runs = [
      Sample.run("c2", day: 2), Sample.run("c1", day: 1), Sample.run("c1", day: 1, file: "b", branch: "x"),
      Sample.run("c3", day: 3, environment: Sample.small), Sample.run("c4", day: 4),
    ]
    for index in 0..<4 { runs[index].reading.distributions = [Sample.distribution([Double(index)])] }
    let history = try folder.history(of: runs)
    var query = SeriesQuery()
    let all = try history.distributions(query, endpoint: "search", metric: Sample.latency.metric)
    #expect(all.map(\.distributions.count).sorted() == [1, 2])
    query.environmentFingerprint = Sample.perf.fingerprint
    let found = try history.distributions(query, endpoint: "search", metric: Sample.latency.metric)
    #expect(found.map(\.unit) == [.milliseconds])
    #expect(found[0].distributions.map(\.commit.sha) == ["c1", "c2"])
    #expect(
      Set(found[0].distributions[0].repetitions) == [
        QuantileSketch(sorted: [1]), QuantileSketch(sorted: [2]),
      ])
    query.branch = "x"
    let branch = try history.distributions(query, endpoint: "search", metric: Sample.latency.metric)
    #expect(branch.map { $0.distributions.map(\.repetitions) } == [[[QuantileSketch(sorted: [2])]]])
    #expect(try history.distributions(query, endpoint: "*", metric: Sample.latency.metric).isEmpty)
  }

  private var empty: Distribution {
    Distribution(endpoint: "search", metric: "nothing", unit: .milliseconds, sketch: QuantileSketch())
  }

  private func measurement(
    _ endpoint: String, _ metric: String, _ statistic: Statistic, _ value: Double
  ) -> MetricValue {
    let series = Series(profile: "baseline", endpoint: endpoint, metric: metric, statistic: statistic)
    return MetricValue(series: series, value: value, unit: .milliseconds, better: .lower)
  }
}
