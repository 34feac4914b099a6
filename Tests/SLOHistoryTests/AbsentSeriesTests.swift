import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("What the commits of a window measured and a candidate did not")
struct AbsentSeriesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A run that measured these figures, each `metric` of an endpoint.
  private func run(_ sha: String, day: Int, _ figures: [(endpoint: String, metric: String)]) -> Run {
    var run = Sample.run(sha, day: day)
    run.reading.measurements = figures.map { figure in
      MetricValue(
        series: Series(
          profile: "baseline", endpoint: figure.endpoint, metric: figure.metric, statistic: .p95),
        value: Double(day), unit: .milliseconds, better: .lower, samples: 1_000)
    }
    return run
  }

  private func absent(_ runs: [Run], beside measured: [String: Set<String>]?) throws -> [SeriesHistory] {
    var query = Sample.query()
    query.measured = measured
    return try folder.window(of: runs, query).absent
  }

  @Test("Endpoints and metrics are reported, with their commits, oldest first")
  func told() throws {
    let runs = [
      run("c1", day: 1, [("a", "t"), ("b", "t")]), run("c2", day: 2, [("a", "t"), ("a", "u"), ("b", "t")]),
    ]
    let absent = try absent(runs, beside: ["a": ["t"]])
    #expect(absent.map(\.series.endpoint) == ["a", "b"] && absent.map(\.series.metric) == ["u", "t"])
    #expect(absent.map { $0.values.map(\.commit) } == [[1], [0, 1]])
    #expect(absent[1].better == .lower && absent[1].values[1].repetitions[0].value == 2)
  }

  @Test("Nothing is reported of what the candidate has, of other commits, and where nobody asks")
  func silent() throws {
    let runs = [run("c1", day: 1, [("a", "t")]), run("c2", day: 2, [("b", "t")])]
    #expect(try absent(runs, beside: ["a": ["t"], "b": ["t", "u"]]).isEmpty)
    #expect(try absent(runs, beside: nil).isEmpty)
    var query = Sample.query(ancestors: ["c1"])
    query.measured = [:]
    #expect(try folder.window(of: runs, query).absent.map(\.series.endpoint) == ["a"])
  }
}
