package import SLOHistory
import SLOModel
import SLOStatistics

/// A regression of the reference branch that a check was blocked by, or that is suspect there, and that was not accepted
/// since.
package struct UnacceptedRegression: Sendable, Hashable {
  /// The first commit that was blocked by it, or suspect.
  package var since: ReferenceCommit
  /// The last commit before it; nil where none is known.
  package var last: ReferenceCommit?
  /// How many measured commits have it, the one judged not counted.
  package var commits: Int
  /// The median before it, in the unit of the series; nil where none is known.
  package var before: Double?
  /// The median since.
  package var after: Double
  /// Whether the commit judged is of another branch and only has what the reference branch has.
  package var isInherited: Bool
  /// Whether a check was blocked by it; else one run made it suspect and no second one decided.
  package var isConfirmed: Bool

  /// Why it is open.
  package var words: String {
    isConfirmed ? "blocked there, not accepted" : "suspect there, and measured once only"
  }

  /// The change it brought, as a share of the level before.
  package var change: Double? {
    before.flatMap { $0 == 0 ? nil : (after - $0) / abs($0) }
  }

  /// - Returns: nil where no regression lasts.
  init?(_ references: OpenReferences, commits: [ReferenceCommit], isInherited: Bool) {
    guard let first = references.lasting.first,
      let after = SortedSample(references.lasting.map(\.median))?.median
    else { return nil }
    since = commits[first.commit]
    last = references.normal.last { $0.commit < first.commit }.map { commits[$0.commit] }
    self.commits = references.lasting.count
    before = SortedSample(references.normal.map(\.median))?.median
    self.after = after
    self.isInherited = isInherited
    isConfirmed = references.isConfirmed
  }
}
