internal import CSQLite
internal import Glibc
internal import SLOSupport

/// Opens the file of a history, and sees that it is one before anything in it is touched.
struct HistoryFile {
  let path: String
  let busyTimeout: Duration

  /// Opens the file for recording; makes it, and the folders it lies in, when it is not there.
  func create() throws(HistoryError) -> Database {
    guard !isNameless else { throw nameless(.unwritable) }
    do { try FileSystem.makeFolders(for: path) } catch {
      throw refused(
        .unwritable, "its folder '\(error.path)' cannot be made: \(error.reason)", "check --history")
    }
    if FileSystem.isFolder(path) {
      throw refused(.unwritable, "is a folder", "name a file in it with --history")
    }
    let database = try open(.create, intent: .write)
    _ = try isHistory(database, intent: .write)
    try attempt(.write, on: path) { () throws(SQLiteError) in
      try settleJournal(of: database)
      try tune(database)
      try migrate(database)
    }
    return database
  }

  /// Opens the file if it is there and holds anything; makes nothing.
  func openExisting() throws(HistoryError) -> Database? {
    guard !isNameless else { throw nameless(.unreadable) }
    if HistoryFile.isEmpty(path) { return nil }
    if FileSystem.isFolder(path) {
      throw refused(.unreadable, "is a folder", "name a file in it with --history")
    }
    let database = try readable()
    guard try isHistory(database, intent: .read) else { return nil }
    try attempt(.read, on: path) { () throws(SQLiteError) in try tune(database) }
    return database
  }

  /// A connection that reads, of the most capable kind that does: where neither the file nor its folder can
  /// be written, a database with a write-ahead log opens only if it is promised that no process writes.
  private func readable() throws(HistoryError) -> Database {
    do {
      let database = try Database(path: path, access: .existing, busyTimeout: busyTimeout)
      try whileBusy { () throws(SQLiteError) in _ = try database.integer("PRAGMA user_version") }
      return database
    } catch {
      let isForbidden = [SQLITE_CANTOPEN, SQLITE_READONLY].contains(error.primaryCode)
      guard isForbidden, HistoryFile.isEmpty(path + "-wal") else {
        throw HistoryError(error, path: path, intent: .read)
      }
      return try open(.immutable, intent: .read)
    }
  }

  private func open(_ access: Database.Access, intent: HistoryError.Intent) throws(HistoryError) -> Database {
    try attempt(intent, on: path) { () throws(SQLiteError) in
      try Database(path: path, access: access, busyTimeout: busyTimeout)
    }
  }

  /// With a write-ahead log a commit needs no flush to keep the file whole; the rollback journal does. What is
  /// deleted is overwritten, as Debian builds SQLite, but not where that alone would write a page.
  private func tune(_ database: Database) throws(SQLiteError) {
    try database.execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = FAST")
    let mode = try database.prepare("PRAGMA journal_mode")
    if try mode.step(), mode.text(0) == "wal" { try database.execute("PRAGMA synchronous = NORMAL") }
  }

  /// Whether the file holds a history that this slogate can use; false for one without content.
  private func isHistory(
    _ database: Database, intent: HistoryError.Intent
  ) throws(HistoryError) -> Bool {
    let (id, version, objects) = try attempt(intent, on: path) { () throws(SQLiteError) in
      try whileBusy { () throws(SQLiteError) in try identity(of: database) }
    }
    if id == 0, version == 0, objects == 0 { return false }
    guard id == Schema.applicationID else {
      throw refused(
        .foreign, "is the database of another application",
        "name another file with --history; this one was left as it is")
    }
    guard version >= 0 else {
      throw refused(
        .corrupt, "has schema version \(version), which slogate never wrote",
        "restore a copy, or move the file away to start a new history")
    }
    guard version <= Schema.version else {
      throw refused(
        .newer(found: Int(version), supported: Schema.version),
        "has schema version \(version); this slogate knows versions up to \(Schema.version)",
        "use the slogate that wrote it, or a newer one")
    }
    return true
  }

  private func identity(
    of database: Database
  ) throws(SQLiteError) -> (application: Int64, version: Int64, objects: Int64) {
    try database.read { () throws(SQLiteError) in
      let application = try database.integer("PRAGMA application_id") ?? 0
      let version = try database.integer("PRAGMA user_version") ?? 0
      // Only a file without our mark has to be looked into.
      let objects =
        application == 0 ? try database.integer("SELECT count(*) FROM sqlite_schema") ?? 0 : 1
      return (application, version, objects)
    }
  }
}

/// Making a file a history.
extension HistoryFile {
  /// A write-ahead log lets readers and a writer work at once. Where it cannot be had SQLite stays with the
  /// rollback journal, which is slower and as safe.
  private func settleJournal(of database: Database) throws(SQLiteError) {
    let mode = HistoryFile.isOnNetwork(path) ? "delete" : "wal"
    try whileBusy { () throws(SQLiteError) in try database.run("PRAGMA journal_mode = \(mode)") }
  }

  /// Brings the schema to this version, and takes the write lock only where there is something to do.
  private func migrate(_ database: Database) throws(SQLiteError) {
    guard try Schema.version(of: database) < Schema.version else { return }
    try database.write { () throws(SQLiteError) in try Schema.migrate(database) }
  }
}

/// Trouble.
extension HistoryFile {
  /// Tries again until the busy timeout: the switch of the journal mode, and the first look at a file whose
  /// mode another process is switching, do not wait for locks.
  private func whileBusy<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    let deadline = ContinuousClock.now + busyTimeout
    while true {
      do {
        return try body()
      } catch {
        guard error.isBusy, ContinuousClock.now < deadline else { throw error }
        usleep(2_000)
      }
    }
  }

  /// What SQLite would keep for as long as the process lives, and no longer.
  private var isNameless: Bool { path.allSatisfy(\.isWhitespace) || path == ":memory:" }

  private func nameless(_ kind: HistoryError.Kind) -> HistoryError {
    refused(kind, "names no file, so that nothing would be kept", "name a file with --history")
  }

  private func refused(_ kind: HistoryError.Kind, _ message: String, _ remedy: String) -> HistoryError {
    HistoryError(path: path, kind: kind, message: message, remedy: remedy)
  }

  /// Whether nothing lies at a path, or what holds nothing: an empty file, a device.
  private static func isEmpty(_ path: String) -> Bool {
    switch FileSystem.occupant(of: path) {
    case nil, .file(size: 0), .special: true
    case .file, .folder, .hidden: false
    }
  }

  /// Whether the memory that a write-ahead log is coordinated through would not be shared: SQLite takes a
  /// network file system for a local one, and two machines would then destroy the file between them.
  private static func isOnNetwork(_ path: String) -> Bool {
    var status = statfs()
    guard statfs(path, &status) == 0 else { return false }
    return networkMagic.contains(UInt32(truncatingIfNeeded: status.f_type))
  }

  // From linux/magic.h: NFS, SMB, CIFS, SMB2, 9P, AFS, Ceph.
  private static let networkMagic: [UInt32] = [
    0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x00C3_6400,
  ]
}
