internal import SLOSupport
public import SLOHistory
import SLOModel

/// Writes a history as a folder of files that git can merge: one a run, named by its content, and one an entry of
/// the journal. Nothing in it is ever changed, so that two such folders never conflict.
/// - Returns: what the folder holds of the history now.
public func exportHistory(
  _ history: History, to folder: String
) throws(ExchangeError) -> ExchangeSummary {
  let history = try inNewestSchema(history)
  return try history.snapshot(
    { () throws(ExchangeError) in
      var summary = ExchangeSummary()
      for entry in try asking({ () throws(HistoryError) in try history.journal() }) {
        let name = ExchangeFolder.name(.journal, entry.hash)
        try write(EntryDocument.text(of: entry), to: folder, name, &summary)
        summary.entries += 1
      }
      for id in try asking({ () throws(HistoryError) in try history.runIDs() }) {
        guard let run = try asking({ () throws(HistoryError) in try history.stored(id) }) else { continue }
        let text = RunDocument.text(of: run)
        try write(text, to: folder, ExchangeFolder.name(.runs, SHA256Digest(of: text)), &summary)
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
