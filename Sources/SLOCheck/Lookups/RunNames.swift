import SLOSupport
package import SLOHistory
package import SLOModel

/// Finds the runs that a person names, by one rule for every command: by a commit as it was recorded or as git knows
/// it, else by the beginning of a run's id or a commit's SHA, else by the newest recorded commit of a branch.
package struct RunNames {
  /// What a name is of.
  package struct Named {
    /// The runs, the last recorded first; never none.
    package var runs: [RunHeader]
    /// Whether it is one run, and not a commit with all of its.
    package var isRun: Bool
  }

  private let history: History
  private let path: String
  private let repository: (any Repository)?
  private let filter: RunFilter
  private let onNotice: (String) -> Void

  /// - Parameters:
  ///   - path: the history's file, as it was named.
  ///   - filter: which runs count.
  ///   - onNotice: takes what a person should know of how a name was understood.
  package init(
    _ history: History, path: String, repository: (any Repository)?, among filter: RunFilter = RunFilter(),
    onNotice: @escaping (String) -> Void
  ) {
    (self.history, self.path, self.repository) = (history, path, repository)
    (self.filter, self.onNotice) = (filter, onNotice)
  }

  /// The runs of a name, the last recorded first; never none.
  package func runs(_ name: String) throws(GateError) -> [RunHeader] {
    guard let named = try find(name) else { throw missing(name) }
    return named.runs
  }

  /// The commit of a name, known to git or to the history.
  package func commit(_ name: String) throws(GateError) -> Commit {
    if let exact = try runs(ofCommit: name).first { return exact.commit }
    if let known = repository?.commit(named: name) { return known }
    guard let found = try beginning(with: name), !found.isRun, let first = found.runs.first else {
      throw missing(name)
    }
    return first.commit
  }

  /// What a name is of; nil where nothing that was recorded has it.
  package func find(_ name: String) throws(GateError) -> Named? {
    let exact = try runs(ofCommit: name)
    if !exact.isEmpty { return Named(runs: exact, isRun: false) }
    if let sha = repository?.commit(named: name)?.sha {
      let runs = try runs(ofCommit: sha)
      if !runs.isEmpty { return Named(runs: runs, isRun: false) }
    }
    return if let found = try beginning(with: name) { found } else { try newest(on: name) }
  }

  /// Whether a name can be the beginning of an id or a SHA: git's four digits or more.
  package static func isBeginning(_ name: String) -> Bool {
    name.utf8.count >= 4 && name.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
  }

  private func runs(ofCommit sha: String) throws(GateError) -> [RunHeader] {
    try headers { $0.commit = sha }.filter { $0.commit.sha == sha }
  }

  private func beginning(with name: String) throws(GateError) -> Named? {
    guard RunNames.isBeginning(name) else { return nil }
    let runs = try headers { $0.run = name.lowercased() }
    let commits = try headers { $0.commit = name.lowercased() }
    let shas = Set(commits.map(\.commit.sha))
    guard runs.count + shas.count <= 1 else {
      let choices = runs.map { "run \($0.id.description.prefix(12))" } + shas.sorted().map { "commit \($0)" }
      let more = choices.count > 8 ? " …" : ""
      throw GateError.usage(
        "'\(name)' could be \(choices.prefix(8).joined(separator: ", "))\(more); write more of the one that is "
          + "meant")
    }
    if !runs.isEmpty { return Named(runs: runs, isRun: true) }
    return commits.isEmpty ? nil : Named(runs: commits, isRun: false)
  }

  /// The runs of a branch's newest recorded commit.
  private func newest(on branch: String) throws(GateError) -> Named? {
    let runs = try headers { $0.branch = branch }
    guard let newest = runs.max(by: { $0.place < $1.place }) else { return nil }
    if repository?.commit(named: branch) != nil {
      onNotice(
        "the tip of \(branch) was never measured: taking \(newest.commit.shortSHA), its newest commit that was"
      )
    }
    return Named(runs: runs.filter { $0.commit.sha == newest.commit.sha }, isRun: false)
  }

  private func missing(_ name: String) -> GateError {
    GateError.usage("\(path) has no run and no commit '\(name)'; 'slogate history list' shows what it has")
  }

  private func headers(_ restrict: (inout RunFilter) -> Void) throws(GateError) -> [RunHeader] {
    var filter = filter
    restrict(&filter)
    return try asking { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
  }
}

extension RunHeader {
  /// The commit's place in history.
  fileprivate var place: Timestamp { commit.committedAt ?? startedAt ?? recordedAt }
}
