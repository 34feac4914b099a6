/// Why git knows nothing of a work tree, in git's own terms.
public enum GitTrouble: Sendable, Hashable {
  /// No program of that name is on the PATH.
  case notInstalled
  /// The work tree belongs to another user, and git does not trust it.
  case foreignOwner(folder: String)
  /// Nothing was committed yet.
  case noCommit
  /// What git says itself.
  case broken(String)

  /// What git complains of when it is asked for the commit checked out; nil where it knows one.
  init?(in git: Git) {
    switch git.complaint(["rev-parse", "--verify", "HEAD"]) {
    case nil: return nil
    case .missing: self = .notInstalled
    case .failed(let text) where text.contains("dubious ownership") || text.contains("safe.directory"):
      self = .foreignOwner(folder: git.folder)
    case .failed(let text) where text.contains("Needed a single revision"): self = .noCommit
    case .failed(let text):
      let first = text.split(separator: "\n").first.map(String.init) ?? "it failed without a word"
      self = .broken(first.hasPrefix("fatal: ") ? String(first.dropFirst(7)) : first)
    }
  }

  /// What is the matter.
  public var sentence: String {
    switch self {
    case .notInstalled: "git is not installed: there is no such program on the PATH"
    case .foreignOwner(let folder): "git refuses \(folder), which belongs to another user (dubious ownership)"
    case .noCommit: "the repository has no commit yet"
    case .broken(let text): "git cannot read the repository: \(text)"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .notInstalled: "install git, or pass --commit and --branch"
    case .foreignOwner(let folder): "run git config --global --add safe.directory \(folder)"
    case .noCommit: "commit first, or pass --commit and --branch"
    case .broken: "repair the clone, or pass --commit and --branch"
    }
  }
}
