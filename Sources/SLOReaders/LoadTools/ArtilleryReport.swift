import SLOModel
import SLOSupport

/// The report that Artillery writes with `--output FILE`: of version 2 counters and summaries by name, of version 1 the
/// latencies, codes and errors of all requests.
///
/// A request failed that got no answer, or one of status 400 and above. Times are those to the first byte of the answer.
struct ArtilleryReport: LoadToolReader {
  static let title = "an Artillery report"

  private let aggregate: JSONObject
  private let isFirst: Bool

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard root.kind == .object, case let object = try root.object(), object.contains("intermediate"),
      let aggregate = try object.object("aggregate")
    else { return nil }
    if aggregate["counters"]?.kind == .object, aggregate["summaries"]?.kind == .object {
      return .results(ArtilleryReport(aggregate: aggregate, isFirst: false))
    }
    if aggregate["latency"]?.kind == .object, aggregate.contains("requestsCompleted") {
      return .results(ArtilleryReport(aggregate: aggregate, isFirst: true))
    }
    return nil
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let run = isFirst ? try firstRun() : try secondRun(options.naming)
    return [try run.reading(of: file, profile: profile, options)]
  }

  private func firstRun() throws(InputError) -> LoadRun {
    var run = LoadRun(format: "artillery-1", tool: "Artillery")
    run.estimate = ArtilleryReport.estimate
    let (codes, errors) = (try aggregate.counts("codes"), try aggregate.counts("errors"))
    let rates = try aggregate.object("rps")
    let completed = try aggregate.load("requestsCompleted", .count) ?? 0
    let requests = try rates?.load("count", .count) ?? completed + errors.reduce(0) { $0 + $1.count }
    run.whole = ArtilleryReport.figures(
      requests: requests, codes, try aggregate.object("latency").map(ArtilleryReport.durations) ?? [:])
    run.whole.rate = try rates?.load("mean", .perSecond)
    run.notices = ArtilleryReport.notices(errors)
    return run
  }

  private func secondRun(_ naming: NamingRules) throws(InputError) -> LoadRun {
    var run = LoadRun(format: "artillery-2", tool: "Artillery")
    run.estimate = ArtilleryReport.estimate
    let (counters, summaries) = (try aggregate.counts("counters"), try aggregate.object("summaries"))
    let counts = Dictionary(counters.map { ($0.name, $0.count) }) { first, _ in first }
    if let first = try aggregate.load("firstCounterAt", .milliseconds),
      let last = try aggregate.load("lastCounterAt", .milliseconds), last > first
    {
      run.duration = (last - first) / 1_000
      run.startedAt = Int64(exactly: first.rounded()).map(Timestamp.init(milliseconds:))
    }
    if let requests = counts["http.requests"] {
      let times = try summaries?.object("http.response_time").map(ArtilleryReport.durations) ?? [:]
      run.whole = ArtilleryReport.figures(
        requests: requests, ArtilleryReport.members(of: "http.codes.", counters), times)
      if run.duration == nil {
        run.whole.rate = try aggregate.object("rates")?.load("http.request_rate", .perSecond)
      }
    }
    run.requests = try endpoints(counters, summaries, naming)
    run.notices = ArtilleryReport.notices(ArtilleryReport.members(of: "errors.", counters))
    return run
  }

  /// What the plugin `metrics-by-endpoint` measured.
  private func endpoints(
    _ counters: [(name: String, count: Double)], _ summaries: JSONObject?, _ naming: NamingRules
  ) throws(InputError) -> [(LoadEndpoint?, LoadFigures)] {
    let plugin = "plugins.metrics-by-endpoint."
    var codes: [String: [(name: String, count: Double)]] = [:]
    for (name, count) in counters where name.hasPrefix(plugin) {
      guard let (endpoint, code) = ArtilleryReport.parted(name.dropFirst(plugin.utf8.count)) else { continue }
      codes[endpoint, default: []].append((code, count))
    }
    var durations: [String: [Statistic: Double]] = [:]
    for member in summaries?.members ?? [] where member.key.hasPrefix(plugin + "response_time.") {
      let name = String(member.key.dropFirst(plugin.utf8.count + "response_time.".utf8.count))
      durations[name] = try ArtilleryReport.durations(try member.value.object())
    }
    return Set(codes.keys).union(durations.keys).sorted().map { name in
      let counts = codes[name] ?? []
      var figures = ArtilleryReport.figures(
        requests: counts.reduce(0) { $0 + $1.count }, counts.filter { $0.name != "" }, durations[name] ?? [:])
      if counts.isEmpty { (figures.requests, figures.failed) = (nil, nil) }
      return (LoadEndpoint(name, by: naming), figures)
    }
  }

  /// The endpoint and the code of `/orders.codes.200`; of an error in place of an answer no code.
  private static func parted(_ name: Substring) -> (endpoint: String, code: String)? {
    if let mark = name.ranges(of: ".codes.").last {
      return (String(name[..<mark.lowerBound]), String(name[mark.upperBound...]))
    }
    return name.ranges(of: ".errors.").first.map { (String(name[..<$0.lowerBound]), "") }
  }

  /// - Parameter codes: the answers by their status: what is not among them got none.
  private static func figures(
    requests: Double, _ codes: [(name: String, count: Double)], _ durations: [Statistic: Double]
  ) -> LoadFigures {
    let answers = StatusCounts(codes)
    var figures = LoadFigures()
    figures.requests = max(requests, answers.answered)
    figures.failed = max(requests, answers.answered) - (answers.answered - answers.failed)
    figures.timed = answers.answered
    figures.durations = answers.answered > 0 ? durations : [:]
    return figures
  }

  private static func durations(_ summary: JSONObject) throws(InputError) -> [Statistic: Double] {
    var durations: [Statistic: Double] = [:]
    for member in summary.members where !member.value.isNull {
      let statistic: Statistic? =
        switch member.key {
        case "min": .minimum
        case "max": .maximum
        case "mean": .average
        case "median": .median
        case "p999": Statistic(rawValue: "p99.9")
        default: member.key.hasPrefix("p") ? Statistic(spelled: member.key) : nil
        }
      if let statistic { durations[statistic] = try member.value.load(.milliseconds) }
    }
    return durations
  }

  private static func members(
    of prefix: String, _ counters: [(name: String, count: Double)]
  ) -> [(name: String, count: Double)] {
    counters.filter { $0.name.hasPrefix(prefix) }.map { (String($0.name.dropFirst(prefix.count)), $0.count) }
  }

  private static func notices(_ errors: [(name: String, count: Double)]) -> [String] {
    guard !errors.isEmpty else { return [] }
    let shown = errors.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(3).map {
      "\(UntrustedText.cleaned($0.name, limit: 60)) \(Int(saturating: $0.count))"
    }
    let more = errors.count > 3 ? " and \(errors.count - 3) more" : ""
    return ["the report counts errors: \(shown.joined(separator: ", "))\(more)"]
  }

  private static let estimate =
    "Artillery estimates percentiles by a histogram: they may be a per cent off; its times are those to the first byte"
}
