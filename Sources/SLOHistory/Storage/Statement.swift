internal import CSQLite

/// A value bound to a parameter; nil is NULL.
enum Value {
  case integer(Int64?)
  case real(Double?)
  case text(String?)
  case blob([UInt8])
}

/// A prepared statement in use. It goes back to its connection, unbound, when its owner lets go.
struct Statement: ~Copyable {
  private let handle: OpaquePointer
  private let sql: String
  private let database: Database

  init(handle: OpaquePointer, sql: String, database: Database) {
    self.handle = handle
    self.sql = sql
    self.database = database
  }

  deinit {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    database.keep(handle, sql: sql)
  }

  /// Starts over with these values for the parameters `?1`, `?2` ….
  func bind(_ values: Value...) throws(SQLiteError) { try bind(values) }

  /// Starts over with these values for the parameters `?1`, `?2` ….
  func bind(_ values: [Value]) throws(SQLiteError) {
    sqlite3_reset(handle)
    var index: Int32 = 1
    for value in values {
      guard bind(value, at: index) == SQLITE_OK else { throw database.error(in: sql) }
      index += 1
    }
  }

  private func bind(_ value: Value, at index: Int32) -> Int32 {
    switch value {
    case .integer(let number?): return sqlite3_bind_int64(handle, index, number)
    case .real(let number?): return sqlite3_bind_double(handle, index, number)
    case .text(let text?):
      return text.withCString { sqlite3_bind_text(handle, index, $0, Int32(text.utf8.count), transient) }
    case .blob(let bytes):
      return sqlite3_bind_blob(handle, index, bytes, Int32(bytes.count), transient)
    case .integer(nil), .real(nil), .text(nil): return sqlite3_bind_null(handle, index)
    }
  }

  /// Moves to the next row.
  /// - Returns: whether there is one.
  func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.error(in: sql)
    }
  }

  /// Runs the statement to its end with these values.
  func run(_ values: Value...) throws(SQLiteError) { try run(values) }

  /// Runs the statement to its end with these values.
  func run(_ values: [Value]) throws(SQLiteError) {
    try bind(values)
    _ = try step()
  }
}

/// The columns of the current row, counted from 0.
extension Statement {
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  func integer(_ column: Int32) -> Int64? { isNull(column) ? nil : integerOrZero(column) }

  func integerOrZero(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// How many of something: 0 … 2^53, for more slogate never writes.
  func count(_ column: Int32) throws(SQLiteError) -> Int {
    let number = integerOrZero(column)
    guard (0...Statement.largestCount).contains(number) else {
      throw .unexpected("\(number)", in: name(of: column))
    }
    return Int(number)
  }

  private static let largestCount: Int64 = 1 << 53

  /// The name of a column, for messages.
  func name(of column: Int32) -> String {
    sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "column \(column)"
  }

  func real(_ column: Int32) -> Double? { isNull(column) ? nil : realOrZero(column) }

  func realOrZero(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  func text(_ column: Int32) -> String {
    guard let start = sqlite3_column_text(handle, column) else { return "" }
    let length = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
  }

  func blob(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }
}

/// SQLITE_TRANSIENT, a cast that C macros cannot hand to Swift: SQLite copies what it is given.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
