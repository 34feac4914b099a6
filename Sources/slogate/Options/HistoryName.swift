import ArgumentParser
import SLOModel

/// The path of a history's file.
enum HistoryName {
  /// Where a history usually is.
  static let usual = "history/slogate.sqlite"

  /// Refuses what names no file: SQLite would keep it for as long as the command runs, and what was acknowledged as
  /// recorded would be gone.
  static func demand(_ path: String) throws {
    guard !path.allSatisfy(\.isWhitespace), path != ":memory:" else {
      throw Failure.usage(
        "--history takes the path of a file, as in --history \(usual); found '\(path)', which keeps nothing."
          + " Is the variable set that it is taken from?")
    }
  }

  /// The history's files, as what must not be overwritten.
  static func files(_ path: String) -> [OutputFile.Used] {
    ["", "-journal", "-wal", "-shm"].map { (what: "the history", path: path + $0) }
  }
}
