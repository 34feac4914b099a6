extension Schema {
  /// The version from which there is a journal, and runs can be pruned.
  static let versionWithJournal = 3

  /// A decision of a person, of which there are few: the partial index is used only by queries that repeat these
  /// words.
  static let decision = "kind IN ('accept', 'hold', 'release', 'prune')"

  /// The version from which acceptances can be taken back. An older slogate would hold on to them, so it has to
  /// refuse the file.
  static let versionWithRevocations = 5

  /// The same of a decision that only this version knows.
  static let revocation = "kind = 'revoke'"

  static let revocations = "CREATE INDEX journal_by_revocation ON journal(kind) WHERE \(revocation);"

  // A pruned run has no measurements, so it is no reference and no index has to know of it.
  static let journal = """
    CREATE TABLE journal(
      number INTEGER PRIMARY KEY,         -- the order of arrival: parents stand before their children
      hash BLOB NOT NULL UNIQUE,          -- SHA-256 of the rest, see JournalEntry.hash
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,              -- JSON object
      parents BLOB NOT NULL               -- hashes, 32 bytes each, sorted
    ) STRICT;
    CREATE INDEX journal_by_decision ON journal(kind) WHERE \(decision);

    CREATE TRIGGER journal_is_not_edited BEFORE UPDATE ON journal
      BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal
      BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

    CREATE TABLE journal_heads(hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID; -- entries that are nobody's parent

    ALTER TABLE runs ADD COLUMN pruned_at INTEGER;
    ALTER TABLE runs ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0; -- how many measurements it had
    ALTER TABLE cohorts ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0; -- usable but for this
    ALTER TABLE verdicts ADD COLUMN entry BLOB REFERENCES journal(hash);
    ALTER TABLE verdicts ADD COLUMN environment_name TEXT;

    CREATE INDEX runs_by_recording ON runs(recorded_at);
    CREATE INDEX verdicts_by_recording ON verdicts(recorded_at);
    CREATE INDEX verdicts_by_commit ON verdicts(sha);
    CREATE UNIQUE INDEX verdicts_by_entry ON verdicts(entry);

    CREATE TRIGGER pruned_runs_are_counted AFTER UPDATE OF measured ON runs
      WHEN (OLD.measured > 0) <> (NEW.measured > 0) AND NEW.failure IS NULL AND NEW.sha <> 'unknown'
    BEGIN
      UPDATE cohorts SET pruned = pruned + (NEW.measured = 0) - (OLD.measured = 0) WHERE id = NEW.cohort;
      INSERT INTO branches(cohort, branch, runs) VALUES(NEW.cohort, coalesce(NEW.branch, ''), 0)
        ON CONFLICT DO NOTHING;
      UPDATE branches SET runs = runs + (NEW.measured > 0) - (OLD.measured > 0)
        WHERE cohort = NEW.cohort AND branch = coalesce(NEW.branch, '');
    END;
    """
}
