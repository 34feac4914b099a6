/// The series of a run that had a value which is no number, at whatever snapshot.
struct NumberlessSeries: Sendable {
  /// Those that were infinite.
  private var infinite: Set<Int32> = []
  /// Those that were NaN.
  private var undefined: Set<Int32> = []

  /// Notes a value of a series, unless it is a number.
  mutating func note(_ value: Double, of series: Int32) {
    if value.isNaN { undefined.insert(series) } else if value.isInfinite { infinite.insert(series) }
  }

  /// Those of several files.
  init(of files: [MetricFile] = []) {
    for file in files {
      infinite.formUnion(file.numberless.infinite)
      undefined.formUnion(file.numberless.undefined)
    }
  }

  /// A metric without the sums of which there is no mean; nil where no figure at all can be made of it.
  ///
  /// What is left out would be the worst value of all, or make a total too small. NaN is how gauges and quantiles say that
  /// there is nothing, and no total does; a sum is NaN from the first observation on that is.
  func usable(_ metric: ExposedMetric) -> ExposedMetric? {
    let totals = metric.buckets + metric.counts + (metric.kind == .counter ? metric.series : [])
    guard !metric.series.contains(where: infinite.contains),
      !totals.contains(where: { infinite.contains($0) || undefined.contains($0) })
    else { return nil }
    var usable = metric
    if metric.sums.contains(where: { infinite.contains($0) || undefined.contains($0) }) { usable.sums = [] }
    return usable
  }
}
