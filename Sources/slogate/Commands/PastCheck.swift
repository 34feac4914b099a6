import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel

/// A recorded check put again: its runs as they were, against the commits before it, under the budgets of now.
struct PastCheck {
  /// The check as it was recorded.
  let recorded: RecordedCheck
  let question: Question
  let notices: [String]

  /// - Parameters:
  ///   - name: the commit whose last check is meant, by any name git understands or the beginning of its SHA; nil:
  ///     the newest check of all.
  ///   - reference: the branch the references come from, nil: as `check` finds it.
  init(of name: String?, in history: History, _ storage: StorageOptions, reference: String?) throws {
    let git = Git()
    let check = try PastCheck.find(name, history, storage, git)
    let runs = try Failure.reporting { () throws(HistoryError) in try history.runs(check.runs) }
    guard let first = runs.first else {
      throw Failure.usage(
        "the runs of the check of \(check.commit.shortSHA) are not in \(storage.history) any more")
    }
    let budgets: Budgets
    do {
      budgets = try storage.loadBudgets(knownMetrics: nil, endpointTag: nil)
    } catch {
      Terminal.error("\(error)")
      throw Failure.configuration
    }
    let reference = reference ?? Origin.usualReference(git)
    var question = Question(
      service: first.service, commit: first.commit, reference: reference, environment: check.environment,
      runs: runs, budgets: budgets, now: check.recordedAt)
    let ancestors = git?.isShallow == true ? nil : git?.ancestors(of: first.commit.sha, on: reference)
    let lookup = ReferenceLookup(
      history: history, git: git, ancestors: ancestors, until: first.commit.committedAt ?? check.recordedAt)
    notices = try lookup.complete(&question)
    self.question = question
    recorded = check
  }

  private static func find(
    _ name: String?, _ history: History, _ storage: StorageOptions, _ git: Git?
  ) throws -> RecordedCheck {
    let sha = try name.map { try recordedSHA($0, history, git) }
    let checks = try Failure.reporting { () throws(HistoryError) in try history.checks(limit: 1, commit: sha)
    }
    guard let check = checks.first else {
      throw Failure.usage(
        "\(storage.history) has no check\(name.map { " of '\($0)'" } ?? ""); 'slogate history list' shows what it has"
      )
    }
    return check
  }

  /// The full SHA of a commit that has a check.
  private static func recordedSHA(_ name: String, _ history: History, _ git: Git?) throws -> String {
    if let known = git?.commit(named: name)?.sha { return known }
    var filter = RunFilter()
    filter.commit = name
    let headers = try Failure.reporting { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
    let found = Set(headers.map(\.commit.sha))
    if found.contains(name) { return name }
    guard found.count <= 1 else {
      throw Failure.usage("'\(name)' is the beginning of \(found.count) recorded commits; write more of it")
    }
    return found.first ?? name
  }
}
