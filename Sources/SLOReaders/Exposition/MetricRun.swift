/// The snapshots of a run together: every value of every series, in their order.
struct MetricRun {
  let table: MetricTable
  /// The files, in their order.
  let files: [MetricFile]
  /// When each snapshot was taken, in seconds since 1970; NaN where nothing says it.
  private(set) var times: [Double]
  /// The file of each snapshot, where files are the snapshots; empty where one has many.
  private(set) var paths: [String] = []
  /// A file whose place between the times of other files is not known, for it has none; nil where there is none such.
  let pathWithoutTimes: String?
  /// Histograms that bring their buckets along, by series, in order.
  private(set) var histograms: [Int32: [(snapshot: Int32, histogram: NativeHistogram)]] = [:]
  private var starts: [Int]
  private var snapshots: [Int32]
  private var values: [Double]

  /// Puts files together.
  ///
  /// A file without times is one snapshot, and so is one that has every series once. Where a file has a series at several
  /// times, or `isTimed` says that all have times, each time is a snapshot.
  init(_ files: [MetricFile], _ table: MetricTable, isTimed: Bool) {
    (self.files, self.table) = (files, table)
    let isTimeline = isTimed || files.contains(where: \.isTimeline)
    let latest = files.map { file in
      (file.samples.lazy.map(\.time) + file.histograms.lazy.map(\.time)).filter { !$0.isNaN }.max() ?? .nan
    }
    let untimed = zip(files, latest).first { $0.1.isNaN && !$0.0.samples.isEmpty }?.0.path
    pathWithoutTimes = isTimeline && files.count > 1 ? untimed : nil
    if isTimeline {
      times = MetricRun.distinct(files, latest)
    } else {
      times = latest
      paths = files.map(\.path)
    }
    let times = times
    func snapshot(_ file: Int, _ time: Double) -> Int32 {
      guard isTimeline else { return Int32(clamping: file) }
      let time = time.isNaN ? latest[file] : time
      return Int32(clamping: time.isNaN ? 0 : MetricRun.index(of: time, in: times))
    }
    starts = Array(repeating: 0, count: table.count + 1)
    for file in files { for sample in file.samples { starts[Int(sample.series) + 1] += 1 } }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    snapshots = Array(repeating: 0, count: starts[starts.count - 1])
    values = Array(repeating: 0, count: snapshots.count)
    var next = starts
    for (index, file) in files.enumerated() {
      for sample in file.samples {
        let place = next[Int(sample.series)]
        snapshots[place] = snapshot(index, sample.time)
        values[place] = sample.value
        next[Int(sample.series)] = place + 1
      }
      for (series, time, histogram) in file.histograms {
        histograms[series, default: []].append((snapshot(index, time), histogram))
      }
    }
    for series in histograms.keys { histograms[series]?.sort { $0.snapshot < $1.snapshot } }
    self.isTimed = MetricRun.isTimed(self.times)
    if files.count > 1 { sort() }
  }

  /// A value, and the snapshot it is of.
  struct Point {
    var snapshot: Int
    var value: Double
  }

  /// The values of a series in order, one a snapshot.
  func points(_ series: Int32) -> [Point] {
    var points: [Point] = []
    points.reserveCapacity(starts[Int(series) + 1] - starts[Int(series)])
    for place in starts[Int(series)]..<starts[Int(series) + 1] {
      let point = Point(snapshot: Int(snapshots[place]), value: values[place])
      if points.last?.snapshot == point.snapshot { points.removeLast() }
      points.append(point)
    }
    return points
  }

  /// Whether a series began after the run did: what it counts came within the run.
  func isNew(_ points: [Point]) -> Bool {
    guard let first = points.first, let last = points.last, first.snapshot > 0 else { return false }
    // Systems that are asked in turn do not answer at the same time.
    return last.snapshot == first.snapshot || !isWithin(reach(of: points), 0, of: first.snapshot)
  }

  /// For how many seconds a value of a series stands for what it is: one and a half of the steps it is asked in; 0 where
  /// times are not known.
  func reach(of points: [Point]) -> Double {
    guard isTimed, points.count > 1, let first = points.first, let last = points.last else { return 0 }
    return 1.5 * (times[last.snapshot] - times[first.snapshot]) / Double(points.count - 1)
  }

  /// Whether two snapshots are no further apart than so many seconds.
  func isWithin(_ seconds: Double, _ one: Int, of other: Int) -> Bool {
    seconds > 0 && abs(times[one] - times[other]) <= seconds
  }

  /// Whether every series has a value in all snapshots, and none has two different ones.
  var isConstant: Bool {
    (0..<table.count).allSatisfy { series in
      starts[series + 1] - starts[series] == count
        && values[starts[series]..<starts[series + 1]].allSatisfy { $0 == values[starts[series]] }
    }
  }

  /// The number of snapshots.
  var count: Int { times.count }

  /// Gives the snapshots of a run whose files have no times the times of a clock in it.
  mutating func take(times clock: [Double]) {
    times = clock
    isTimed = MetricRun.isTimed(clock)
  }

  /// Whether every snapshot has its time, each later than the one before.
  private(set) var isTimed = false

  private static func isTimed(_ times: [Double]) -> Bool {
    !times.contains(where: \.isNaN) && zip(times, times.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// When snapshots were taken, all of them by default; equal steps where nothing says it.
  func positions(_ snapshots: [Int]? = nil) -> [Double] {
    (snapshots ?? Array(0..<count)).map { isTimed ? times[$0] : Double($0) }
  }

  /// The seconds from the first snapshot to the last; nil where they are not known, or there is one.
  var duration: Double? { isTimed && count > 1 ? times[count - 1] - times[0] : nil }

  /// Orders the points of series that several files have by time; of two at one time the later file's is kept.
  private mutating func sort() {
    for series in 0..<table.count {
      let range = starts[series]..<starts[series + 1]
      guard zip(range, range.dropFirst()).contains(where: { snapshots[$0] > snapshots[$1] }) else { continue }
      let sorted = range.map { (snapshots[$0], values[$0]) }.enumerated()
        .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element)
      for (place, point) in zip(range, sorted) { (snapshots[place], values[place]) = point }
    }
  }

  private static func distinct(_ files: [MetricFile], _ latest: [Double]) -> [Double] {
    var times: [Double] = []
    for (index, file) in files.enumerated() {
      times += file.samples.lazy.map(\.time).filter { !$0.isNaN }
      times += file.histograms.lazy.map(\.time)
      if !latest[index].isNaN { times.append(latest[index]) }
    }
    times.sort()
    var distinct: [Double] = []
    for time in times where time != distinct.last { distinct.append(time) }
    return distinct.isEmpty ? [.nan] : distinct
  }

  private static func index(of time: Double, in times: [Double]) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] < time { low = middle + 1 } else { high = middle }
    }
    return min(low, times.count - 1)
  }
}
