import SLOModel
import SLOSupport

/// All samples of a run, put together from its files.
struct SampleRun {
  /// The files, in the order they were given in; their samples are in `groups`.
  private(set) var shards: [SampleShard] = []
  /// The samples of each group, in order; none before `settle`.
  private(set) var groups: [(group: SampleGrouping.Group, samples: SampleSet)] = []
  private var all = SampleGroups()

  /// Adds a file.
  /// - Parameter isOnly: whether no other is added.
  mutating func add(_ shard: consuming SampleShard, isOnly: Bool) {
    // A number that does not depend on the order of the files.
    let number = shard.digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    if !isOnly { shard.groups.orderByTime(file: number) }
    all.merge(shard.groups)
    shard.groups = SampleGroups()
    shards.append(shard)
  }

  /// Puts the samples in order, once all files were added.
  mutating func settle() {
    all.settle()
    groups = all.sorted()
    all = SampleGroups(limitsOf: all)
  }

  /// The run's identity.
  var digest: SHA256Digest { SampleDigest.digest(ofFiles: shards.map(\.digest)) }

  /// The files by one name.
  var path: String { ShardPaths.pattern(of: shards.map(\.path)) }

  /// The format; `k6-samples-mixed` where the files have several.
  var format: String {
    let formats = Set(shards.map(\.format))
    return formats.count == 1 ? formats.first?.rawValue ?? "" : SampleFormat.mixed
  }

  /// What the files declare together.
  var declarations: SampleDeclarations {
    shards.reduce(into: SampleDeclarations()) { $0.formUnion($1.declarations) }
  }

  /// What the gauges are that instances share, where there are several.
  var sharedGauges: [String: [(name: Statistic, value: Double)]] {
    guard shards.count > 1 else { return [:] }
    return SharedGauge.names.reduce(into: [:]) { gauges, metric in
      let statistics = SharedGauge.statistics(shards.map { $0.levels[metric] ?? [] })
      if !statistics.isEmpty { gauges[metric] = statistics }
    }
  }

  /// How k6 measured: the features in the tags, and whether each scenario ran once.
  var method: K6Method {
    var method = K6Method()
    for shard in shards { method.add(tags: shard.firstTags) }
    let iterations = shards.reduce(into: [:]) { $0.merge($1.iterations, uniquingKeysWith: +) }
    if iterations.values.allSatisfy({ $0 == 1 }) { method.singleIterations = iterations.count }
    return method
  }

  private var times: ClosedRange<Int64>? { shards.compactMap(\.times).reduce(nil, SampleShard.joined) }

  /// When the first sample was taken.
  var start: Timestamp? { times.map { Timestamp(milliseconds: $0.lowerBound / 1_000_000) } }

  /// From the first sample to the last, in seconds; nil where they are one.
  var duration: Double? {
    guard let times, times.upperBound > times.lowerBound else { return nil }
    let (length, overflow) = times.upperBound.subtractingReportingOverflow(times.lowerBound)
    return overflow ? (Double(times.upperBound) - Double(times.lowerBound)) / 1e9 : Double(length) / 1e9
  }

  /// Why the run is none to judge; nil for a whole run.
  var failure: String? {
    for shard in shards {
      let name = shards.count > 1 ? UntrustedText.escaped(shard.path, limit: 4_096) + ": " : ""
      if let cut = shard.cut {
        return "\(name)\(cut): the run, or its copy, was cut short after \(shard.count) samples"
      }
      if shards.count > 1, shard.count == 0 { return "\(name)no sample: this instance measured nothing" }
    }
    return nil
  }

  /// What a person should know of the samples.
  var notices: [String] {
    var notices: [String] = []
    let consoleLines = shards.reduce(0) { $0 + $1.consoleLines }
    if consoleLines > 0 { notices.append("skipped \(consoleLines) lines of k6's console output") }
    notices += shards.compactMap(\.relaid?.notice) + discardNotices
    if all.isLimited {
      let tags = Set(groups.compactMap(\.group.tags.endpoint?.tag).filter { !$0.isEmpty }).sorted()
      notices.append(
        "more than \(SampleGroups.endpointLimit) endpoints by \(tags.joined(separator: ", ")): the others"
          + " are put together as \(SampleGrouping.Endpoint.other.name); name requests with { endpoint: … }, or"
          + " group by another tag with --endpoint-tag")
    }
    if all.isSplitLimited {
      notices.append(
        "more than \(SampleGroups.splitLimit) values of the tag of --split-by: the others are put together as"
          + " \(SampleGrouping.otherSplit)")
    }
    if shards.contains(where: \.isInWholeSeconds), let duration, duration < 100 {
      notices.append(
        "the times are whole seconds, so that rates of this run of \(Int(duration)) s are rough; with"
          + " K6_CSV_TIME_FORMAT=unix_nano they are exact")
    }
    return notices
  }
}

extension SampleRun {
  /// How much of the groups was left out that were to be.
  private var discardNotices: [String] {
    (shards.first?.plan.grouping.discardedGroups ?? []).map { group in
      let name = UntrustedText.escaped(group)
      guard let (samples, requests) = all.discarded[group] else {
        return "no sample is of the group \(name), which was to be left out"
      }
      let count = requests == 1 ? "1 request" : "\(requests) requests"
      return "left out \(count) (\(samples) samples) of the group \(name)"
    }
  }
}

/// The gauges of which each instance of k6 has its own part: the virtual users that it runs, and those that it has
/// room for. Those of a distributed run are the sums over its instances at the same time.
///
/// k6 samples both once a second, each instance at its own moment. At the time of a sample every other instance
/// counts with the sample next to it, at most `reach` away; one that has none there has not begun, or has ended.
enum SharedGauge {
  /// The metrics.
  static let names: Set<String> = ["vus", "vus_max"]

  /// How far from a time a sample gives the level at it: 0.75 s, in nanoseconds. Every time has a sample within half
  /// a second of it, and the next but one is a second away.
  static let reach: Int64 = 750_000_000

  /// One sample.
  struct Level: Sendable, Equatable {
    /// Nanoseconds since 1970.
    var time: Int64
    var value: Double
  }

  /// The sum of all levels at a time, and how many instances that is of.
  private typealias Sum = (level: Double, instances: Int)

  /// The last, the smallest and the largest sum; none where no instance has a sample. Instances do not begin and end at
  /// one moment: the last and the smallest are of the times when the most of them had samples.
  /// - Parameter instances: the samples of each instance, in any order.
  static func statistics(_ instances: [[Level]]) -> [(name: Statistic, value: Double)] {
    let sums = sums(instances.map { $0.sorted { $0.time < $1.time } })
    let most = sums.map(\.instances).max()
    let full = sums.filter { $0.instances == most }.map(\.level)
    guard let last = full.last, let least = full.min(), let peak = sums.map(\.level).max() else { return [] }
    return [(.value, last), (.minimum, least), (.maximum, peak)]
  }

  /// The sums at the times of all samples, in the order of time.
  private static func sums(_ instances: [[Level]]) -> [Sum] {
    var next = Array(repeating: 0, count: instances.count)
    return instances.joined().map(\.time).sorted().map { time in
      instances.indices.reduce(into: Sum(0, 0)) { sum, index in
        let levels = instances[index]
        while next[index] < levels.count, levels[next[index]].time <= time { next[index] += 1 }
        guard let level = level(at: time, in: levels, before: next[index]) else { return }
        sum = (sum.level + level, sum.instances + 1)
      }
    }
  }

  /// The level at a time, which lies between two neighbours.
  private static func level(at time: Int64, in levels: [Level], before next: Int) -> Double? {
    let neighbours = [next - 1, next].filter(levels.indices.contains).map { levels[$0] }
    let distances = neighbours.map { distance($0.time, time) }
    guard let nearest = distances.min(), nearest <= reach else { return nil }
    return distances.firstIndex(of: nearest).map { neighbours[$0].value }
  }

  private static func distance(_ first: Int64, _ second: Int64) -> Int64 {
    let (distance, isOverflow) = first.subtractingReportingOverflow(second)
    return isOverflow || distance == .min ? .max : abs(distance)
  }
}
