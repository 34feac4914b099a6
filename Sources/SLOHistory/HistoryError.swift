/// Why a history could not be read or written. The history is as it was before.
public struct HistoryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is, for those who must decide and not only tell.
  public enum Kind: Sendable, Hashable {
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
  public var path: String
  /// What kind of trouble it is.
  public var kind: Kind
  /// What was found.
  public var message: String
  /// What to do about it.
  public var remedy: String

  /// Creates an error.
  public init(path: String, kind: Kind, message: String, remedy: String) {
    self.path = path
    self.kind = kind
    self.message = message
    self.remedy = remedy
  }

  /// One line: file, what was found, what to do.
  public var description: String { "\(path): \(message); \(remedy)" }
}
