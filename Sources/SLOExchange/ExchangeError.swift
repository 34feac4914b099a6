public import SLOHistory
public import SLOReaders

/// Why a history could not be exported or imported.
public enum ExchangeError: Error {
  /// The history itself cannot be read or written.
  case history(HistoryError)
  /// A file of the folder cannot be written: its path and the reason.
  case unwritable(path: String, reason: String)
  /// Files of the folder are not what they should be: all of them.
  case malformed([InputError])
}

/// What an export or import handled.
public struct ExchangeSummary: Sendable, Hashable {
  /// How many runs.
  public var runs = 0
  /// How many entries of the journal.
  public var entries = 0
  /// How many files an export had to write; the rest lay there already.
  public var written = 0
}
