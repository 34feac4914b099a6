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
  private(set) var above: [String: (statistics: [Statistic], bound: Double)] = [:]
  /// The histograms whose buckets did not agree.
  private(set) var corrected: Set<String> = []
  /// The histograms whose series have different bounds.
  private(set) var mixed: Set<String> = []

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
  private func increase(_ series: Int32) -> Double {
    let points = run.points(series)
    guard run.count > 1 else { return points.last?.value ?? 0 }
    var sum = run.isNew(points) ? points.first?.value ?? 0 : 0
    for (before, now) in zip(points, points.dropFirst()) {
      sum += now.value < before.value ? now.value : now.value - before.value
    }
    return sum
  }

  /// What counters counted together during the run.
  func increase(of series: [Int32]) -> Double { series.reduce(0) { $0 + increase($1) } }

  private func rate(_ increase: Double) -> [ExposedFigure] {
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

  // MARK: Histograms and summaries

  private mutating func histogram(_ metric: ExposedMetric) -> [ExposedFigure] {
    if !metric.series.isEmpty { return native(metric) }
    var counts: [Double: (sum: Double, series: Int)] = [:]
    for series in metric.buckets {
      guard let bound = bound(of: series) else { continue }
      counts[bound, default: (0, 0)].sum += amount(series, metric)
      counts[bound]?.series += 1
    }
    // Series whose bounds differ have a sum at the bounds alone that all of them have.
    let most = counts[.infinity]?.series ?? 0
    if counts.values.contains(where: { $0.series < most }) { mixed.insert(metric.name) }
    let buckets = BucketHistogram(counts.filter { $0.value.series >= most }.mapValues(\.sum))
    if buckets.isCorrected { corrected.insert(metric.name) }
    let observations = metric.counts.isEmpty ? buckets.count : total(metric.counts, metric)
    return quantiles(of: metric, observations) { buckets.quantile($0) }
      + observed(metric, observations, sum: sum(of: metric))
  }

  /// The upper bound of a bucket; nil where its label is missing or no number.
  func bound(of series: Int32) -> Double? {
    let text = LabelSet(written: run.table.labelsOfSeries[Int(series)])["le"]
    return text.flatMap(ExposedNumber.value).flatMap { $0.isNaN ? nil : $0 }
  }

  /// The share that a quantile of a summary is of; nil where its label is missing or says none.
  func share(of series: Int32) -> Double? {
    let text = LabelSet(written: run.table.labelsOfSeries[Int(series)])["quantile"]
    return text.flatMap(ExposedNumber.value).flatMap { (0...1).contains($0) ? $0 : nil }
  }

  private mutating func native(_ metric: ExposedMetric) -> [ExposedFigure] {
    var whole: NativeHistogram?
    for series in metric.series {
      let points = run.histograms[series] ?? []
      guard let first = points.first, let last = points.last else { continue }
      var own = last.histogram
      if run.count > 1, metric.isCumulative {
        own = first.snapshot > 0 ? first.histogram : first.histogram.increase(since: first.histogram)
        for (before, now) in zip(points, points.dropFirst()) {
          own = own.adding(now.histogram.increase(since: before.histogram))
        }
      }
      whole = whole?.adding(own) ?? own
    }
    guard let whole else { return [] }
    return quantiles(of: metric, whole.count) { whole.quantile($0) }
      + observed(metric, whole.count, sum: whole.sum)
  }

  private mutating func quantiles(
    of metric: ExposedMetric, _ observations: Double?, _ quantile: (Double) -> BucketQuantile
  ) -> [ExposedFigure] {
    var figures: [ExposedFigure] = []
    for statistic in percentiles {
      switch quantile((statistic.percentile ?? 50) / 100) {
      case .value(let value):
        figures.append(
          ExposedFigure(
            statistic: statistic, value: value, samples: observations.map { Int(saturating: $0) }))
      case .above(let bound): above[metric.name, default: ([], bound)].statistics.append(statistic)
      case .none: break
      }
    }
    return figures
  }

  private func summary(_ metric: ExposedMetric) -> [ExposedFigure] {
    let observations = metric.counts.isEmpty ? nil : total(metric.counts, metric)
    var worst: [Statistic: Double] = [:]
    for series in metric.series {
      guard let share = share(of: series),
        let statistic = Statistic(spelled: "p\((share * 1e8).rounded() / 1e6)"),
        let value = current(run.points(series))
      else { continue }
      worst[statistic] = max(worst[statistic] ?? value, value)
    }
    if let median = worst[.p50] { worst[.median] = median }
    let figures = worst.sorted { $0.key < $1.key }.map {
      ExposedFigure(statistic: $0.key, value: $0.value, samples: observations.map { Int(saturating: $0) })
    }
    return figures + observed(metric, observations, sum: sum(of: metric))
  }

  /// The mean of the observations, and of several snapshots how many there were.
  private func observed(_ metric: ExposedMetric, _ count: Double?, sum: Double?) -> [ExposedFigure] {
    guard let count else { return [] }
    var figures: [ExposedFigure] = []
    if count > 0, let sum, sum.isFinite {
      figures.append(
        ExposedFigure(statistic: .average, value: sum / count, samples: Int(saturating: count)))
    }
    guard run.count > 1, metric.isCumulative else { return figures }
    figures.append(ExposedFigure(statistic: .count, value: count, measure: .number))
    return figures + rate(count)
  }

  /// What a series of buckets or counts says of the run.
  private func amount(_ series: Int32, _ metric: ExposedMetric) -> Double {
    metric.isCumulative ? increase(series) : current(run.points(series)) ?? 0
  }

  private func total(_ series: [Int32], _ metric: ExposedMetric) -> Double {
    series.reduce(0) { $0 + amount($1, metric) }
  }

  /// The sum of the observations. It falls where they are below 0, so that only their number shows a restart.
  private func sum(of metric: ExposedMetric) -> Double? {
    guard !metric.sums.isEmpty else { return nil }
    let isReset = metric.counts.contains { series in
      let points = run.points(series)
      return zip(points, points.dropFirst()).contains { $1.value < $0.value }
    }
    if isReset || !metric.isCumulative { return total(metric.sums, metric) }
    return metric.sums.reduce(0) { sum, series in
      let points = run.points(series)
      let start = run.count > 1 && !run.isNew(points) ? points.first?.value ?? 0 : 0
      return sum + (points.last?.value ?? 0) - start
    }
  }
}
