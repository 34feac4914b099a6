internal import CSQLite

extension HistoryError {
  /// What the caller was about to do, which decides what a failure without a better name is called.
  enum Intent {
    case read
    case write
  }

  /// Says in the user's terms what SQLite reported.
  init(_ error: SQLiteError, path: String, intent: Intent) {
    let path = error.path ?? path
    if error.isAlteration {
      self.init(
        path: path, kind: .altered, message: "is not as it was recorded: \(error.message)",
        remedy:
          "'slogate history verify' tells all that differs; take a sound copy, nothing of this was taken")
      return
    }
    let (kind, message, remedy) = HistoryError.diagnosis(of: error, intent: intent)
    self.init(path: path, kind: kind, message: message, remedy: remedy)
  }

  private static func diagnosis(of error: SQLiteError, intent: Intent) -> (Kind, String, String) {
    switch error.primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return (
        .busy, "stayed locked by another process until the busy timeout",
        "let the other process finish, or find out which one hangs"
      )
    case SQLITE_NOTADB:
      return (
        .corrupt, "is not a SQLite database",
        "name the right file with --history, or move this one away to start a new history"
      )
    case SQLITE_CORRUPT:
      return (
        .corrupt, "is damaged: \(error.message)",
        "restore a copy, or move the file away to start a new history"
      )
    case SQLITE_FULL:
      return (.unwritable, "cannot grow: \(error.message)", "free space on its disk and run again")
    case SQLITE_CONSTRAINT:
      return (
        .unrecordable, "refused what was to be recorded: \(error.message)",
        "check the result files; nothing was recorded"
      )
    default: return unnamed(error, intent: intent)
    }
  }

  private static func unnamed(_ error: SQLiteError, intent: Intent) -> (Kind, String, String) {
    switch intent {
    case .read:
      return (
        .unreadable, "cannot be read: \(error.message) (SQLite code \(error.code))",
        "check the path and the permissions of the file and its folder"
      )
    case .write:
      return (
        .unwritable, "cannot be written: \(error.message) (SQLite code \(error.code))",
        "check the path and the permissions of the file and its folder"
      )
    }
  }
}

/// Does something with a history's file, and says in the user's terms what SQLite reported.
func attempt<Result>(
  _ intent: HistoryError.Intent, on path: String, _ body: () throws(SQLiteError) -> Result
) throws(HistoryError) -> Result {
  do {
    return try body()
  } catch {
    throw HistoryError(error, path: path, intent: intent)
  }
}
