/// The runs of each cohort and branch, counted: kept up by triggers, and here counted from the runs themselves.
enum RunCounts {
  /// Every cohort with what `cohorts` should say of it.
  private static let cohorts = """
    SELECT cohorts.id AS cohort, count(runs.id) AS runs,
      count(runs.id) FILTER (WHERE sha = 'unknown') AS unnamed,
      count(runs.id) FILTER (WHERE sha <> 'unknown' AND failure IS NOT NULL) AS failed,
      count(runs.id) FILTER (
        WHERE sha <> 'unknown' AND failure IS NULL AND measured = 0 AND runs.pruned = 0) AS empty,
      count(runs.id) FILTER (WHERE sha <> 'unknown' AND failure IS NULL AND runs.pruned > 0) AS pruned,
      coalesce(max(recorded_at), 0) AS newest
    FROM cohorts LEFT JOIN runs ON runs.cohort = cohorts.id GROUP BY cohorts.id
    """

  /// Every cohort and branch with what `branches` should say of it.
  private static let branches = """
    SELECT cohort, coalesce(branch, '') AS branch, count(*) AS runs FROM runs WHERE \(Schema.usable) GROUP BY 1, 2
    """

  /// Counts anew.
  static func recount(_ database: Database) throws(SQLiteError) {
    try database.execute(
      """
      UPDATE cohorts SET (runs, unnamed, failed, empty, pruned, newest) = (
        SELECT runs, unnamed, failed, empty, pruned, newest FROM (\(cohorts)) WHERE cohort = cohorts.id);
      DELETE FROM branches;
      INSERT INTO branches(cohort, branch, runs) \(branches)
      """)
  }

  /// How many cohorts and branches are counted wrong.
  static func mistakes(_ database: Database) throws(SQLiteError) -> Int {
    let cohort = try database.integer(
      """
      SELECT count(*) FROM (
        SELECT cohort, runs, unnamed, failed, empty, pruned, newest FROM (\(cohorts))
        EXCEPT SELECT id, runs, unnamed, failed, empty, pruned, newest FROM cohorts)
      """)
    let kept = "SELECT cohort, branch, runs FROM branches WHERE runs > 0"
    let branch = try database.integer(
      """
      SELECT count(*) FROM (
        SELECT cohort, branch FROM (\(branches) EXCEPT \(kept))
        UNION SELECT cohort, branch FROM (\(kept) EXCEPT \(branches)))
      """)
    return Int(cohort ?? 0) + Int(branch ?? 0)
  }
}
