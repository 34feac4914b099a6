public import SLOSupport
public import SLOModel

/// One thing that happened to a history. Entries are never changed; each names those that stood last when it was
/// written, so that no earlier one can be changed, taken out or put in without every later hash telling.
public struct JournalEntry: Sendable, Hashable {
  /// What happened.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Something was learned of a commit: when it was made, what its first parent is.
    case commit
    /// A run was recorded.
    case record
    /// A verdict was given.
    case verdict
    /// A level was accepted as the new normal.
    case accept
    /// An acceptance was taken back.
    case revoke
    /// A run was protected from pruning.
    case hold
    /// A protection was lifted.
    case release
    /// The values of runs were deleted.
    case prune
    /// Histories that had grown apart were joined.
    case merge
  }

  /// When it happened.
  public var at: Timestamp
  /// What happened.
  public var kind: Kind
  /// What it happened to.
  public var subject: [String: String]
  /// The entries that stood last when it was written, in order; none for the first.
  public var parents: [SHA256Digest]

  /// Creates an entry.
  public init(at: Timestamp, kind: Kind, subject: [String: String], parents: [SHA256Digest]) {
    self.at = at
    self.kind = kind
    self.subject = subject
    self.parents = parents.sorted()
  }

  /// SHA-256 over everything else in the entry, the name of the form in front.
  public var hash: SHA256Digest {
    SHA256Digest(
      of: canonicalForm(of: [
        "slogate.journal/v1", String(at.milliseconds), kind.rawValue, canonicalForm(of: subject),
        canonicalForm(of: parents.map(\.description)),
      ]))
  }
}
