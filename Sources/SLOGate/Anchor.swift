package import SLOHistory
package import SLOModel

/// The pinned commit that slow drift is measured from, and what was measured up to it.
package struct Anchor: Sendable {
  /// What the budget calls it: a tag, a commit or a day.
  package var name: String
  /// The commit it stands for; nil for a day.
  package var commit: String?
  /// When that was.
  package var time: Timestamp?
  /// The comparable results of the commit and those before it, by profile.
  package var windows: [String: ReferenceWindow]

  /// Pins an anchor.
  package init(name: String, commit: String?, time: Timestamp?, windows: [String: ReferenceWindow]) {
    self.name = name
    self.commit = commit
    self.time = time
    self.windows = windows
  }
}
