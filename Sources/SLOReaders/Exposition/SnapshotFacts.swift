internal import SLOModel
internal import SLOSupport

/// What snapshots say of the system itself, and whether they are of one system in one order.
struct SnapshotFacts {
  private let run: MetricRun
  private let metrics: [String: ExposedMetric]

  init(_ run: MetricRun, _ metrics: [String: ExposedMetric]) { (self.run, self.metrics) = (run, metrics) }

  /// The version of the system by its `build_info`; nil where several metrics say one.
  var version: String? {
    let table = run.table
    var found: [String: Set<String>] = [:]
    for series in 0..<table.count {
      let name = table.names[Int(table.nameOfSeries[series])]
      guard name.hasSuffix("build_info"), !name.hasPrefix("go_"),
        let version = LabelSet(written: table.labelsOfSeries[series])["version"]
      else { continue }
      found[name, default: []].insert(version)
    }
    let chosen = found["build_info"] ?? (found.count == 1 ? found.first?.value : nil)
    return chosen.flatMap { $0.count == 1 ? $0.first : nil }.map { UntrustedText.cleaned($0, limit: 64) }
  }

  /// When its process started, by its last word.
  var start: Timestamp? {
    guard let metric = metrics[Self.startMetric], metric.series.count == 1,
      let seconds = run.points(metric.series[0]).last?.value, ExposedNumber.isPossible(time: seconds)
    else { return nil }
    return Timestamp(milliseconds: Int64(exactly: (seconds * 1_000).rounded()) ?? 0)
  }

  /// When the snapshots were taken by a clock of the system's own; nil where it shows none, or not in every one.
  var clock: [Double]? {
    if let times = series("node_time_seconds") { return times }
    guard let starts = series(Self.startMetric), let uptimes = series("process_uptime_seconds") else {
      return nil
    }
    return zip(starts, uptimes).map(+)
  }

  /// The values of a metric of one series that every snapshot has.
  private func series(_ name: String) -> [Double]? {
    guard let metric = metrics[name], metric.kind == .gauge, metric.series.count == 1 else { return nil }
    let points = run.points(metric.series[0])
    return points.count == run.count ? points.map(\.value) : nil
  }

  private static let startMetric = "process_start_time_seconds"

  /// That snapshots are in the wrong order, or in none.
  func disorder() throws(InputError) {
    if let path = run.pathWithoutTimes { throw SnapshotFacts.untimed(path) }
    guard !run.paths.isEmpty else { return }
    for index in run.times.indices.dropFirst() where run.times[index] <= run.times[index - 1] {
      throw wrongOrder(index, "was taken no later than the snapshot before it")
    }
    for series in metrics[Self.startMetric]?.series ?? [] {
      let points = run.points(series)
      for (before, now) in zip(points, points.dropFirst()) where now.value < before.value - 1 {
        throw wrongOrder(now.snapshot, "is of a process that started before that of the snapshot before it")
      }
    }
  }

  private func wrongOrder(_ index: Int, _ what: String) -> InputError {
    InputError(
      .malformed, file: run.paths[index], found: "a snapshot that \(what)",
      expected: "snapshots of one system, the oldest first",
      remedy: "pass BEFORE,AFTER, or number the files in their order; of several instances ask each by itself"
    )
  }

  private static func untimed(_ path: String) -> InputError {
    InputError(
      .malformed, file: path, found: "a snapshot without times, beside a file of several times",
      expected: "times in all files of a run, or in none",
      remedy: "give the file of several times a name of its own, as in --evidence NAME=FILE")
  }

  /// What makes figures doubtful.
  var warnings: [String] {
    let restarts = restarts
    return restarts + (restarts.isEmpty ? falls : []) + unrelated + copies
  }

  private var restarts: [String] {
    var places: Set<Int> = []
    for series in metrics[Self.startMetric]?.series ?? [] {
      let points = run.points(series)
      for (before, now) in zip(points, points.dropFirst()) where now.value > before.value + 1 {
        places.insert(now.snapshot)
      }
    }
    guard let first = places.min() else { return [] }
    let times = places.count == 1 ? "" : ", \(places.count) times in all"
    return [
      "a process was restarted \(between(first))\(times): what it counted before that since the last snapshot is lost"
    ]
  }

  /// Snapshots from which on most counters count less: a restart that nothing else tells of, or the wrong order.
  private var falls: [String] {
    var (fell, rose) = ([Int](repeating: 0, count: run.count), [Int](repeating: 0, count: run.count))
    for metric in metrics.values where metric.isCumulative {
      let counters = metric.kind == .counter ? metric.series : metric.counts
      for series in counters {
        let points = run.points(series)
        for (before, now) in zip(points, points.dropFirst()) {
          if now.value < before.value { fell[now.snapshot] += 1 }
          if now.value > before.value { rose[now.snapshot] += 1 }
        }
      }
    }
    guard let first = fell.indices.first(where: { fell[$0] >= 2 && fell[$0] > rose[$0] }) else { return [] }
    return [
      "most counters count less \(between(first)): the system was restarted, or the snapshots are in the wrong order or of"
        + " several instances"
    ]
  }

  /// Snapshots that have few metrics in common with the first.
  private var unrelated: [String] {
    guard run.files.count > 1, !run.paths.isEmpty else { return [] }
    let names = run.files.map { file in
      var present = [Bool](repeating: false, count: run.table.names.count)
      for sample in file.samples { present[Int(run.table.nameOfSeries[Int(sample.series)])] = true }
      return present
    }
    return names.indices.dropFirst().compactMap { index in
      let common = zip(names[0], names[index]).count { $0 && $1 }
      let fewer = min(names[0].count { $0 }, names[index].count { $0 })
      guard common * 2 < fewer else { return nil }
      return
        "\(UntrustedText.escaped(run.paths[index], limit: 4_096)) has \(common) of \(fewer) metrics in common with the first"
        + " snapshot: is it of the same system?"
    }
  }

  /// That all snapshots say the same: of a run that did anything, some are copies.
  private var copies: [String] {
    guard !run.paths.isEmpty, run.count > 1, run.isConstant, run.table.count >= 20 else { return [] }
    return ["all snapshots say the same: are they copies of one?"]
  }

  private func between(_ index: Int) -> String {
    if run.paths.isEmpty {
      guard run.isTimed, let milliseconds = Int64(exactly: (run.times[index] * 1_000).rounded()) else {
        return ""
      }
      return "before \(Timestamp(milliseconds: milliseconds))"
    }
    let names = [run.paths[index - 1], run.paths[index]].map { UntrustedText.escaped($0, limit: 4_096) }
    return "between \(names[0]) and \(names[1])"
  }
}
