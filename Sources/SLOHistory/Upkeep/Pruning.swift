package import SLOModel

/// Which runs lose their values. Header, digests and journal stay, so that what was there can still be proven.
///
/// A run is pruned where every rule that is set says so; at least one of `recordedBefore` and `keptCommits` has to
/// be. Held runs, runs of anchors and of accepted commits keep their values whatever the rules say.
package struct PruningRule: Sendable, Hashable {
  /// Only runs recorded before this time.
  package var recordedBefore: Timestamp?
  /// Only runs that are not of this many newest commits of their cohort on the reference branch.
  package var keptCommits: Int?
  /// The branch whose runs others are compared with. Runs of an unknown branch are compared among themselves, so
  /// that the newest of them are kept too.
  package var reference: String?
  /// Commits whose runs are kept, by their full SHA.
  package var anchors: Set<String> = []

  /// A rule that lets nothing go.
  package init() {}

  /// The rule in words, as the journal keeps it.
  package var description: String {
    var parts: [String] = []
    if let recordedBefore { parts.append("recorded before \(recordedBefore)") }
    if let keptCommits {
      parts.append(
        "not of the last \(keptCommits) commits of its cohort on \(reference ?? "an unknown branch")")
    }
    return parts.joined(separator: ", ")
  }
}

/// What a pruning takes, and what it leaves.
package struct PruningPlan: Sendable, Hashable {
  /// Why a run that the rules name keeps its values.
  package enum Protection: String, Sendable, Hashable, CaseIterable {
    /// It is held.
    case held
    /// It is of a commit that was to be kept.
    case anchor = "of a kept commit"
    /// It is of a commit that was accepted as the start of a new level.
    case accepted = "of an accepted commit"
  }

  /// What stays to compare with of a service, profile and sizing that loses some of it.
  package struct Remainder: Sendable, Hashable {
    /// The service.
    package var service: String
    /// The profile.
    package var profile: String
    /// The sizing.
    package var environment: Environment
    /// How many commits of the reference branch keep their values.
    package var commits: Int

    /// Creates one.
    package init(service: String, profile: String, environment: Environment, commits: Int) {
      self.service = service
      self.profile = profile
      self.environment = environment
      self.commits = commits
    }
  }

  /// The runs that lose their values, the last recorded first.
  package var runs: [RunHeader] = []
  /// How many runs the rules name that keep their values, by the first reason that holds.
  package var protected: [Protection: Int] = [:]
  /// What stays where anything goes, the fewest commits first.
  package var remainders: [Remainder] = []

  /// Creates a plan that takes nothing.
  package init() {}

  /// How many values go.
  package var values: Int { runs.reduce(0) { $0 + $1.measured } }
}

extension History {
  /// What a pruning by a rule would take.
  package func pruningPlan(_ rule: PruningRule) throws(HistoryError) -> PruningPlan {
    try read { () throws(SQLiteError) in try Pruner(database: database).plan(rule) }
  }

  /// Deletes the values of the runs that a rule names, writes that down, and shrinks the file.
  /// - Returns: what was taken.
  @discardableResult
  package func prune(_ rule: PruningRule, at now: Timestamp) throws(HistoryError) -> PruningPlan {
    let plan = try write { () throws(SQLiteError) in
      let pruner = Pruner(database: database)
      let plan = try pruner.plan(rule)
      guard !plan.runs.isEmpty else { return plan }
      let subject = Subject.prune(plan.runs.map(\.id), rule: rule.description)
      try Journal(database: database).append(.prune, subject, at: now)
      try pruner.settle()
      return plan
    }
    if !plan.runs.isEmpty { try shrink() }
    return plan
  }

  /// Gives the space of what was deleted back to the disk.
  private func shrink() throws(HistoryError) {
    try attempt(.write, on: path) { () throws(SQLiteError) in
      try database.execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }
}
