package import SLOHistory
package import SLOModel

/// What the runs of one profile were held against.
package struct ReferenceComparison: Sendable {
  /// The profile.
  package var profile: String
  /// The sizing of its runs, measuring conditions included.
  package var environment: Environment
  /// The window of comparable commits; nil where there was no history to look into.
  package var window: ReferenceWindow?
  /// Why nothing can be compared, where that is so.
  package var obstacle: String?
  /// How many pairs with a base of the same job its runs were held against in place of the window; 0 for none.
  package var pairs = 0

  /// One field in which the sizing of earlier runs differs.
  package struct SizingDelta: Sendable, Hashable {
    /// The field.
    package var field: String
    /// Its value now, nil where it is not given.
    package var now: String?
    /// Its value in the earlier runs, nil where it was not given.
    package var then: String?
  }

  /// The runs left out, by reason, in the order in which the reasons are tried.
  package var leftOut: [(reason: String, runs: Int)] {
    guard let skipped = window?.skipped else { return [] }
    return SkippedRuns.Reason.allCases.filter { skipped[$0] > 0 }.map { ($0.rawValue, skipped[$0]) }
  }

  /// The sizing of the newest runs left out for it, field by field.
  package var sizingDelta: [SizingDelta] {
    guard let then = window?.skipped.otherSizings.first?.environment.sizing else { return [] }
    let now = environment.sizing
    return Set(now.keys).union(then.keys).sorted().filter { now[$0] != then[$0] }
      .map { SizingDelta(field: $0, now: now[$0], then: then[$0]) }
  }
}
