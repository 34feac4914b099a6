internal import CSQLite

/// One connection to a database file. It belongs to one thread, keeps its prepared statements, and closes
/// when its last owner lets go; the last connection to a file takes the write-ahead log with it.
final class Database {
  /// How a file is opened.
  enum Access {
    /// Reads and writes, and makes the file when there is none.
    case create
    /// Reads, and writes where the file allows it.
    case existing
    /// Reads a file that is never written, without locks and without a write-ahead log.
    case immutable
  }

  let handle: OpaquePointer
  private var kept: [String: OpaquePointer] = [:]

  /// Opens a file. SQLite looks at its content only when the first statement runs.
  init(path: String, access: Access, busyTimeout: Duration) throws(SQLiteError) {
    var handle: OpaquePointer?
    let name = access == .immutable ? Database.immutableName(of: path) : path
    let code = sqlite3_open_v2(name, &handle, access.flags, nil)
    guard code == SQLITE_OK, let handle else {
      let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
      sqlite3_close_v2(handle)
      throw SQLiteError(code: extended, message: message, context: "open")
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, busyTimeout.milliseconds)
    // A file may come from anywhere: its views and triggers call no function that does more than compute, and no
    // text in it is longer than any that slogate writes.
    sqlite3_exec(handle, "PRAGMA trusted_schema = OFF", nil, nil, nil)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Database.longestText)
  }

  /// 128 MiB.
  private static let longestText: Int32 = 1 << 27

  deinit {
    for statement in kept.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// The error of the last call.
  func error(in context: String) -> SQLiteError {
    SQLiteError(
      code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)),
      context: context)
  }

  /// Runs statements without parameters or results, such as a schema.
  func execute(_ script: String) throws(SQLiteError) {
    guard sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK else { throw error(in: script) }
  }

  /// The statement of this text: a kept one, or a new one.
  func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    if let statement = kept.removeValue(forKey: sql) {
      return Statement(handle: statement, sql: sql, database: self)
    }
    var statement: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    guard sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nil) == SQLITE_OK, let statement else {
      throw error(in: sql)
    }
    return Statement(handle: statement, sql: sql, database: self)
  }

  /// Takes a statement back for the next use of its text.
  func keep(_ statement: OpaquePointer, sql: String) {
    if let other = kept.updateValue(statement, forKey: sql) { sqlite3_finalize(other) }
  }

  /// Every statement that was prepared and is at rest.
  var keptStatements: [String] { kept.keys.sorted() }

  /// Runs one statement that gives no row.
  func run(_ sql: String, _ values: Value...) throws(SQLiteError) {
    let statement = try prepare(sql)
    try statement.bind(values)
    _ = try statement.step()
  }

  /// The first column of the first row.
  /// - Returns: nil when there is no row or its value is NULL.
  func integer(_ sql: String, _ values: Value...) throws(SQLiteError) -> Int64? {
    try integer(sql, values)
  }

  /// The first column of the first row.
  /// - Returns: nil when there is no row or its value is NULL.
  func integer(_ sql: String, _ values: [Value]) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    try statement.bind(values)
    return try statement.step() ? statement.integer(0) : nil
  }

  /// The id that a statement gives, which always gives one.
  func id(_ sql: String, _ values: Value...) throws(SQLiteError) -> Int64 {
    guard let id = try integer(sql, values) else { throw .unexpected("no id", in: sql) }
    return id
  }
}

extension Database {
  /// A copy in a private file that is gone with its connection.
  func temporaryCopy() throws(SQLiteError) -> Database {
    let copy = try Database(path: "", access: .create, busyTimeout: .zero)
    guard let backup = sqlite3_backup_init(copy.handle, "main", handle, "main") else {
      throw copy.error(in: "backup")
    }
    sqlite3_backup_step(backup, -1)
    guard sqlite3_backup_finish(backup) == SQLITE_OK else { throw copy.error(in: "backup") }
    return copy
  }
}

extension Database {
  /// Runs `body` in a transaction that takes the write lock at once, so that no other process can write between its
  /// reads and its writes. A deferred transaction that turns into a writer loses under contention, whatever
  /// the timeout.
  func write<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
    try transaction("BEGIN IMMEDIATE", body)
  }

  /// Runs `body` on one snapshot, which also spares the locks each statement would take for itself.
  func read<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
    try transaction("BEGIN", body)
  }

  private func transaction<Result>(
    _ begin: String, _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    // Within a transaction of the caller's the body is part of that.
    guard sqlite3_get_autocommit(handle) != 0 else { return try body() }
    try run(begin)
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // SQLite may have rolled back by itself (disk full): then this fails, and there is nothing to undo.
      try? run("ROLLBACK")
      throw error
    }
  }

  private static func immutableName(of path: String) -> String {
    let escapes = [UInt8(ascii: "%"): "%25", UInt8(ascii: "?"): "%3f", UInt8(ascii: "#"): "%23"]
    var name = Array("file:".utf8)
    for byte in path.utf8 {
      if let escape = escapes[byte] { name += Array(escape.utf8) } else { name.append(byte) }
    }
    return String(decoding: name, as: UTF8.self) + "?immutable=1"
  }
}

extension Database.Access {
  fileprivate var flags: Int32 {
    let common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    switch self {
    case .create: return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .existing: return common | SQLITE_OPEN_READWRITE
    case .immutable: return common | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int32 {
    Int32(clamping: components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
