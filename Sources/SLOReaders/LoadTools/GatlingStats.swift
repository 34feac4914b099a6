import SLOModel
import SLOSupport

/// The figures behind a report of Gatling, `js/stats.json`: those of all requests, and in it those of each request and group
/// (Gatling 2.1 to 3.13.4).
///
/// Which percentiles `percentiles1` to `percentiles4` are, `gatling.conf` says and the file does not: they are read as the
/// 50th, 75th, 95th and 99th that Gatling has unless it is told others, a notice says so, and where the counts of the file
/// contradict that none of them is read.
struct GatlingStats: LoadToolReader {
  static let title = "a Gatling report"

  private let root: JSONObject

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard root.kind == .object, case let object = try root.object() else { return nil }
    if object["contents"]?.kind == .object, try object.object("stats")?.contains("numberOfRequests") == true {
      return .results(GatlingStats(root: object))
    }
    if object.contains("numberOfRequests"), object.contains("percentiles1") {
      return .companion("Gatling's figures of a run as a whole, which js/stats.json has too")
    }
    if object.contains("simulationId"), object.contains("assertions") {
      return .companion("Gatling's assertions")
    }
    return nil
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var run = LoadRun(format: "gatling-stats", tool: "Gatling")
    let percentiles = try GatlingPercentiles(try root.object("stats") ?? root)
    run.whole = try figures(root, percentiles)
    try add(root, within: [], percentiles, options.naming, to: &run)
    if let requests = run.whole.requests, let rate = run.whole.rate, rate > 0 {
      run.duration = requests / rate
    }
    if let contradiction = percentiles.contradiction {
      run.warnings.append(contradiction)
    } else {
      run.estimate = GatlingPercentiles.sentence
    }
    return [try run.reading(of: file, profile: profile, options)]
  }

  /// Adds what a group holds.
  private func add(
    _ group: JSONObject, within groups: [String], _ percentiles: GatlingPercentiles, _ naming: NamingRules,
    to run: inout LoadRun
  ) throws(InputError) {
    guard groups.count < 64 else { throw group.value.error(expected: "groups at most 64 deep") }
    for member in try group.object("contents")?.members ?? [] {
      let element = try member.value.object()
      guard let name = try element.string("name") else {
        throw member.value.error(expected: "a request or group with its \"name\"")
      }
      let path = groups + [name]
      let figures = try figures(element, percentiles)
      let endpoint = LoadEndpoint(GatlingName.joined(path), by: naming)
      if try element.string("type") == "GROUP" {
        run.groups.append((endpoint, figures))
        try add(element, within: path, percentiles, naming, to: &run)
      } else {
        run.requests.append((endpoint, figures))
      }
    }
  }

  private func figures(
    _ element: JSONObject, _ percentiles: GatlingPercentiles
  ) throws(InputError) -> LoadFigures {
    var figures = LoadFigures()
    guard let stats = try element.object("stats"), let counts = try stats.object("numberOfRequests") else {
      throw element.value.error(expected: "a request or group with its \"stats\"")
    }
    guard let requests = try counts.written("total", .count), let failed = try counts.written("ko", .count),
      failed <= requests
    else { throw counts.value.error(expected: "all requests and no more that failed") }
    (figures.requests, figures.failed) = (requests, failed)
    figures.rate = try stats.object("meanNumberOfRequestsPerSecond")?.written("total", .perSecond)
    guard requests > 0 else { return figures }
    figures.durations[.minimum] = try stats.total("minResponseTime")
    figures.durations[.maximum] = try stats.total("maxResponseTime")
    figures.durations[.average] = try stats.total("meanResponseTime")
    for (name, statistic) in percentiles.read { figures.durations[statistic] = try stats.total(name) }
    return figures
  }
}

/// Which percentiles a report has.
private struct GatlingPercentiles {
  /// Those that are read, by their names in the file.
  private(set) var read: [(name: StaticString, statistic: Statistic)] = GatlingPercentiles.usual
  /// Why they are not those that Gatling has unless it is told others; nil where they may be.
  private(set) var contradiction: String?

  static let sentence =
    "the file does not say which percentiles it has: they were read as p50, p75, p95 and p99, which Gatling has unless"
    + " gatling.conf sets others (charting.indicators); they are estimates by a digest, in whole milliseconds"

  private static let usual: [(name: StaticString, statistic: Statistic)] = [
    ("percentiles1", .p50), ("percentiles2", Statistic(rawValue: "p75")), ("percentiles3", .p95),
    ("percentiles4", .p99),
  ]

  /// Holds the percentiles of all good requests against how many of them were below the bounds that the report counts
  /// by, 800 and 1,200 ms unless they are set.
  init(_ stats: JSONObject) throws(InputError) {
    guard let good = try stats.object("numberOfRequests")?.written("ok", .count), good > 0 else { return }
    var below = 0.0
    for group in ["group1", "group2"] as [StaticString] {
      guard let counted = try stats.object(group), let count = try counted.written("count", .count),
        let bound = GatlingPercentiles.bound(try counted.string("name") ?? "")
      else { return }
      below += count
      for (name, statistic) in GatlingPercentiles.usual {
        guard let time = try stats.object(name)?.written("ok", .milliseconds) else { continue }
        let (share, rank, slack) = (below / good, (statistic.percentile ?? 0) / 100, 0.01 + 2 / good)
        guard time < bound ? share < rank - slack : share > rank + slack else { continue }
        read = []
        contradiction =
          "percentiles are not read: \(name) of the file is not its \(statistic), for"
          + " \(Int(saturating: (share * 100).rounded())) % of the requests took less than"
          + " \(Int(saturating: bound)) ms; gatling.conf sets others than 50, 75, 95 and 99 (charting.indicators)"
        return
      }
    }
  }

  /// The upper bound in the name of a count: 1200 of `800 ms <= t < 1200 ms`.
  private static func bound(_ name: String) -> Double? {
    name.split { !$0.isASCII || !$0.isNumber }.last.flatMap { Double($0) }
  }
}

extension JSONObject {
  /// The figure of all requests under a key, in milliseconds.
  fileprivate func total(_ name: StaticString) throws(InputError) -> Double? {
    try object(name)?.written("total", .milliseconds)
  }

  /// A number, which older releases write as a text, and `-` where there is none.
  fileprivate func written(_ name: StaticString, _ unit: MetricUnit) throws(InputError) -> Double? {
    guard let value = self[name] else { return nil }
    guard value.kind == .string else { return try value.load(unit) }
    let text = try value.string()
    if text == "-" { return nil }
    guard let number = Double(text), unit.possibleValues.contains(number), number.isFinite else {
      throw value.error(expected: ImpossibleValue.expected(unit))
    }
    return number
  }
}
