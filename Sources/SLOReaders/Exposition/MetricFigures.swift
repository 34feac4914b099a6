internal import SLOModel
internal import SLOStatistics
internal import SLOSupport

/// A figure of a metric as its source counts, before it has a unit.
struct ExposedFigure {
  /// What it is counted in.
  enum Measure: Sendable {
    /// The metric's own unit.
    case own
    /// A number of observations or events.
    case number
    /// The metric's own unit per second, as PromQL's `rate` gives it.
    case perSecond
  }

  var statistic: Statistic
  var value: Double
  var measure = Measure.own
  var samples: Int?
}

/// The figures of metrics over the snapshots of a run.
struct MetricFigures {
  let run: MetricRun
  /// The percentiles wanted of histograms.
  let percentiles: [Statistic]
  /// The percentiles that lie above the last bound of a histogram, by its name.
  var above: [String: (statistics: [Statistic], bound: Double)] = [:]
  /// The histograms whose buckets did not agree.
  var corrected: Set<String> = []
  /// The histograms whose series have different bounds.
  var mixed: Set<String> = []

  init(_ run: MetricRun, percentiles: Set<Statistic>) {
    self.run = run
    self.percentiles = percentiles.union([.median, .p95, .p99]).sorted()
  }

  /// The figures of a metric, or of a part of one.
  /// - Parameter isShare: whether its values are shares, of which there is no sum.
  mutating func figures(of metric: ExposedMetric, isShare: Bool) -> [ExposedFigure] {
    switch metric.kind {
    case .counter: counter(metric)
    case .gauge: gauge(metric, isShare: isShare)
    case .state: metric.series.count == 1 ? gauge(metric, isShare: false) : []
    case .histogram: histogram(metric)
    case .summary: summary(metric)
    }
  }

  // MARK: Counters

  private func counter(_ metric: ExposedMetric) -> [ExposedFigure] {
    var total = 0.0
    for series in metric.series { total += current(run.points(series)) ?? 0 }
    var figures = [ExposedFigure(statistic: .value, value: total)]
    guard run.count > 1 else { return figures }
    let growing = totals(of: metric.series)
    let increase = increase(of: metric.series)
    figures.append(ExposedFigure(statistic: .count, value: increase))
    figures += rate(increase)
    if let growth = MonotonicTrend.sustainedRise(of: growing, at: run.positions()) {
      figures.append(ExposedFigure(statistic: .growth, value: growth))
    }
    return figures
  }

  /// What counters count together at each snapshot, as if none had been reset.
  func totals(of series: [Int32]) -> [Double] {
    var increases = [Double](repeating: 0, count: run.count)
    for series in series {
      let points = run.points(series)
      if run.isNew(points), let first = points.first { increases[first.snapshot] += first.value }
      for (before, now) in zip(points, points.dropFirst()) {
        increases[now.snapshot] += now.value < before.value ? now.value : now.value - before.value
      }
    }
    var total = start(of: series)
    return increases.map { increase in
      total += increase
      return total
    }
  }

  /// What counters had counted when the run began.
  private func start(of series: [Int32]) -> Double {
    series.reduce(0) { sum, series in
      let points = run.points(series)
      return run.isNew(points) ? sum : sum + (points.first?.value ?? 0)
    }
  }

  /// What one counter counted during the run; of one snapshot what it has counted since its start.
  /// - Parameter resets: the snapshots at which it is known to have begun again, besides those at which it fell.
  func increase(_ series: Int32, resets: Set<Int> = []) -> Double {
    let points = run.points(series)
    guard run.count > 1 else { return points.last?.value ?? 0 }
    var sum = run.isNew(points) ? points.first?.value ?? 0 : 0
    for (before, now) in zip(points, points.dropFirst()) {
      let isReset = now.value < before.value || resets.contains(now.snapshot)
      sum += isReset ? now.value : now.value - before.value
    }
    return sum
  }

  /// What counters counted together during the run.
  func increase(of series: [Int32]) -> Double { series.reduce(0) { $0 + increase($1) } }

  func rate(_ increase: Double) -> [ExposedFigure] {
    guard let duration = run.duration else { return [] }
    return [ExposedFigure(statistic: .rate, value: increase / duration, measure: .perSecond)]
  }

  // MARK: Gauges

  private func gauge(_ metric: ExposedMetric, isShare: Bool) -> [ExposedFigure] {
    var extremes: (least: Double, most: Double)?
    var last: Double?
    for series in metric.series {
      let points = run.points(series)
      for point in points {
        extremes =
          extremes.map { (min($0.least, point.value), max($0.most, point.value)) }
          ?? (point.value, point.value)
      }
      if let value = current(points) { last = (last ?? 0) + value }
    }
    guard let extremes else { return [] }
    let level = levels(of: metric.series, isShare: isShare)
    var figures = [
      ExposedFigure(statistic: .minimum, value: extremes.least),
      ExposedFigure(statistic: .maximum, value: extremes.most),
    ]
    if let last, !isShare || metric.series.count == 1 {
      figures.append(ExposedFigure(statistic: .value, value: last))
    }
    if !level.values.isEmpty {
      let average = level.values.reduce(0, +) / Double(level.values.count)
      figures.append(ExposedFigure(statistic: .average, value: average))
    }
    if let growth = MonotonicTrend.sustainedRise(of: level.values, at: run.positions(level.snapshots)) {
      figures.append(ExposedFigure(statistic: .growth, value: growth))
    }
    return figures
  }

  /// The sum of gauges at each snapshot that has one; of shares their mean.
  ///
  /// Where Prometheus asks several systems in turn, each has times of its own: between two of them its value is the one
  /// before, as in PromQL.
  func levels(of series: [Int32], isShare: Bool = false) -> (values: [Double], snapshots: [Int]) {
    var (sums, present) = ([Double](repeating: 0, count: run.count), [Int](repeating: 0, count: run.count))
    var filled = 0
    for series in series.map(run.points) {
      let reach = run.reach(of: series)
      for (index, point) in series.enumerated() {
        let isFirst = index == 0 && !run.isNew(series)
        let next = index + 1 < series.count ? series[index + 1].snapshot : run.count
        var place = isFirst && reach > 0 ? 0 : point.snapshot
        while place < next, place == point.snapshot || run.isWithin(reach, place, of: point.snapshot) {
          sums[place] += point.value
          present[place] += 1
          if place != point.snapshot { filled += 1 }
          place = filled < MetricFigures.mostFilled || place < point.snapshot ? place + 1 : next
        }
      }
    }
    let snapshots = sums.indices.filter { present[$0] > 0 }
    return (snapshots.map { isShare ? sums[$0] / Double(present[$0]) : sums[$0] }, snapshots)
  }

  /// The most values that are held between their times: a file with a time of its own for every series has no more.
  private static let mostFilled = 10_000_000

  /// The value of a series at the end of the run; nil where it ended before.
  func current(_ points: [MetricRun.Point]) -> Double? {
    guard let last = points.last else { return nil }
    let isCurrent =
      last.snapshot == run.count - 1
      || run.isWithin(run.reach(of: points), run.count - 1, of: last.snapshot)
    return isCurrent ? last.value : nil
  }
}
