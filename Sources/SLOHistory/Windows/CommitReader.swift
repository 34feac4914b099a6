internal import SLOModel

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
