package import SLOHistory
package import SLOModel

/// What is known of the commits of trends besides what was measured.
package struct CommitNotes: Sendable {
  /// What git says of them, by SHA; those it does not know are absent.
  package var descriptions: [String: CommitDescription]
  /// The levels that were accepted.
  package var acceptances: [Acceptance]

  /// Creates notes.
  package init(descriptions: [String: CommitDescription] = [:], acceptances: [Acceptance] = []) {
    (self.descriptions, self.acceptances) = (descriptions, acceptances)
  }

  /// Whether a new level of a series was accepted from a commit on.
  package func isAccepted(_ commit: ReferenceCommit, _ trend: Trend) -> Bool {
    acceptances.contains {
      $0.commit == commit.sha && $0.service == trend.service && $0.covers(trend.series)
    }
  }
}
