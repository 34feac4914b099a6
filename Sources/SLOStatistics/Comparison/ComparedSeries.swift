/// One series as two commits measured it, and what other commits measured of it.
package struct ComparedSeries: Sendable, Hashable {
  /// What kind of number the series holds, which decides how it scatters.
  package enum Kind: Sendable, Hashable {
    /// Unbounded and normally above zero (times, sizes, rates per second): compared on logarithms where every
    /// value is positive, else as they are.
    case positive
    /// A score between two ends: compared as it is.
    case bounded
    /// A share of trials, 0 … 1: compared by its counts where the trials are known.
    case share
  }

  /// What one commit measured.
  package struct Repetitions: Sendable, Hashable {
    /// One value a run. What is not finite is left out.
    package var values: [Double]
    /// The trials behind each value of a share, in the same order; nil where one is not known.
    package var trials: [Int]?

    /// Creates repetitions.
    package init(_ values: [Double], trials: [Int]? = nil) {
      self.values = values
      self.trials = trials
    }
  }

  /// The side compared with.
  package var before: Repetitions
  /// The side asked about.
  package var after: Repetitions
  /// Comparable commits, oldest first, neither side among them: what shows how much runs differ where nothing
  /// changed.
  package var history: [Repetitions]
  /// What kind of number this is.
  package var kind: Kind
  /// Series of the same number are expected to scatter alike (the p95 of all endpoints); nil: like no other.
  package var siblings: Int?
  /// Series of the same number are corrected for each other: hundreds that are not looked at must not decide what is
  /// said of the few that are.
  package var family = 0

  /// Creates a series.
  package init(
    before: Repetitions, after: Repetitions, history: [Repetitions] = [], kind: Kind = .positive,
    siblings: Int? = nil
  ) {
    self.before = before
    self.after = after
    self.history = history
    self.kind = kind
    self.siblings = siblings
  }

  /// The medians of the commits of the history that have any value.
  var historyMedians: [Double] { history.compactMap(\.median) }
}

extension ComparedSeries.Repetitions {
  /// The values that are numbers.
  var finite: [Double] { values.filter(\.isFinite) }

  /// Their median; nil without any.
  var median: Double? { SortedSample(finite)?.median }

  /// Whether every value has its trials.
  var isCounted: Bool { trials?.count == values.count && trials?.allSatisfy { $0 > 0 } == true }

  /// How many trials of one run would give the share as exactly as the median of these runs does: the trials of
  /// the median run, over `RepetitionNoise.share`.
  var effectiveTrials: Double? {
    guard isCounted, let trials else { return nil }
    let known = zip(values, trials).filter { $0.0.isFinite }.map { Double($0.1) }
    return SortedSample(known).map { $0.median / RepetitionNoise.share(of: known.count) }
  }
}
