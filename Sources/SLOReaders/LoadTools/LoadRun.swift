import SLOModel
import SLOSupport

/// The result of a load tool as a reading: the figures of the run as a whole, and of every endpoint, under the metrics that
/// all results of loads have.
struct LoadRun {
  /// The name of the file's format.
  let format: String
  /// The tool, by the name it is recorded under: what two tools measure of one service is not compared.
  let tool: String
  /// All requests.
  var whole = LoadFigures()
  /// The requests of each name.
  var requests: [(endpoint: LoadEndpoint?, figures: LoadFigures)] = []
  /// What took several requests together, such as transactions.
  var groups: [(endpoint: LoadEndpoint?, figures: LoadFigures)] = []
  /// When the first request began, where the file says it.
  var startedAt: Timestamp?
  /// The length of the run in seconds, where the file says it.
  var duration: Double?
  /// The most virtual users there were at a time.
  var users: Double?
  /// The release of the tool.
  var version: String?
  /// How percentiles came about, where they are not those of samples, as a sentence.
  var estimate: String?
  /// Why the run is none to judge.
  var failure: String?
  /// What a person should know of the file.
  var notices: [String] = []
  /// What makes its values doubtful.
  var warnings: [String] = []

  /// Describes a result without any figures.
  init(format: String, tool: String) { (self.format, self.tool) = (format, tool) }

  /// Why a run is none to judge whose file ends too early.
  /// - Parameters:
  ///   - end: where it ends: `within a line`, `before its status codes`.
  ///   - file: what it is called.
  ///   - samples: how many it has before that, where they are counted.
  static func cut(_ end: String, of file: String = "file", after samples: Int? = nil) -> String {
    "the \(file) ends \(end): the run, or its copy, was cut short"
      + (samples.map { " after \($0) samples" } ?? "")
  }

  /// The reading of the file it is from.
  func reading(of file: SourceFile, profile: String?, _ options: ReadOptions) throws(InputError) -> Reading {
    let source = Reading.Source(path: file.path, format: format, sha256: try file.sha256())
    var reading = Reading(profile: profile ?? "", source: source)
    (reading.startedAt, reading.duration) = (startedAt.flatMap(LoadRun.plausible), duration)
    reading.conditions["tool"] = tool
    reading.facts["tool_version"] = version
    reading.warnings = warnings
    reading.notices = notices
    if let estimate {
      reading.facts[Reading.percentilesFact] = Reading.estimatedPercentiles
      reading.notices.append(estimate)
    }
    let named = NamedLoadFigures(requests, groups)
    let percentiles = options.demand().percentiles
    reading.add(whole, at: Series.wholeRun, duration, percentiles)
    for (endpoint, figures) in named.requests { reading.add(figures, at: endpoint, duration, percentiles) }
    for (endpoint, figures) in named.groups {
      reading.addDurations(figures, "group_duration", at: endpoint, percentiles)
    }
    if let users { reading.add("vus_max", [(.value, users), (.maximum, users)], at: Series.wholeRun, nil) }
    reading.addresses = named.addresses
    reading.notices += named.notices
    reading.failure = failure ?? emptiness
    return reading
  }

  private static func plausible(_ time: Timestamp) -> Timestamp? {
    Timestamp.plausible.contains(time) ? time : nil
  }

  private var emptiness: String? {
    let isMeasured = (whole.requests ?? 0) > 0 || !whole.durations.isEmpty || !groups.isEmpty
    return isMeasured ? nil : "the run made no request and measured nothing else"
  }
}

extension Reading {
  /// Adds the figures of the requests to an endpoint.
  /// - Parameter length: the length of the run in seconds.
  fileprivate mutating func add(
    _ figures: LoadFigures, at endpoint: String, _ length: Double?, _ percentiles: Set<Statistic>
  ) {
    addDurations(figures, "http_req_duration", at: endpoint, percentiles)
    guard let requests = figures.requests else { return }
    if let failed = figures.failed, requests > 0 {
      add("http_req_failed", [(.rate, failed / requests)], at: endpoint, requests)
    }
    let rate = figures.rate ?? length.flatMap { $0 > 0 ? requests / $0 : nil }
    add("http_reqs", [(.count, requests)] + (rate.map { [(.rate, $0)] } ?? []), at: endpoint, nil)
  }

  fileprivate mutating func addDurations(
    _ figures: LoadFigures, _ metric: String, at endpoint: String, _ percentiles: Set<Statistic>
  ) {
    var values = figures.statistics(percentiles)
    guard !values.isEmpty else { return }
    let (median, p50) = (values.first { $0.0 == .median }?.1, values.first { $0.0 == .p50 }?.1)
    if let median, p50 == nil { values.append((.p50, median)) }
    if let p50, median == nil { values.append((.median, p50)) }
    let count = figures.timed ?? figures.requests
    if let count { values.append((.count, count)) }
    add(metric, values, at: endpoint, count)
    guard !figures.samples.isEmpty, let traits = MetricCatalogue.traits(of: metric) else { return }
    distributions.append(
      Distribution(
        endpoint: endpoint, metric: metric, unit: traits.unit, better: traits.better,
        sketch: SampleUnion(figures.samples).sketch))
  }

  fileprivate mutating func add(
    _ metric: String, _ values: [(Statistic, Double)], at endpoint: String, _ samples: Double?
  ) {
    guard let traits = MetricCatalogue.traits(of: metric) else { return }
    for (statistic, value) in values where value.isFinite {
      measurements.append(
        MetricValue(
          series: Series(profile: profile, endpoint: endpoint, metric: metric, statistic: statistic),
          value: value, unit: traits.unit(of: statistic), better: traits.better(of: statistic),
          samples: samples.flatMap { Int(exactly: $0) }))
    }
  }
}
