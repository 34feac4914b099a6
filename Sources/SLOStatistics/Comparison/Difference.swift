/// How one series differs between two commits.
public struct Difference: Sendable, Hashable {
  /// Where the true change lies.
  public struct Interval: Sendable, Hashable {
    /// In the unit of the values.
    public var absolute: ClosedRange<Double>
    /// In proportion to the value before; nil where that is zero.
    public var relative: ClosedRange<Double>?
  }

  /// The median of the repetitions before; nil without one.
  public var before: Double?
  /// The median of the repetitions after; nil without one.
  public var after: Double?
  /// From before to after; nil where one is missing.
  public var change: Judgement.Change?
  /// Where the true change lies with a probability of `DifferenceTest.confidence`; nil where the history is too
  /// short to tell how much runs differ.
  public var interval: Interval?
  /// The chance of a change this large, either way, if nothing changed; nil where `interval` is.
  public var p: Double?
  /// `p` adjusted for the number of series compared (Benjamini–Hochberg).
  public var q: Double?
  /// Whether `q` is at most `DifferenceTest.falseDiscoveryRate`.
  public var isSignificant = false
  /// How many commits of the history tell how much runs differ.
  public var commits: Int
  /// The smallest and the largest repetition before; nil for fewer than `DifferenceTest.fewestForSpread`. It is the
  /// spread within one session and says nothing of how much runs of another day would differ.
  public var spreadBefore: ClosedRange<Double>?
  /// The same after.
  public var spreadAfter: ClosedRange<Double>?

  /// What can be said without any history.
  init(of series: ComparedSeries) {
    before = series.before.median
    after = series.after.median
    if let before, let after { change = Judgement.Change(after - before, from: before) }
    commits = series.historyMedians.count
    spreadBefore = Difference.spread(of: series.before)
    spreadAfter = Difference.spread(of: series.after)
  }

  private static func spread(of repetitions: ComparedSeries.Repetitions) -> ClosedRange<Double>? {
    guard let sample = SortedSample(repetitions.finite),
      sample.values.count >= DifferenceTest.fewestForSpread
    else { return nil }
    return sample.values[0]...sample.values[sample.values.count - 1]
  }
}
