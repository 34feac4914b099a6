public import SLOHistory
public import SLOModel

/// The pinned commit that slow drift is measured from, and what was measured up to it.
public struct Anchor: Sendable {
  /// What the budget calls it: a tag, a commit or a day.
  public var name: String
  /// The commit it stands for; nil for a day.
  public var commit: String?
  /// When that was.
  public var time: Timestamp?
  /// The comparable results of the commit and those before it, by profile.
  public var windows: [String: ReferenceWindow]

  /// Pins an anchor.
  public init(name: String, commit: String?, time: Timestamp?, windows: [String: ReferenceWindow]) {
    self.name = name
    self.commit = commit
    self.time = time
    self.windows = windows
  }
}
