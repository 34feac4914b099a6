package import SLOHistory
package import SLOModel
package import SLOStatistics

/// How the samples behind a finding lie now and lay before, percentile by percentile: whether every request became
/// slower, or only the slowest.
package struct SampleShift: Sendable, Hashable {
  /// The percentiles compared, 1 to 99.
  package static let percentiles = Array(1...99)

  /// The unit of every value.
  package var unit: MetricUnit
  /// Which way the metric is better; nil where neither is known to be.
  package var better: Direction?
  /// How many commits, or runs of the base, `before` is the median of.
  package var references: Int
  /// Whether it was held against the base of the same job.
  package var isPaired: Bool
  /// One for each of `percentiles`, each known to within `QuantileSketch.accuracy`.
  package var shifts: [QuantileShift]

  /// - Parameters:
  ///   - before: the samples of each reference. At each percentile their median counts: one odd run moves nothing.
  ///   - after: the samples of all runs judged, together.
  /// - Returns: nil where either side has no samples.
  package init?(
    before: [QuantileSketch], after: QuantileSketch, unit: MetricUnit, better: Direction?,
    isPaired: Bool = false
  ) {
    let known = before.filter { $0.count > 0 }
    guard !known.isEmpty, after.count > 0 else { return nil }
    shifts = SampleShift.percentiles.compactMap { percentile in
      let share = Double(percentile) / 100
      guard let before = SortedSample(known.compactMap { $0.quantile(share) })?.median,
        let after = after.quantile(share)
      else { return nil }
      return QuantileShift(quantile: share, before: before, after: after)
    }
    (self.unit, self.better, references, self.isPaired) = (unit, better, known.count, isPaired)
    // On a logarithmic axis there is no place for samples none of which took any time.
    guard shifts.contains(where: { $0.before > 0 && $0.before.isFinite }),
      shifts.contains(where: { $0.after > 0 && $0.after.isFinite })
    else { return nil }
  }

  /// The shift of a percentile, 1 to 99.
  package subscript(percentile: Int) -> QuantileShift { shifts[percentile - 1] }
}

extension Evaluation {
  /// The samples behind a finding in all runs judged, together; nil where they were not kept.
  package func samples(of finding: Finding) -> QuantileSketch? { pooled(sketches(of: finding, in: runs)) }

  /// How the samples of a finding moved.
  /// - Parameter recorded: what the history has of them, commit by commit; of these the ones count that the finding
  ///   was held against. Not asked where it was held against a base of the same job.
  /// - Returns: nil where either side kept no samples.
  package func shift(of finding: Finding, recorded: [ReferenceDistribution]) -> SampleShift? {
    guard let after = samples(of: finding) else { return nil }
    let better = candidates[finding.series].flatMap { direction(of: $0.measurement) }
    if finding.regression?.isPaired == true {
      return SampleShift(
        before: sketches(of: finding, in: input.pairedBase), after: after, unit: finding.unit, better: better,
        isPaired: true)
    }
    let references = SLOGate.references(of: finding, in: self)
    let level = Set(references.filter { $0.role == .level }.map(\.commit.sha))
    // A figure that is not held against history has none: all commits that may be compared with count.
    let before = recorded.filter { references.isEmpty || level.contains($0.commit.sha) }.map(\.pooled)
    return SampleShift(before: before, after: after, unit: finding.unit, better: better)
  }

  private func sketches(of finding: Finding, in runs: [Run]) -> [QuantileSketch] {
    let series = finding.series
    return runs.filter { $0.profile == series.profile }.flatMap(\.reading.distributions).filter {
      $0.endpoint == series.endpoint && $0.metric == series.metric && $0.unit == finding.unit
    }
    .map(\.sketch)
  }

  private func pooled(_ sketches: [QuantileSketch]) -> QuantileSketch? {
    sketches.isEmpty ? nil : sketches.reduce(into: QuantileSketch()) { $0.merge($1) }
  }
}
