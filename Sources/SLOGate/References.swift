package import SLOBudgets
package import SLOHistory
package import SLOModel

/// What a check is held against: earlier runs, what was accepted of them, and how their commits are related to the
/// one judged.
package struct References: Sendable {
  /// The past results to compare with, by profile; a profile without an entry has no history. They need to hold no
  /// more than `CheckPlan.windowSeries`.
  package var windows: [String: ReferenceWindow] = [:]
  /// The levels that were accepted as the new normal.
  package var acceptances: [Acceptance] = []
  /// The commits that contain each accepted commit, as far as they are the commit judged or contained in it. An
  /// accepted commit without an entry is one that could not be placed: it counts by its time.
  package var descendants: [String: Set<String>] = [:]
  /// Whether git says that the reference branch does not contain the commit judged: it decides where no flag names the
  /// commit's branch.
  package var hasLeftReference = false
  /// The commits of the service that the runs' results were recorded for, by `Reading.Source.sha256`.
  package var recordedCommits: [String: [Commit]] = [:]
  /// What slow drift is measured from; nil where no budget pins an anchor, or nothing was measured there.
  package var anchor: Anchor?
  /// The budgets where the branch under judgement left the reference; nil where it leaves them alone.
  package var budgetsBefore: Budgets?
  /// The commits that references were looked for among, newest first; nil where the repository does not know them.
  package var ancestors: [String]?
  /// Only commits at this time or earlier count, where those are unknown: for a check of the past.
  package var until: Timestamp?
  /// What a person should know of what was found, a sentence each.
  package var notices: [String] = []
  /// What explains where it was found, and asks nothing of anybody.
  package var details: [String] = []

  /// No history, and nothing known of the commits.
  package init() {}
}
