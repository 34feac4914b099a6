import SLOModel
package import SLOReaders
import SLOSupport

/// Writes a history as a folder of files that git can merge: one a run, named by its content, and one an entry of
/// the journal. Nothing in it is ever changed, so that two such folders never conflict.
/// - Returns: what the folder holds of the history now.
package func exportHistory(
  _ history: History, to folder: String
) throws(ExchangeError) -> ExchangeSummary {
  let history = try inNewestSchema(history)
  return try history.snapshot(
    { () throws(ExchangeError) in
      var summary = ExchangeSummary()
      for entry in try asking({ () throws(HistoryError) in try history.journal() }) {
        let name = HistoryFolder.name(.journal, entry.hash)
        try write(JournalDocument.text(of: entry), to: folder, name, &summary)
        summary.entries += 1
      }
      for id in try asking({ () throws(HistoryError) in try history.runIDs() }) {
        guard let run = try asking({ () throws(HistoryError) in try history.stored(id) }) else { continue }
        let text = RunDocument.text(of: run)
        try write(text, to: folder, HistoryFolder.name(.runs, SHA256Digest(of: text)), &summary)
        summary.runs += 1
      }
      return summary
    }, or: { .history($0) })
}

private func inNewestSchema(_ history: History) throws(ExchangeError) -> History {
  try asking { () throws(HistoryError) in try history.inNewestSchema() }
}

func asking<Result>(_ body: () throws(HistoryError) -> Result) throws(ExchangeError) -> Result {
  do { return try body() } catch { throw .history(error) }
}

/// Writes a file whole or not at all, unless it lies there already.
private func write(
  _ text: String, to folder: String, _ name: String, _ summary: inout ExchangeSummary
) throws(ExchangeError) {
  let path = folder + "/" + name
  if FileSystem.holds(text, at: path) { return }
  do throws(FileError) {
    try FileSystem.makeFolders(for: path)
    // A file that a power cut emptied is written again by the next export.
    try FileSystem.write(text, to: path, isSynced: false)
  } catch {
    throw .unwritable(path: path, reason: error.reason)
  }
  summary.written += 1
}

/// Why a history could not be exported or imported.
package enum ExchangeError: Error {
  /// The history itself cannot be read or written.
  case history(HistoryError)
  /// A file of the folder cannot be written: its path and the reason.
  case unwritable(path: String, reason: String)
  /// Files of the folder are not what they should be: all of them.
  case malformed([InputError])
}

/// What an export or import handled.
package struct ExchangeSummary: Sendable, Hashable {
  /// How many runs.
  package var runs = 0
  /// How many entries of the journal.
  package var entries = 0
  /// How many files an export had to write; the rest lay there already.
  package var written = 0
}

/// How the files of an exported history lie: `runs/ab/abcd….json` and `journal/ab/abcd….json`.
enum HistoryFolder {
  /// The two kinds of files.
  enum Kind: String {
    case runs
    case journal
  }

  /// The path of a file within the folder.
  static func name(_ kind: Kind, _ digest: SHA256Digest) -> String {
    "\(kind.rawValue)/\(digest.description.prefix(2))/\(digest).json"
  }

  /// The files of a kind with the digests that name them, by name.
  static func files(
    _ kind: Kind, in folder: String
  ) throws(InputError) -> [(path: String, digest: SHA256Digest?)] {
    let root = FileSystem.join(folder, kind.rawValue)
    var files: [(String, SHA256Digest?)] = []
    for part in try PathExpansion.entries(of: root).sorted() where !part.hasPrefix(".") {
      let subfolder = FileSystem.join(root, part)
      for name in try PathExpansion.entries(of: subfolder).sorted() where name.hasSuffix(".json") {
        let path = FileSystem.join(subfolder, name)
        guard FileSystem.isFile(path) else { throw noFile(path) }
        files.append((path, SHA256Digest(hexadecimal: String(name.dropLast(5)))))
      }
    }
    return files
  }

  /// A pipe that no process writes to would be waited for without end.
  private static func noFile(_ path: String) -> InputError {
    InputError(
      .unreadable, file: path, found: "no regular file", expected: "a file that slogate exported",
      remedy: "remove it from the folder")
  }
}
