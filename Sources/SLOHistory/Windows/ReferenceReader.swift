import SLOModel

/// Finds the runs of a cohort that may be the candidate's reference, and counts those that may not.
struct ReferenceReader {
  let database: Database
  let query: WindowQuery
  let cohort: Cohort

  /// The newest commits of the window with their runs.
  func references(accountingIn skipped: inout SkippedRuns) throws(SQLiteError) -> References {
    let eligible = try account(in: &skipped)
    guard eligible > 0, query.size > 0 else {
      skipped[.beyondWindow] += eligible
      return References([])
    }
    let (references, isWhole) = try newest()
    let rest = eligible - references.runs.count
    guard query.ancestors != nil else {
      skipped[.beyondWindow] += rest
      return references
    }
    let unrelated = isWhole ? rest : try unrelated(beside: references)
    skipped[.notAnAncestor] += unrelated
    skipped[.beyondWindow] += rest - unrelated
    return references
  }

  /// The newest commits: as many as the query asks for, and one more for each that was blocked by a regression, for
  /// such a commit says nothing of what is normal. However long a branch stays blocked, the level before remains.
  /// - Returns: the commits, and whether there are no older ones.
  private func newest() throws(SQLiteError) -> (References, isWhole: Bool) {
    var reader = CommitReader(
      database: database, cohort: cohort.id, branches: branches, excluded: query.commit, until: query.until,
      limit: query.size)
    while true {
      let groups =
        if let ancestors = query.ancestors { Array(try reader.runs(of: ancestors).reversed()) } else {
          try reader.newest()
        }
      let references = References(groups)
      guard references.commits.count >= reader.limit else { return (references, true) }
      let wanted = query.size + (try BlockedRuns(references, in: database)).commits(among: references)
      guard wanted > reader.limit else { return (references, false) }
      reader.limit = wanted
    }
  }

  /// Counts from the cohort's run counts, without a look at its runs.
  /// - Returns: how many usable runs of other commits there are on the branches that count.
  private func account(in skipped: inout SkippedRuns) throws(SQLiteError) -> Int {
    let own = try candidate()
    let onBranch = try usableOnBranch()
    skipped[.unknownCommit] += cohort.unnamed
    skipped[.sameCommit] += own.runs
    skipped[.failed] += cohort.failed - own.failed
    skipped[.empty] += cohort.empty - own.empty
    skipped[.pruned] += cohort.pruned - own.pruned
    skipped[.otherBranch] += cohort.usable - onBranch - (own.usable - own.usableOnBranch)
    return onBranch - own.usableOnBranch
  }

  /// How many runs are newer than the oldest commit of a full window and not in it.
  private func unrelated(beside references: References) throws(SQLiteError) -> Int {
    let oldest = references.runs.map(\.run.position).min() ?? 0
    let row = try database.prepare(
      """
      SELECT count(*) FROM runs
      WHERE cohort = ?1 AND branch IS ?2 AND position > ?3 AND sha <> ?4 AND \(Schema.usable)
      """)
    var newer = 0
    for branch in branches {
      try row.bind(.integer(cohort.id), .text(branch), .integer(oldest), .text(query.commit))
      if try row.step() { newer += try row.count(0) }
    }
    return newer - references.runs.count { $0.run.position > oldest }
  }

  private func usableOnBranch() throws(SQLiteError) -> Int {
    let tally = try database.prepare("SELECT runs FROM branches WHERE cohort = ?1 AND branch = ?2")
    var sum = 0
    for branch in branches {
      try tally.bind(.integer(cohort.id), .text(branch ?? ""))
      if try tally.step() { sum += try tally.count(0) }
    }
    return sum
  }

  /// The runs of the candidate's own commit, counted as the cohort's are.
  private func candidate() throws(SQLiteError) -> Tally {
    guard query.commit != Commit.unknownSHA else { return Tally() }
    let pruned = try Journal(database: database).isKept() ? "pruned" : "0"
    let row = try database.prepare(
      "SELECT branch, failure IS NOT NULL, measured, \(pruned) FROM runs WHERE sha = ?1 AND cohort = ?2")
    try row.bind(.text(query.commit), .integer(cohort.id))
    var tally = Tally()
    while try row.step() {
      tally.runs += 1
      if row.integerOrZero(1) != 0 {
        tally.failed += 1
      } else if row.integerOrZero(3) > 0 {
        tally.pruned += 1
      } else if row.integerOrZero(2) == 0 {
        tally.empty += 1
      } else {
        tally.usable += 1
        if branches.contains(row.optionalText(0)) { tally.usableOnBranch += 1 }
      }
    }
    return tally
  }

  /// The branches whose runs count; nil is an unknown one.
  private var branches: [String?] {
    let reference = query.referenceBranch.map { [$0] } ?? []
    return query.branch == nil ? reference + [nil] : reference
  }
}

/// The runs of one commit in a cohort.
private struct Tally {
  var runs = 0
  var failed = 0
  var empty = 0
  var pruned = 0
  var usable = 0
  var usableOnBranch = 0
}

/// Finds the usable runs of a cohort, commit by commit, the newest first.
struct CommitReader {
  let database: Database
  let cohort: Int64
  /// The branches whose runs count; a nil among them is an unknown one. Nil: every branch.
  var branches: [String?]?
  /// A commit whose runs do not count. No usable run is of the unknown one.
  var excluded = Commit.unknownSHA
  /// Only commits at this time or later.
  var since: Timestamp?
  /// Only commits at this time or earlier, where their order is that of time.
  var until: Timestamp?
  /// The most commits to take, the newest ones.
  var limit = Int.max

  /// The runs of the newest commits in the order of time, a group a commit, oldest first.
  func newest() throws(SQLiteError) -> [[ReferenceRun]] {
    var found: [ReferenceRun] = []
    let branches = if let branches { branches } else { try everyBranch() }
    for branch in branches { found += try newest(on: branch) }
    found.sort(by: ReferenceRun.committedEarlier)
    var groups: [[ReferenceRun]] = []
    for run in found {
      if groups.last?.first?.sha == run.sha {
        groups[groups.count - 1].append(run)
      } else {
        groups.append([run])
      }
    }
    return groups.suffix(limit)
  }

  /// The runs of those commits that were measured, a group a commit, in the order given, which is git's: newest
  /// first.
  func runs(of commits: [String]) throws(SQLiteError) -> [[ReferenceRun]] {
    let row = try database.prepare(
      """
      SELECT \(ReferenceRun.columns) FROM runs
      WHERE sha = ?1 AND cohort = ?2 AND position >= ?3 AND \(Schema.usable)
      """)
    var groups: [[ReferenceRun]] = []
    var seen: Set<String> = [excluded]
    for sha in commits where seen.insert(sha).inserted {
      guard groups.count < limit else { break }
      try row.bind(.text(sha), .integer(cohort), .integer(earliest))
      var group: [ReferenceRun] = []
      while try row.step() {
        let run = try ReferenceRun(row)
        if branches?.contains(run.branch) ?? true { group.append(run) }
      }
      if !group.isEmpty { groups.append(group) }
    }
    return groups
  }

  /// The runs of one branch's newest commits, newest first; the runs of a commit stand together because
  /// they share its position.
  private func newest(on branch: String?) throws(SQLiteError) -> [ReferenceRun] {
    let row = try database.prepare(
      """
      SELECT \(ReferenceRun.columns) FROM runs
      WHERE cohort = ?1 AND branch IS ?2 AND position BETWEEN ?3 AND ?4 AND sha <> ?5 AND \(Schema.usable)
      ORDER BY position DESC, sha DESC
      """)
    try row.bind(
      .integer(cohort), .text(branch), .integer(earliest), .integer(until?.milliseconds ?? .max),
      .text(excluded))
    var runs: [ReferenceRun] = []
    var commits = 0
    while try row.step() {
      let run = try ReferenceRun(row)
      if runs.last?.sha != run.sha { commits += 1 }
      if commits > limit { break }
      runs.append(run)
    }
    return runs
  }

  /// The branches of the cohort. An unknown one is tallied under the same name as one without letters.
  private func everyBranch() throws(SQLiteError) -> [String?] {
    let row = try database.prepare("SELECT branch FROM branches WHERE cohort = ?1")
    try row.bind(.integer(cohort))
    var branches: [String?] = []
    while try row.step() {
      branches.append(row.text(0))
      if row.text(0).isEmpty { branches.append(nil) }
    }
    return branches
  }

  private var earliest: Int64 { since?.milliseconds ?? .min }
}
