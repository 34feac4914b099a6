import SLODigest
import SLOHistory
import SLOModel
import SLOReports

/// Finds the runs that a person names, by one rule for every command: by a commit as it was recorded or as git knows
/// it, else by the beginning of a run's id or a commit's SHA, else by the newest recorded commit of a branch.
struct RunNames {
  /// What a name is of.
  struct Named {
    /// The runs, the last recorded first; never none.
    var runs: [RunHeader]
    /// Whether it is one run, and not a commit with all of its.
    var isRun: Bool
  }

  private let history: History
  private let path: String
  private let git: Git?
  private let filter: RunFilter

  /// - Parameter filter: which runs count.
  init(_ history: History, path: String, git: Git? = Git(), among filter: RunFilter = RunFilter()) {
    (self.history, self.path, self.git, self.filter) = (history, path, git, filter)
  }

  /// The runs of a name, the last recorded first; never none.
  func runs(_ name: String) throws -> [RunHeader] {
    guard let named = try find(name) else { throw missing(name) }
    return named.runs
  }

  /// The commit of a name, known to git or to the history.
  func commit(_ name: String) throws -> Commit {
    if let exact = try runs(ofCommit: name).first { return exact.commit }
    if let known = git?.commit(named: name) { return known }
    guard let found = try beginning(with: name), !found.isRun, let first = found.runs.first else {
      throw missing(name)
    }
    return first.commit
  }

  /// What a name is of; nil where nothing that was recorded has it.
  func find(_ name: String) throws -> Named? {
    let exact = try runs(ofCommit: name)
    if !exact.isEmpty { return Named(runs: exact, isRun: false) }
    if let sha = git?.commit(named: name)?.sha {
      let runs = try runs(ofCommit: sha)
      if !runs.isEmpty { return Named(runs: runs, isRun: false) }
    }
    return if let found = try beginning(with: name) { found } else { try newest(on: name) }
  }

  /// Whether a name can be the beginning of an id or a SHA: git's four digits or more.
  static func isBeginning(_ name: String) -> Bool {
    name.utf8.count >= 4 && name.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
  }

  private func runs(ofCommit sha: String) throws -> [RunHeader] {
    try headers { $0.commit = sha }.filter { $0.commit.sha == sha }
  }

  private func beginning(with name: String) throws -> Named? {
    guard RunNames.isBeginning(name) else { return nil }
    let runs = try headers { $0.run = name.lowercased() }
    let commits = try headers { $0.commit = name.lowercased() }
    let shas = Set(commits.map(\.commit.sha))
    guard runs.count + shas.count <= 1 else {
      let choices = runs.map { "run \($0.id.description.prefix(12))" } + shas.sorted().map { "commit \($0)" }
      let more = choices.count > 8 ? " …" : ""
      throw Failure.usage(
        "'\(name)' could be \(choices.prefix(8).joined(separator: ", "))\(more); write more of the one that is "
          + "meant")
    }
    if !runs.isEmpty { return Named(runs: runs, isRun: true) }
    return commits.isEmpty ? nil : Named(runs: commits, isRun: false)
  }

  /// The runs of a branch's newest recorded commit.
  private func newest(on branch: String) throws -> Named? {
    let runs = try headers { $0.branch = branch }
    guard let newest = runs.max(by: { $0.place < $1.place }) else { return nil }
    if git?.commit(named: branch) != nil {
      Terminal.notice(
        "the tip of \(branch) was never measured: taking \(newest.commit.shortSHA), its newest commit that was"
      )
    }
    return Named(runs: runs.filter { $0.commit.sha == newest.commit.sha }, isRun: false)
  }

  private func missing(_ name: String) -> any Error {
    Failure.usage("\(path) has no run and no commit '\(name)'; 'slogate history list' shows what it has")
  }

  private func headers(_ restrict: (inout RunFilter) -> Void) throws -> [RunHeader] {
    var filter = filter
    restrict(&filter)
    return try Failure.reporting { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
  }
}

extension RunHeader {
  /// The commit's place in history.
  fileprivate var place: Timestamp { commit.committedAt ?? startedAt ?? recordedAt }
}

extension History {
  /// Headers with what was said of each.
  func listed(_ headers: [RunHeader]) throws -> [ListedRun] {
    try Failure.reporting { () throws(HistoryError) in
      let acceptances = try recordedAcceptances()
      var listed: [ListedRun] = []
      for header in headers {
        let own = acceptances.filter {
          $0.acceptance.commit == header.commit.sha && $0.acceptance.service == header.service
        }
        listed.append(ListedRun(header: header, checks: try checks(of: header.id), acceptances: own))
      }
      return listed
    }
  }
}
