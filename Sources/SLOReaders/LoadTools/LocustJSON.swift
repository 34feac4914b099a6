import SLOModel

/// What Locust prints with `--json`, or writes with `--json-file`: an object for each method and name, with its response
/// times counted by their rounded values. It has no figures of all requests: they follow from those of each.
struct LocustJSON: LoadToolReader {
  static let title = "a Locust result in JSON"

  private let entries: [JSONObject]

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard root.kind == .array else { return nil }
    let elements = try root.elements()
    guard let first = elements.first, first.kind == .object, case let object = try first.object(),
      ["num_requests", "num_failures", "response_times", "name"].allSatisfy({ object.contains($0) })
    else { return nil }
    var entries: [JSONObject] = []
    for element in elements { entries.append(try element.object()) }
    return .results(LocustJSON(entries: entries))
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var run = LoadRun(format: "locust-json", tool: "Locust")
    run.estimate = LocustRounding.sentence
    let wanted = SampleSummary.usual + [.median] + options.demand().percentiles.sorted()
    var all = LocustTimes()
    var times: (first: Double, last: Double)?
    var endpoints: [LoadEndpoint?: LocustTimes] = [:]
    for entry in entries {
      let requests = try LocustTimes(entry)
      all.add(requests)
      let endpoint = LoadEndpoint(
        try entry.string("name") ?? "", method: try entry.string("method"), by: options.naming)
      endpoints[endpoint, default: LocustTimes()].add(requests)
      if let start = try entry.number("start_time"), let end = try entry.number("last_request_timestamp") {
        times = (min(times?.first ?? start, start), max(times?.last ?? end, end))
      }
    }
    run.requests = endpoints.map { ($0, $1.figures(wanted)) }
    run.whole = all.figures(wanted)
    if let times, times.last > times.first {
      run.duration = times.last - times.first
      run.startedAt = Int64(exactly: (times.first * 1_000).rounded()).map(Timestamp.init(milliseconds:))
    }
    return [try run.reading(of: file, profile: profile, options)]
  }
}

/// The requests of one name, or of all: how many, and how often each rounded response time occurred.
private struct LocustTimes {
  private var requests = 0.0
  private var failed = 0.0
  /// Requests without a response time.
  private var untimed = 0.0
  private var total = 0.0
  private var range: ClosedRange<Double>?
  private var counts: [Double: Double] = [:]

  init() {}

  init(_ entry: JSONObject) throws(InputError) {
    requests = try entry.load("num_requests", .count) ?? 0
    failed = try entry.load("num_failures", .count) ?? 0
    untimed = try entry.load("num_none_requests", .count) ?? 0
    total = try entry.load("total_response_time", .milliseconds) ?? 0
    guard failed <= requests, untimed <= requests else {
      throw entry.value.error(
        found: "more failures than requests", expected: "no more",
        remedy: "pass the file as the tool wrote it")
    }
    let largest = try entry.load("max_response_time", .milliseconds)
    if let least = try entry.load("min_response_time", .milliseconds), let largest, least <= largest {
      range = least...largest
    }
    for member in try entry.object("response_times")?.members ?? [] {
      guard let time = Double(member.key), time.isFinite, time >= 0 else {
        throw member.keyValue.error(expected: "a time in milliseconds, 0 or more")
      }
      counts[time, default: 0] += try member.value.load(.count)
    }
  }

  mutating func add(_ other: LocustTimes) {
    requests += other.requests
    failed += other.failed
    untimed += other.untimed
    total += other.total
    counts.merge(other.counts, uniquingKeysWith: +)
    range =
      range.map { range in
        other.range.map {
          min(range.lowerBound, $0.lowerBound)...max(range.upperBound, $0.upperBound)
        } ?? range
      } ?? other.range
  }

  func figures(_ percentiles: [Statistic]) -> LoadFigures {
    var figures = LoadFigures(requests: requests, failed: failed)
    let timed = requests - untimed
    figures.timed = timed
    guard timed > 0 else { return figures }
    figures.durations = [.average: total / timed]
    let times = counts.sorted { $0.key > $1.key }
    for statistic in percentiles {
      figures.durations[statistic] = LocustTimes.percentile(statistic, times, of: timed)
    }
    guard let range else { return figures }
    figures.durations[.minimum] = range.lowerBound
    figures.durations[.maximum] = range.upperBound
    figures.durations[.median] = figures.durations[.median].map {
      min(max($0, range.lowerBound), range.upperBound)
    }
    return figures
  }

  /// As Locust's `calculate_response_time_percentile`: the largest time that at least so many requests are below.
  private static func percentile(
    _ statistic: Statistic, _ descending: [(key: Double, value: Double)], of count: Double
  ) -> Double? {
    let wanted = (count * ((statistic.percentile ?? 0) / 100)).rounded(.down)
    var seen = 0.0
    for (time, number) in descending {
      seen += number
      if count - seen <= wanted { return time }
    }
    return nil
  }
}
