internal import SLOModel

/// A k6 summary of any shape: its metrics, and what the file says of the run as a whole.
struct K6Summary {
  /// The shape's name as runs are recorded under.
  var format: String
  /// The metrics, two spellings of one name already joined.
  var metrics: [K6Metric]
  /// Length of the run in seconds.
  var duration: Double?
  /// When the summary was written.
  var generatedAt: Timestamp?
  /// k6's version.
  var toolVersion: String?
  /// How k6 measured.
  var method = K6Method()
  /// The checks that the file counts one by one.
  var checks = K6Checks()
  /// The object around the metrics, and the one that holds the summary in a list of several.
  private var surroundings: [JSONObject] = []

  /// The metric under a name without tags.
  func metric(_ name: String) -> K6Metric? { metrics.first { $0.name.base == name && $0.name.tags.isEmpty } }

  /// Puts a summary together from what was computed of raw samples.
  init(format: String, metrics: [K6Metric], duration: Double?, method: K6Method = K6Method()) {
    self.format = format
    self.metrics = metrics
    self.duration = duration
    self.method = method
  }

  /// Whether each scenario ran a single iteration, and no more users than scenarios were there: iterations that the
  /// end of a run interrupts are not counted.
  var isSingle: Bool {
    let users = metric("vus_max").flatMap { $0.value(.maximum) ?? $0.value(.value) } ?? 0
    return method.singleIterations > 0 && users <= Double(method.singleIterations)
  }

  /// Whether it was computed of raw samples.
  var isOfSamples: Bool { format.hasPrefix(SampleFormat.prefix) }

  /// The same with the iterations that were dropped: k6 writes none where it dropped none, but where iterations
  /// ran none is a count too.
  var withUndropped: K6Summary {
    guard metric("iterations") != nil, metric("dropped_iterations") == nil else { return self }
    let name = MetricName(base: "dropped_iterations")
    var undropped = K6Metric(name: name, spelling: name.base, kind: .counter)
    undropped.statistics = [(.count, 0)]
    var summary = self
    summary.metrics.append(undropped)
    return summary
  }

  /// The same with the checks that are asked for by name or group, as raw samples have them.
  func withChecks(_ options: ReadOptions) throws(InputError) -> K6Summary {
    guard checks.areKnown else { return self }
    let asked = try checks.metrics(options.demand().selections, naming: options.naming)
    if asked.isEmpty { return self }
    let known = Set(metrics.map(\.name.description))
    var summary = self
    summary.metrics += asked.filter { !known.contains($0.name.description) }
    return summary
  }

  /// Looks at what somebody wrote around one of several summaries.
  /// - Throws: `malformed` where it names another profile than the one that is read.
  func checkProfile(_ profile: String) throws(InputError) {
    for name in ["profile", "scenario", "test", "name", "label"] as [StaticString] {
      for object in surroundings {
        guard let label = object[name], label.kind == .string,
          let other = ProfileOfName.other(than: profile, in: try label.string())
        else { continue }
        throw label.error(
          found: "a summary of \(other) among those of \(UntrustedText.escaped(profile))",
          expected: "repetitions of one profile",
          remedy: "write the summaries of each profile to a file of their own")
      }
    }
  }

  /// Reads a summary that `K6Locator` found.
  /// - Parameter wrapper: the object that holds it in a list of several.
  init(_ location: K6Locator.Location, wrapper: JSONObject? = nil) throws(InputError) {
    switch location {
    case .metricsObject(let metrics, let parent): try self.init(metrics: metrics, parent: parent)
    case .machineReadable(let results, let root): try self.init(results: results, root: root)
    }
    surroundings += [wrapper].compactMap(\.self)
  }

  /// Legacy export and `handleSummary` data.
  private init(metrics: JSONObject, parent: JSONObject?) throws(InputError) {
    if let parent { try PowerShellText.refuse(in: parent) }
    try PowerShellText.refuse(in: metrics)
    // What a user put next to the metrics is ignored, unless it is where a metric of k6's has to be.
    let members = metrics.members.filter {
      $0.value.kind == .object || MetricCatalogue.traits(of: $0.key) != nil
    }
    var found: [Located] = []
    for member in members { found.append((try K6Shape.metric(member), member.value)) }
    self.metrics = try K6Summary.joined(found)
    surroundings = [parent].compactMap(\.self)
    checks = K6Checks(groups: parent?["root_group"])
    let state = try parent?.object("state")
    let options = parent?["options"]
    method = try K6Method(options: options?.kind == .object ? options?.object() : nil)
    let first = try members.first?.value.object()
    let isNested = first.map(K6Shape.isNested) ?? (state != nil)
    format = isNested ? "k6-handle-summary" : "k6-summary-export"
    let milliseconds = try K6Summary.length(state?["testRunDurationMs"])
    duration = milliseconds.map { $0 / 1_000 } ?? K6Summary.duration(from: self.metrics)
    learnMethod()
  }

  /// The machine-readable summary; its published schema spells keys in camelCase, k6 writes snake_case.
  private init(results: JSONObject, root: JSONObject?) throws(InputError) {
    let version = try root?.string("version") ?? "1"
    format = "k6-summary-" + UntrustedText.escaped(version, limit: 12)
    var found: [Located] = []
    for list in [results["metrics"], try results.object("checks")?["metrics"]].compactMap(\.self) {
      for element in try list.elements() { found.append((try K6Shape.metric(element: element), element)) }
    }
    metrics = try K6Summary.joined(found)
    let config = try root?.object("config")
    duration = try K6Summary.length(config?["duration"])
    method = try K6Method(options: config)
    learnMethod()
    surroundings = [root].compactMap(\.self)
    checks = K6Checks(list: try results.object("checks")?["results"])
    guard let metadata = try root?.object("metadata") else { return }
    toolVersion = try (metadata["k6_version"] ?? metadata["k6Version"])?.string()
    generatedAt = try (metadata["generated_at"] ?? metadata["generatedAt"])
      .flatMap { value throws(InputError) in try ImpossibleValue.time(value) }
  }

  /// Adds what the metrics say: the features in the tags of their parts, and the only iteration.
  private mutating func learnMethod() {
    for metric in metrics { method.add(tags: metric.name.tags) }
    if metric("iterations")?.value(.count) == 1 { method.singleIterations = 1 }
  }

  /// The length of the run.
  private static func length(_ value: JSONValue?) throws(InputError) -> Double? {
    guard let value else { return nil }
    let length = try value.number()
    try ImpossibleValue.check(length, in: MetricUnit.milliseconds.possibleValues, .milliseconds, at: value)
    return length
  }

  /// A counter's total over its rate per second is the length of the run; iterations first, for nearly every
  /// run has them.
  private static func duration(from metrics: [K6Metric]) -> Double? {
    let counters = metrics.filter { $0.kind == .counter }
    let inOrder = counters.filter { $0.name.base == "iterations" } + counters
    for counter in inOrder {
      if let count = counter.value(.count), let rate = counter.value(.rate), rate != 0, count / rate > 0,
        (count / rate).isFinite
      {
        return count / rate
      }
    }
    return nil
  }

  /// A metric and where it is.
  private typealias Located = (metric: K6Metric, place: JSONValue)

  /// Joins two spellings of the same tags: k6 keeps one metric under both and splits its thresholds at random.
  private static func joined(_ found: [Located]) throws(InputError) -> [K6Metric] {
    var joined: [K6Metric] = []
    var positions: [String: Int] = [:]
    for (metric, place) in found {
      let name = metric.name.description
      guard let position = positions[name] else {
        positions[name] = joined.count
        joined.append(metric)
        continue
      }
      guard joined[position].agrees(with: metric) else {
        throw contradiction(joined[position], metric, at: place)
      }
      joined[position].thresholds += metric.thresholds.filter { !joined[position].thresholds.contains($0) }
    }
    return joined
  }

  private static func contradiction(_ first: K6Metric, _ second: K6Metric, at place: JSONValue) -> InputError
  {
    let names = [first, second].map { UntrustedText.quoted($0.spelling, limit: 100) }
    return place.error(
      found: "two metrics with the same tags and different values, \(names[0]) and \(names[1])",
      expected: "one of them, or equal values",
      remedy: "write the tags in one order in the script's thresholds")
  }
}
