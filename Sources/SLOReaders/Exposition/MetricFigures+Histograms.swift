internal import SLOModel
internal import SLOSupport

/// Histograms and summaries.
extension MetricFigures {
  mutating func histogram(_ metric: ExposedMetric) -> [ExposedFigure] {
    if !metric.series.isEmpty { return native(metric) }
    let resets = resets(of: metric)
    var counts: [Double: (sum: Double, series: Int)] = [:]
    for series in metric.buckets {
      guard let bound = bound(of: series) else { continue }
      counts[bound, default: (0, 0)].sum += amount(series, metric, resets)
      counts[bound]?.series += 1
    }
    // Series whose bounds differ have a sum at the bounds alone that all of them have.
    let most = counts[.infinity]?.series ?? 0
    if counts.values.contains(where: { $0.series < most }) { mixed.insert(metric.name) }
    let buckets = BucketHistogram(counts.filter { $0.value.series >= most }.mapValues(\.sum))
    if buckets.isCorrected { corrected.insert(metric.name) }
    let observations = metric.counts.isEmpty ? buckets.count : total(metric.counts, metric, resets)
    return quantiles(of: metric, observations) { buckets.quantile($0) }
      + observed(metric, observations, sum: sum(of: metric, resets))
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

  func summary(_ metric: ExposedMetric) -> [ExposedFigure] {
    let resets = resets(of: metric)
    let observations = metric.counts.isEmpty ? nil : total(metric.counts, metric, resets)
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
    return figures + observed(metric, observations, sum: sum(of: metric, resets))
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

  // MARK: Resets

  /// The snapshots at which the parts of a metric began to count again, by the labels of each.
  private typealias Resets = [LabelSet: Set<Int>]

  /// One bucket or count that fell shows it for all of its part, of which others may have grown past what they were.
  private func resets(of metric: ExposedMetric) -> Resets {
    guard run.count > 1, metric.isCumulative else { return [:] }
    var resets: Resets = [:]
    for series in metric.buckets + metric.counts {
      let points = run.points(series)
      for (before, now) in zip(points, points.dropFirst()) where now.value < before.value {
        resets[part(of: series), default: []].insert(now.snapshot)
      }
    }
    return resets
  }

  /// The labels that the buckets, the sum and the count of one part have in common.
  private func part(of series: Int32) -> LabelSet {
    LabelSet(written: run.table.labelsOfSeries[Int(series)]).without("le")
  }

  /// What a series of buckets or counts says of the run.
  private func amount(_ series: Int32, _ metric: ExposedMetric, _ resets: Resets) -> Double {
    guard metric.isCumulative else { return current(run.points(series)) ?? 0 }
    return increase(series, resets: resets.isEmpty ? [] : resets[part(of: series)] ?? [])
  }

  private func total(_ series: [Int32], _ metric: ExposedMetric, _ resets: Resets) -> Double {
    series.reduce(0) { $0 + amount($1, metric, resets) }
  }

  /// The sum of the observations. It falls where they are below 0, so that only their number shows a reset.
  private func sum(of metric: ExposedMetric, _ resets: Resets) -> Double? {
    guard !metric.sums.isEmpty else { return nil }
    guard metric.isCumulative else { return total(metric.sums, metric, resets) }
    return metric.sums.reduce(0) { sum, series in
      let points = run.points(series)
      let places = resets.isEmpty ? [] : resets[part(of: series)] ?? []
      var (own, start) = (0.0, run.count > 1 && !run.isNew(points) ? points.first?.value ?? 0 : 0)
      for (before, now) in zip(points, points.dropFirst()) where places.contains(now.snapshot) {
        (own, start) = (own + before.value - start, 0)
      }
      return sum + own + (points.last?.value ?? 0) - start
    }
  }
}
