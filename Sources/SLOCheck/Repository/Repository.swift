public import SLOGate
public import SLOModel

/// What a version control system knows of the commits that a check speaks of.
///
/// Nothing here fails: what cannot be answered is nil or empty, and `trouble` has the reason. `Git` asks the program
/// of that name; a test gives commits of its own.
public protocol Repository: Sendable {
  /// Why nothing is known of the commit checked out; nil where it is known.
  var trouble: GitTrouble? { get }
  /// Whether history was cut when the repository was cloned.
  var isShallow: Bool { get }
  /// The branch checked out; nil on a detached head.
  var branch: String? { get }
  /// The branch that releases are made from; nil where none can be found.
  var mainBranch: String? { get }
  /// The names of branches and tags.
  var names: [String] { get }

  /// A commit by any name that is understood; nil for an unknown one.
  func commit(named name: String) -> Commit?
  /// The newest commit of a branch; nil where there is no such branch.
  func tip(of branch: String) -> String?
  /// The commits reachable from where `sha` left `reference`, newest first; nil where that is unknown.
  func ancestors(of sha: String, on reference: String) -> [String]?
  /// A commit and its ancestors, newest first; nil for an unknown one.
  func ancestors(from sha: String) -> [String]?
  /// The commits of a branch up to a time, newest first; nil where there is no such branch.
  func ancestors(on branch: String, until time: Timestamp) -> [String]?
  /// The commits that contain a commit, as far as they are another one or its ancestors. Empty where that other one
  /// does not contain it; nil where that is unknown.
  func descendants(of sha: String, upTo newest: String) -> [String]?
  /// How many commits came after one, up to another; nil where that is unknown.
  func count(from first: String, to last: String) -> Int?
  /// Author and subject of some commits, by SHA; unknown ones are left out.
  func descriptions(of shas: [String]) -> [String: CommitDescription]
  /// The commits of a range with author and subject, newest first; empty where not both ends are known.
  func changes(in range: Suspects) -> [Suspects.Change]
  /// The files directly in a folder, or the file, as a revision has them, by name; empty where it has neither.
  func files(at path: String, revision: String) -> [(path: String, bytes: [UInt8])]
  /// Whether files differ between a revision and the work tree; false where that is unknown.
  func differs(from revision: String, at paths: [String]) -> Bool
}
