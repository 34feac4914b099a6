import SLODigest
import SLOHistory
import SLOModel
import SLOReports

/// Finds the runs that a person names: by an id, by a commit as git knows it, or by the beginning of either.
struct RunNames {
  let history: History
  let path: String
  private let git = Git()

  init(_ history: History, path: String) {
    self.history = history
    self.path = path
  }

  /// The runs of a name, the last recorded first; never none.
  func runs(_ name: String) throws -> [RunHeader] {
    let recorded = try headers { $0.commit = name }
    let exact = recorded.filter { $0.commit.sha == name }
    if !exact.isEmpty { return exact }
    if let sha = git?.commit(named: name)?.sha {
      let runs = try headers { $0.commit = sha }
      if !runs.isEmpty { return runs }
    }
    let named = RunNames.isBeginning(name) ? try headers { $0.run = name } : []
    return try unambiguous(name, runs: named, commits: recorded)
  }

  /// The commit of a name, known to git or to the history.
  func commit(_ name: String) throws -> Commit {
    let recorded = try headers { $0.commit = name }
    if let exact = recorded.first(where: { $0.commit.sha == name }) { return exact.commit }
    if let known = git?.commit(named: name) { return known }
    guard let found = try unambiguous(name, runs: [], commits: recorded).first else { throw missing(name) }
    return found.commit
  }

  private func unambiguous(
    _ name: String, runs: [RunHeader], commits: [RunHeader]
  ) throws -> [RunHeader] {
    let shas = Set(commits.map(\.commit.sha))
    if runs.isEmpty, shas.isEmpty { throw missing(name) }
    if runs.count + shas.count > 1 {
      let choices = runs.map { "run \($0.id.description.prefix(16))" } + shas.sorted().map { "commit \($0)" }
      let more = choices.count > 8 ? " …" : ""
      throw Failure.usage(
        "'\(name)' could be \(choices.prefix(8).joined(separator: ", "))\(more); write more of the one that is "
          + "meant")
    }
    return runs.isEmpty ? commits : runs
  }

  private func missing(_ name: String) -> any Error {
    Failure.usage("\(path) has no run and no commit '\(name)'; 'slogate history list' shows what it has")
  }

  /// Whether a name can be the beginning of an id or a SHA: git's four digits or more.
  static func isBeginning(_ name: String) -> Bool {
    name.utf8.count >= 4 && name.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
  }

  private func headers(_ restrict: (inout RunFilter) -> Void) throws -> [RunHeader] {
    var filter = RunFilter()
    restrict(&filter)
    return try Failure.reporting { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
  }
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
