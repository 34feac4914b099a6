import Glibc
import SLODigest
import SLOGate
import SLOHistory
import SLOModel

/// Finds what a name is of: a recorded run, or a commit.
struct SideLookup {
  /// Nil where nothing was recorded yet.
  let history: History?
  /// The history's file, as it was named.
  let path: String
  let git: Git?
  /// Only runs of this service; nil: of any.
  let service: String?
  /// Only runs of this profile; nil: of any.
  let profile: String?

  /// Fewer digits than this name no run and no commit.
  private static let shortest = 6

  /// A recorded side; nil where the name is of result files.
  func recorded(_ name: String) throws -> ComparisonSide? {
    let isFile = isFile(name)
    guard let history else {
      if isFile { return nil }
      throw Failure.usage("'\(name)' is no file, and there is no history at \(path) to look it up in.")
    }
    guard let (kind, headers) = try find(name, in: history) else {
      if isFile { return nil }
      throw unknown(name)
    }
    if isFile {
      throw Failure.usage(
        "'\(name)' is a file and a recorded \(kind.rawValue): write ./\(name) for the file.")
    }
    let runs = try Failure.reporting { () throws(HistoryError) in try history.runs(headers.map(\.id)) }
    return ComparisonSide(name: name, kind: kind, runs: runs.sorted(by: SideLookup.startedEarlier))
  }

  /// Whether a name can only be of files, or is of one.
  private func isFile(_ name: String) -> Bool {
    name == "-" || name.contains { "*?[".contains($0) } || access(name, F_OK) == 0
  }

  // MARK: Names

  private func find(
    _ name: String, in history: History
  ) throws -> (ComparisonSide.Kind, [RunHeader])? {
    // What says where it lies is a path, and no more.
    if name.hasPrefix("/") || name.hasPrefix("./") || name.hasPrefix("../") || name == "-" { return nil }
    let isPrefix = name.utf8.count >= SideLookup.shortest && name.allSatisfy(\.isHexDigit)
    let runs = isPrefix ? try headers(history) { $0.run = name.lowercased() } : []
    let commits = try commits(named: name, isPrefix: isPrefix, in: history)
    let shas = Set(commits.map(\.commit.sha))
    guard (runs.isEmpty || shas.isEmpty) && runs.count <= 1 && shas.count <= 1 else {
      let found = runs.map { "run \($0.id.description.prefix(12))" } + shas.sorted().map { "commit \($0)" }
      let some = found.prefix(5).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
      throw Failure.usage("'\(name)' names several things here (\(some)): write more of it.")
    }
    if !runs.isEmpty { return (.run, runs) }
    return commits.isEmpty ? nil : (.commit, commits)
  }

  /// The runs of the commits that a name may be of: the exact one, else one that git knows, else those it is the
  /// beginning of, else the newest of a recorded branch.
  private func commits(named name: String, isPrefix: Bool, in history: History) throws -> [RunHeader] {
    let recorded = try headers(history) { $0.commit = name }
    let exact = recorded.filter { $0.commit.sha == name }
    if !exact.isEmpty { return exact }
    if isPrefix, !recorded.isEmpty { return recorded }
    if let sha = git?.commit(named: name)?.sha {
      let found = try headers(history) { $0.commit = sha }.filter { $0.commit.sha == sha }
      if !found.isEmpty { return found }
    }
    return try newest(on: name, in: history)
  }

  /// The runs of a branch's newest recorded commit.
  private func newest(on branch: String, in history: History) throws -> [RunHeader] {
    let runs = try headers(history) { $0.branch = branch }
    guard let newest = runs.max(by: { $0.place < $1.place }) else { return [] }
    if git?.commit(named: branch) != nil {
      Terminal.notice(
        "the tip of \(branch) was never measured: taking \(newest.commit.shortSHA), its newest commit that was"
      )
    }
    return runs.filter { $0.commit.sha == newest.commit.sha }
  }

  /// The headers of the runs that a filter lets through, of commits with a name, and not pruned of their values.
  private func headers(_ history: History, _ restrict: (inout RunFilter) -> Void) throws -> [RunHeader] {
    var filter = RunFilter()
    (filter.service, filter.profile) = (service, profile)
    restrict(&filter)
    let isOfRun = filter.run != nil
    return try Failure.reporting { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
      .filter { !$0.isPruned && (isOfRun || $0.commit.isKnown) }
  }

  private func unknown(_ name: String) -> any Error {
    let restriction = [service.map { "service \($0)" }, profile.map { "profile \($0)" }].compactMap { $0 }
    let aside = restriction.isEmpty ? "" : " of \(restriction.joined(separator: ", "))"
    let known = git?.commit(named: name).map { " (git knows it as \($0.shortSHA))" } ?? ""
    return Failure.usage(
      "'\(name)' is no file, and \(path) has no run\(aside) of it\(known);"
        + " 'slogate history list' shows what it has.")
  }

  /// The order of repetitions; it rests on content alone, never on the order of recording.
  private static func startedEarlier(_ left: Run, _ right: Run) -> Bool {
    let times = [left, right].map { $0.reading.startedAt?.milliseconds ?? 0 }
    return times[0] == times[1] ? left.id.description < right.id.description : times[0] < times[1]
  }
}

extension RunHeader {
  /// The commit's place in history.
  fileprivate var place: Timestamp { commit.committedAt ?? startedAt ?? recordedAt }
}
