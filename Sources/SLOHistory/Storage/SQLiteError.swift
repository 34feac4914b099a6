internal import CSQLite

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
