public import SLOModel

extension History {
  /// The commits of a service that the same result was recorded for: a file of another build that still lay there.
  /// - Parameters:
  ///   - sources: `Reading.Source.sha256` of the results.
  ///   - service: the service measured.
  ///   - end: what was recorded later does not count.
  /// - Returns: the known commits by source, the last recorded first; a source that was not recorded has none.
  public func commits(
    measuredBy sources: Set<String>, service: String, until end: Timestamp
  ) throws(HistoryError) -> [String: [Commit]] {
    try read { () throws(SQLiteError) in
      let row = try database.prepare(
        """
        SELECT sha, branch, committed_at, first_parent
        FROM runs JOIN commits USING (sha) JOIN cohorts ON cohorts.id = cohort
        WHERE source_sha256 = ?1 AND service = ?2 AND recorded_at <= ?3 AND sha <> 'unknown'
        ORDER BY recorded_at DESC, sha
        """)
      var found: [String: [Commit]] = [:]
      for source in sources {
        try row.bind(.text(source), .text(service), .integer(end.milliseconds))
        while try row.step() {
          let commit = Commit(
            sha: row.text(0), branch: row.optionalText(1), committedAt: try row.time(2),
            firstParent: row.optionalText(3))
          if found[source, default: []].contains(where: { $0.sha == commit.sha }) { continue }
          found[source, default: []].append(commit)
        }
      }
      return found
    }
  }
}
