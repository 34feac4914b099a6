package import SLOHistory
import SLOModel
package import SLOStatistics

/// The commits one of which made a change: those after the last measured commit that does not show it, up to the first
/// that surely does.
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

  /// A measured commit that may be the first to show the change.
  public struct Measured: Sendable, Hashable {
    /// Its name.
    public var sha: String
    /// The probability that it is the first, 0 … 1.
    public var probability: Double
  }

  /// The newest commit that was measured and does not show the change.
  public var after: String
  /// The oldest commit that was measured and surely shows it.
  public var upTo: String
  /// The measured commits that hold the first to show it with a probability of 95 %, oldest first; empty where no
  /// change point was found and `upTo` is the first.
  public var measured: [Measured] = []
  /// The commits between, newest first, `upTo` among them; empty where git does not know.
  public var changes: [Change] = []

  /// Whether more than one commit is known that may have made it.
  package var areSeveral: Bool { measured.count > 1 || changes.count > 1 }
}

extension Suspects {
  /// The commits that may have made the change of a series.
  /// - Parameter commit: the name of the commit that a value was measured at.
  /// - Returns: nil for a drift, which no single commit made.
  package init?(of change: ChangePoint, commit: (Int) -> String) {
    guard change.kind == .step else { return nil }
    let places = change.suspects.sorted { $0.index < $1.index }
    let ends = (places.first?.index ?? change.index, places.last?.index ?? change.index)
    (after, upTo) = (commit(ends.0 - 1), commit(ends.1))
    measured = places.map { Measured(sha: commit($0.index), probability: $0.probability) }
  }

  /// What is said besides the commit that a change is dated to: `, or 9b2c1fa before it (95 %)`. Empty where no other
  /// may be the first to show it.
  /// - Parameters:
  ///   - sha: that commit.
  ///   - digits: how many characters of a name are shown.
  package func others(than sha: String, digits: Int = 10) -> String {
    guard let at = measured.firstIndex(where: { $0.sha == sha }) else { return "" }
    let names = measured.map { String($0.sha.prefix(digits)) }
    return SLOGate.others(before: Array(names[..<at]), after: Array(names[(at + 1)...]))
  }
}

/// What is said besides the place that a change is dated to, `, or A before it, or B after it (95 %)`; empty where
/// there is no other.
package func others(before: [String], after: [String]) -> String {
  func words(_ names: [String], _ side: String) -> String {
    switch names.count {
    case 0: ""
    case ...3: ", or \(names.joined(separator: " or ")) \(side) it"
    default: ", or one of the \(names.count) \(side) it"
    }
  }
  let all = words(before, "before") + words(after, "after")
  return all.isEmpty ? "" : all + " (95 %)"
}

extension Explanation {
  /// Which commits may have made the finding; nil where it is like its references, or nothing is known of them.
  var suspectedRange: Suspects? {
    switch novelty {
    case .known(let since):
      levelSuspects ?? last(before: since).map { Suspects(after: $0, upTo: since.sha) }
    case .seenBefore, .unchanged: nil
    case .unknown where asBad != 0 || finding.value == nil: nil
    case .new, .unknown:
      references.last { $0.role != .blocked }.map { Suspects(after: $0.commit.sha, upTo: commit.sha) }
    }
  }

  /// The commits that may have made the level of the references, where the finding is known since it began.
  package var levelSuspects: Suspects? {
    knownSince.flatMap { finding.regression?.suspects(since: $0) }
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

extension RegressionFinding {
  /// The commits that may have made the level that begins at a commit; nil where nothing weighed them.
  package func suspects(since commit: ReferenceCommit) -> Suspects? {
    level.flatMap { $0.since?.sha == commit.sha ? $0.suspects : nil }
  }
}
