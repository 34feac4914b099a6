package import SLOModel

/// The section `regression`: how a change against the history is judged.
///
/// What a file does not say is nil, and the statistics' own default holds.
package struct RegressionSettings: Sendable, Hashable {
  /// Whether a regression blocks a release; otherwise it warns. True where nothing is said.
  package var blocks = true
  /// Whether what one run cannot tell from a spike is suspect until a second run confirms it. False where nothing is
  /// said.
  package var isTwoStep = false
  /// Share of false alarms among the alarms of a check, between 0 and 1.
  package var falseDiscoveryRate: Double?
  /// The relative change too small to matter: 0.05 is 5 %.
  package var relativeChange: Double?
  /// The change of a time too small to matter, in milliseconds.
  package var absoluteTime: Double?
  /// The change of a share too small to matter: 0.002 is 0.2 points.
  package var absoluteRatio: Double?
  /// The change of a size too small to matter, in bytes.
  package var absoluteSize: Double?
  /// Comparable results looked back on.
  package var window: Int?
  /// At least 2 and at most what the window holds. Fewer comparable results than this are no history to judge by.
  package var minimumHistory: Int?
  /// The drift from a pinned commit that is too much; nil where no anchor is pinned.
  package var creep: Creep?

  /// A bound on slow drift, which no window sees: each step is small, and the window moves with them.
  package struct Creep: Sendable, Hashable {
    /// What the drift is measured from: a tag, a commit, or a day such as `2026-06-30`.
    package var anchor: String
    /// The relative worsening that is allowed since then: 0.1 is 10 %.
    package var maximum: Double
    /// Where the anchor is written.
    package var place: Place

    /// Creates a bound.
    package init(anchor: String, maximum: Double, place: Place) {
      self.anchor = anchor
      self.maximum = maximum
      self.place = place
    }
  }

  /// The window that a file means which says nothing of it.
  package static let usualWindow = 30

  /// The fewest comparable commits that a file asks for which says nothing of them.
  package static let usualMinimumHistory = 4

  /// The settings of a file that says nothing.
  package init() {}

  /// The absolute change too small to matter for values in a unit, in that unit; nil where none is given.
  package func absoluteChange(in unit: MetricUnit) -> Double? {
    switch unit {
    case .milliseconds: absoluteTime
    case .ratio: absoluteRatio
    case .bytes: absoluteSize
    case .perSecond, .count, .score, .unitless: nil
    }
  }
}
