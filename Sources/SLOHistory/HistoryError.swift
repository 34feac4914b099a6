import CSQLite

/// Why a history could not be read or written. The history is as it was before.
package struct HistoryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of error it is, for callers that decide by it.
  package enum Kind: Sendable, Hashable {
    /// The file is there and cannot be read.
    case unreadable
    /// The file or its folder cannot be written: permissions, a full disk, something in its place.
    case unwritable
    /// The file is no SQLite database, or a damaged one.
    case corrupt
    /// The file holds what its journal does not record, or lacks what it does.
    case altered
    /// The file is the database of another application.
    case foreign
    /// The file was written by a newer slogate.
    case newer(found: Int, supported: Int)
    /// Other processes kept the file locked for longer than the busy timeout.
    case busy
    /// What was to be recorded is not fit to be: a value that is not finite, a series twice in a run.
    case unrecordable
  }

  /// The history's file as it was named.
  package var path: String
  /// What kind of trouble it is.
  package var kind: Kind
  /// What was found.
  package var message: String
  /// What to do about it.
  package var remedy: String

  /// Creates an error.
  package init(path: String, kind: Kind, message: String, remedy: String) {
    self.path = path
    self.kind = kind
    self.message = message
    self.remedy = remedy
  }

  /// One line: file, what was found, what to do.
  package var description: String { "\(path): \(message); \(remedy)" }
}

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
          "'slogate history verify' lists all that differs; take a sound copy, nothing of this was taken")
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

/// A failure as SQLite reports it: the extended result code, its message and the statement it happened in.
///
/// `History` turns it into a `HistoryError` at its door; no caller outside this module sees one.
struct SQLiteError: Error, CustomStringConvertible {
  /// The extended result code; see https://www.sqlite.org/rescode.html.
  let code: Int32
  /// What SQLite says about it.
  let message: String
  /// The statement, or what was being done.
  let context: String
  /// The history it happened in, where that is not the one that was asked.
  var path: String? = nil
  /// Whether a history was found to be not what its journal says.
  var isAlteration = false

  /// The code without its extension: `SQLITE_BUSY` for `SQLITE_BUSY_SNAPSHOT`.
  var primaryCode: Int32 { code & 0xff }

  /// Whether another connection stood in the way, so that trying again may help.
  var isBusy: Bool { primaryCode == SQLITE_BUSY || primaryCode == SQLITE_LOCKED }

  var description: String { "\(message) (SQLite code \(code), in \(context))" }

  /// A stored text or number that slogate cannot have written.
  static func unexpected(_ found: String, in column: String) -> SQLiteError {
    SQLiteError(code: SQLITE_CORRUPT, message: "\(column) holds \(found)", context: column)
  }

  /// Something in a history that is not what its journal says.
  static func altered(_ difference: String) -> SQLiteError {
    SQLiteError(code: SQLITE_CORRUPT, message: difference, context: "journal", isAlteration: true)
  }
}
