import SLOModel
import Testing

@testable import SLOReaders

@Suite("Single checks of summaries")
struct K6ChecksTests {
  private static let metrics =
    #""metrics":{"checks":{"passes":13,"fails":3,"value":0.8125},"http_reqs":{"count":4,"rate":1}}"#
  private static let lists = #"""
    {\#(metrics),"root_group":{"name":"","path":"","checks":[{"name":"status is 200","path":"::status is 200","passes":4,"fails":0}],
      "groups":[{"name":"pay","path":"::pay","checks":[{"name":"has id","passes":3,"fails":1},{"name":"never","passes":0,"fails":0}],
        "groups":[{"name":"confirm","path":"::pay::confirm","groups":[],"checks":[{"name":"status is 200","passes":3,"fails":1},{"name":"has id","passes":3,"fails":1}]}]}]}}
    """#
  private static let objects = #"""
    {\#(metrics),"root_group":{"name":"","path":"","checks":{"status is 200":{"name":"status is 200","passes":4,"fails":0}},
      "groups":{"pay":{"name":"pay","checks":{"has id":{"name":"has id","passes":3,"fails":1},"never":{"name":"never","passes":0,"fails":0}},
        "groups":{"confirm":{"name":"confirm","groups":{},"checks":{"status is 200":{"name":"status is 200","passes":3,"fails":1},"has id":{"name":"has id","passes":3,"fails":1}}}}}}}}
    """#
  private static let machineReadable = #"""
    {"version":"1.0.0","results":{"metrics":[{"name":"http_reqs","type":"counter","contains":"default","values":{"count":4}}],
      "checks":{"metrics":[],"results":[{"name":"status is 200","passes":7,"fails":1},{"name":"has id","passes":6,"fails":2}]}}}
    """#

  /// The same checks as raw samples.
  private static let samples: String = {
    let counts = [
      ("status is 200", "", 4, 0), ("has id", "::pay", 3, 1), ("status is 200", "::pay::confirm", 3, 1),
      ("has id", "::pay::confirm", 3, 1),
    ]
    return counts.flatMap { name, group, passes, fails in
      (0..<passes + fails).map { number in
        #"{"metric":"checks","type":"Point","data":{"time":"2026-11-20T23:17:1\#(number).5Z","value":\#(number < passes ? 1 : 0),"tags":{"check":"\#(name)","group":"\#(group)"}}}"#
          + "\n"
      }
    }.joined()
  }()

  private func reading(_ text: String, asking names: [String]) throws -> Reading {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/f.json")
      let selections = names.map { name in
        let name = MetricName(parsing: name)
        return SampleDemand.Selection(
          metric: name.base == "*" ? nil : name.base, tags: name.tags.mapValues { EndpointPattern($0) })
      }
      let options = ReadOptions(demand: { SampleDemand(selections: Set(selections)) })
      let result = Readers.read(paths: [folder + "/f.json"], as: .profile("baseline"), options: options)
      #expect(result.errors.map(\.description) == [])
      return try #require(result.usable.first)
    }
  }

  private func rates(_ reading: Reading) -> [String: Double] {
    let checks = reading.measurements.filter {
      $0.series.metric.hasPrefix("checks") && $0.series.statistic == .rate
        && ($0.series.metric != "checks" || $0.series.endpoint != Series.wholeRun)
    }
    return Dictionary(
      uniqueKeysWithValues: checks.map { ("\($0.series.endpoint) \($0.series.metric)", $0.value) })
  }

  @Test("Summaries of both shapes and raw samples agree on names and rates", arguments: [lists, objects])
  func agreement(summary: String) throws {
    for names in [
      ["checks{check:status is 200}", "checks{check:has id}"],
      ["checks{check:status is 200,group:::pay::confirm}"],
      ["checks{group:::pay}"], ["*{group:::pay::confirm}", "checks{check:never}"], ["checks{check:*}"], [],
    ] {
      let (mine, theirs) = (
        rates(try reading(summary, asking: names)), rates(try reading(Self.samples, asking: names))
      )
      #expect(mine == theirs, "\(names)")
    }
    let asked = rates(try reading(summary, asking: ["checks{check:status is 200}", "checks{group:::pay}"]))
    #expect(asked == ["* checks{check:status is 200}": 7.0 / 8, "::pay checks": 0.75])
  }

  @Test("The machine-readable summary knows checks by their names alone")
  func machineReadable() throws {
    let names = ["checks{check:has id}", "checks{group:::pay}"]
    #expect(rates(try reading(Self.machineReadable, asking: names)) == ["* checks{check:has id}": 0.75])
  }

  @Test("Beside the sub-metric of a threshold the check is not counted twice")
  func declared() throws {
    let text = Self.lists.replacing(
      #""http_reqs":"#, with: #""checks{check:has id}":{"passes":6,"fails":2,"value":0.75},"http_reqs":"#)
    let reading = try reading(text, asking: ["checks{check:has id}"])
    #expect(reading.repeatedSeries.isEmpty && rates(reading) == ["* checks{check:has id}": 0.75])
  }
}
