/// Takes a file back to what an older slogate wrote.
enum OldSchema {
  /// The version before there was a journal.
  static let withoutJournal = """
    DROP TRIGGER pruned_runs_are_counted;
    DROP INDEX runs_by_recording; DROP INDEX verdicts_by_recording; DROP INDEX verdicts_by_commit;
    DROP INDEX verdicts_by_entry;
    ALTER TABLE runs DROP COLUMN pruned; ALTER TABLE runs DROP COLUMN pruned_at;
    ALTER TABLE cohorts DROP COLUMN pruned; ALTER TABLE verdicts DROP COLUMN entry;
    ALTER TABLE verdicts DROP COLUMN environment_name;
    DROP TABLE journal_heads; DROP TABLE journal;

    """
}
