import Glibc
import SLOSupport
package import SLOGate
package import SLOHistory
import SLOModel

/// Finds what a name is of: a recorded run, or a commit.
package struct SideLookup {
  /// Nil where nothing was recorded yet.
  let history: History?
  /// The history's file, as it was named.
  let path: String
  let repository: (any Repository)?
  /// Only runs of this service; nil: of any.
  let service: String?
  /// Only runs of this profile; nil: of any.
  let profile: String?
  private let onNotice: (String) -> Void

  /// - Parameters:
  ///   - history: nil where nothing was recorded yet.
  ///   - path: the history's file, as it was named.
  ///   - service: only runs of this service; nil: of any.
  ///   - profile: only runs of this profile; nil: of any.
  ///   - onNotice: takes what a person should know of how a name was understood.
  package init(
    history: History?, path: String, repository: (any Repository)?, service: String?, profile: String?,
    onNotice: @escaping (String) -> Void
  ) {
    (self.history, self.path, self.repository) = (history, path, repository)
    (self.service, self.profile, self.onNotice) = (service, profile, onNotice)
  }

  /// A recorded side; nil where the name is of result files.
  package func recorded(_ name: String) throws(GateError) -> ComparisonSide? {
    let isFile = isFile(name)
    guard let history else {
      if isFile { return nil }
      throw GateError(
        .unreadable, "'\(name)' is no file, and there is no history at \(path) to look it up in")
    }
    guard let named = try find(name, in: history) else {
      if isFile { return nil }
      throw unknown(name)
    }
    let kind = named.isRun ? ComparisonSide.Kind.run : .commit
    if isFile {
      throw GateError.usage(
        "'\(name)' is a file and a recorded \(kind.rawValue): write ./\(name) for the file.")
    }
    let ids = named.runs.filter { !$0.isPruned }.map(\.id)
    guard !ids.isEmpty else {
      throw GateError.usage("the values of '\(name)' were pruned: there is nothing left to compare.")
    }
    let runs = try asking { () throws(HistoryError) in try history.runs(ids) }
    return ComparisonSide(name: name, kind: kind, runs: runs.sorted(by: SideLookup.startedEarlier))
  }

  /// Whether a name can only be of files, or is of one.
  private func isFile(_ name: String) -> Bool {
    if name == "-" || name.contains(where: { "*?[".contains($0) }) || FileSystem.exists(name) { return true }
    // Snapshots of one run.
    let files = name.split(separator: ",")
    return files.count > 1 && files.allSatisfy { FileSystem.exists(String($0)) }
  }

  /// What a name is of; a run of no known commit only by its own.
  private func find(_ name: String, in history: History) throws(GateError) -> RunNames.Named? {
    // What says where it lies is a path, and no more.
    if name.hasPrefix("/") || name.hasPrefix("./") || name.hasPrefix("../") || name == "-" { return nil }
    var filter = RunFilter()
    (filter.service, filter.profile) = (service, profile)
    let found = try RunNames(
      history, path: path, repository: repository, among: filter, onNotice: onNotice
    ).find(name)
    return found?.isRun ?? true || found?.runs.first?.commit.isKnown == true ? found : nil
  }

  private func unknown(_ name: String) -> GateError {
    let restriction = [service.map { "service \($0)" }, profile.map { "profile \($0)" }].compactMap { $0 }
    let aside = restriction.isEmpty ? "" : " of \(restriction.joined(separator: ", "))"
    let known = repository?.commit(named: name).map { " (git knows it as \($0.shortSHA))" } ?? ""
    return GateError.usage(
      "'\(name)' is no file, and \(path) has no run\(aside) of it\(known);"
        + " 'slogate history list' shows what it has.")
  }

  /// The order of repetitions; it rests on content alone, never on the order of recording.
  private static func startedEarlier(_ left: Run, _ right: Run) -> Bool {
    let times = [left, right].map { $0.reading.startedAt?.milliseconds ?? 0 }
    return times[0] == times[1] ? left.id.description < right.id.description : times[0] < times[1]
  }
}
