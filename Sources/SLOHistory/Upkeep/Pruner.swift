internal import SLOSupport
internal import SLOModel

/// Takes the values of runs, inside a transaction that `History` has begun.
///
/// Whether a run has its values follows from the journal alone: it has not where a prune names it and no hold
/// protects it. Histories that are merged in any order so come to the same.
struct Pruner {
  let database: Database

  /// What a rule would take.
  func plan(_ rule: PruningRule) throws(SQLiteError) -> PruningPlan {
    var plan = PruningPlan()
    guard rule.recordedBefore != nil || rule.keptCommits != nil else { return plan }
    let accepted = Set(
      try Journal(database: database).acceptances().filter { $0.revocation == nil }.map {
        CommitOfService(service: $0.entry.subject["service"], sha: $0.entry.subject["commit"])
      })
    let recent =
      try rule.keptCommits.map { (count) throws(SQLiteError) in
        try newestRuns(commits: count, on: rule.reference)
      } ?? []
    var remainders = Remainders(reference: rule.reference)
    for header in try HeaderReader(database: database, filter: RunFilter()).headers() where !header.isPruned {
      let isOld = rule.recordedBefore.map { header.recordedAt < $0 } ?? true
      guard isOld, !recent.contains(header.id) else {
        remainders.keep(header)
        continue
      }
      let commit = CommitOfService(service: header.service, sha: header.commit.sha)
      let protection: PruningPlan.Protection? =
        header.hold != nil
        ? .held
        : rule.anchors.contains(header.commit.sha) ? .anchor : accepted.contains(commit) ? .accepted : nil
      if let protection {
        plan.protected[protection, default: 0] += 1
        remainders.keep(header)
      } else {
        plan.runs.append(header)
        remainders.lose(header)
      }
    }
    plan.remainders = remainders.list
    return plan
  }

  private struct CommitOfService: Hashable {
    var service: String?
    var sha: String?
  }

  /// The runs of the newest commits of each cohort on the reference branch, and of those on no known one.
  private func newestRuns(
    commits: Int, on reference: String?
  ) throws(SQLiteError) -> Set<SHA256Digest> {
    let row = try database.prepare(
      """
      SELECT digest FROM (
        SELECT digest, dense_rank() OVER (PARTITION BY cohort, branch ORDER BY position DESC, sha DESC) AS rank
        FROM runs WHERE branch = ?2 OR branch IS NULL)
      WHERE rank <= ?1
      """)
    try row.bind(.integer(Int64(commits)), .text(reference))
    var runs: Set<SHA256Digest> = []
    while try row.step() { runs.insert(try row.digest(0)) }
    return runs
  }

  /// Deletes the values of every run that a prune names and no hold protects.
  /// - Returns: how many runs lost them.
  @discardableResult
  func settle() throws(SQLiteError) -> Int {
    let journal = Journal(database: database)
    let holds = try Holds(journal)
    let row = try database.prepare("SELECT pruned_at FROM runs WHERE digest = ?1")
    var count = 0
    for (run, time) in try journal.prunings() {
      try row.bind(.blob(run.bytes))
      guard try row.step() else { continue }
      if !row.isNull(0) {
        try database.run(
          "UPDATE runs SET pruned_at = ?2 WHERE digest = ?1 AND pruned_at <> ?2", .blob(run.bytes),
          .integer(time.milliseconds))
      } else if !holds.contains(run) {
        try erase(run, at: time)
        count += 1
      }
    }
    return count
  }

  private func erase(_ run: SHA256Digest, at time: Timestamp) throws(SQLiteError) {
    try Recorder(database: database, now: time).deleteValues(of: run)
    try database.run(
      "UPDATE runs SET pruned = measured, measured = 0, pruned_at = ?2 WHERE digest = ?1", .blob(run.bytes),
      .integer(time.milliseconds))
  }
}

extension Journal {
  /// The runs that a prune names, each with the time of the first that does.
  func prunings() throws(SQLiteError) -> [SHA256Digest: Timestamp] {
    var runs: [SHA256Digest: Timestamp] = [:]
    for (_, entry) in try decisions(.prune) {
      for run in entry.digests("runs") ?? [] { runs[run] = min(runs[run] ?? entry.at, entry.at) }
    }
    return runs
  }
}

/// Counts what stays to compare with where anything goes.
private struct Remainders {
  let reference: String?
  private var kept: [Cohort: Set<String>] = [:]
  private var losing: Set<Cohort> = []

  init(reference: String?) { self.reference = reference }

  private struct Cohort: Hashable {
    var service: String
    var profile: String
    var environment: Environment

    init(_ header: RunHeader) {
      (service, profile) = (header.service, header.profile)
      // Its name may have been another one each time.
      environment = Environment(name: nil, sizing: header.environment.sizing)
    }
  }

  mutating func keep(_ header: RunHeader) {
    if isReference(header) { kept[Cohort(header), default: []].insert(header.commit.sha) }
  }

  mutating func lose(_ header: RunHeader) {
    if isReference(header) { losing.insert(Cohort(header)) }
  }

  private func isReference(_ header: RunHeader) -> Bool {
    header.failure == nil && header.measured > 0 && header.commit.isKnown && header.environment.isKnown
      && (header.commit.branch == nil || header.commit.branch == reference)
  }

  /// The fewest commits first.
  var list: [PruningPlan.Remainder] {
    losing.map { cohort in
      PruningPlan.Remainder(
        service: cohort.service, profile: cohort.profile, environment: cohort.environment,
        commits: kept[cohort]?.count ?? 0)
    }.sorted { left, right in
      (left.commits, left.service, left.profile, left.environment.fingerprint)
        < (right.commits, right.service, right.profile, right.environment.fingerprint)
    }
  }
}
