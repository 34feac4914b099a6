import SLOHistory
import SLOModel

/// The commits one of which made a change: those after the last good reference, up to the first that shows it.
public struct Suspects: Sendable, Hashable {
  /// A commit as git describes it.
  public struct Change: Sendable, Hashable {
    /// The full SHA.
    public var sha: String
    /// Who wrote it.
    public var author: String
    /// The first line of its message.
    public var subject: String

    /// Names a commit.
    public init(sha: String, author: String, subject: String) {
      (self.sha, self.author, self.subject) = (sha, author, subject)
    }
  }

  /// The newest commit that was measured and does not show the change.
  public var after: String
  /// The oldest commit that was measured and shows it.
  public var upTo: String
  /// The commits between, newest first, `upTo` among them; empty where git does not know.
  public var changes: [Change] = []
}

extension Explanation {
  /// Which commits may have made the finding; nil where it is like its references, or nothing is known of them.
  var suspectedRange: Suspects? {
    switch novelty {
    case .known(let since): last(before: since).map { Suspects(after: $0, upTo: since.sha) }
    case .seenBefore, .unchanged: nil
    case .unknown where asBad != 0 || finding.value == nil: nil
    case .new, .unknown:
      references.last { $0.role != .blocked }.map { Suspects(after: $0.commit.sha, upTo: commit.sha) }
    }
  }

  /// The newest commit before the level that the references have had since another one.
  private func last(before since: ReferenceCommit) -> String? {
    if let unaccepted = finding.regression?.unaccepted, unaccepted.since.sha == since.sha {
      return unaccepted.last?.sha
    }
    if let level = finding.regression?.level, level.since?.sha == since.sha { return level.last?.sha }
    return references.prefix { $0.commit.sha != since.sha }.last?.commit.sha
  }
}
