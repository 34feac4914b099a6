public import SLODigest
public import SLOHistory
internal import SLOReaders

/// Reads a folder that `exportHistory` wrote, to be merged into a history.
/// - Parameter known: the entries the history has already, which may be parents of those in the folder.
/// - Throws: `malformed` with every file that is not what its name and the journal say; then nothing was read.
public func readHistory(
  from folder: String, beside known: Set<SHA256Digest>
) throws(ExchangeError) -> (draft: HistoryDraft, summary: ExchangeSummary) {
  var reader = ExchangeReader()
  let entries = reader.entries(in: folder, beside: known)
  let draft = try asking { () throws(HistoryError) in
    try HistoryDraft(entries: entries, name: folder)
  }
  let runs = try reader.readRuns(in: folder, into: draft)
  guard reader.problems.isEmpty else { throw .malformed(reader.problems) }
  return (draft, ExchangeSummary(runs: runs, entries: entries.count))
}

/// Reads the files of a folder and collects what is wrong with them.
private struct ExchangeReader {
  var problems: [InputError] = []

  /// The entries of the journal, in the order of their names.
  mutating func entries(in folder: String, beside known: Set<SHA256Digest>) -> [JournalEntry] {
    var found: [(path: String, entry: JournalEntry)] = []
    for (path, digest) in files(.journal, in: folder) {
      collecting { () throws(InputError) in
        let entry = try EntryDocument.entry(try JSONFile(path: path).document)
        guard digest == entry.hash else { throw ExchangeReader.misnamed(path, entry.hash) }
        found.append((path, entry))
      }
    }
    let hashes = known.union(found.map(\.entry.hash))
    for (path, entry) in found {
      for parent in entry.parents where !hashes.contains(parent) {
        problems.append(
          InputError(
            .malformed, file: path, found: "the parent \(parent)", expected: "a file of it in the folder",
            remedy: remedy))
      }
    }
    return found.map(\.entry)
  }

  /// Reads the runs.
  /// - Returns: how many files of them there are.
  mutating func readRuns(in folder: String, into draft: HistoryDraft) throws(ExchangeError) -> Int {
    let files = files(.runs, in: folder)
    for (path, digest) in files {
      guard let run = run(path, digest) else { continue }
      if try asking({ () throws(HistoryError) in try draft.add(run) }) { continue }
      problems.append(
        InputError(
          .malformed, file: path, found: "the run \(run.id)",
          expected: "an entry of the journal that records it",
          remedy: remedy))
    }
    return files.count
  }

  private mutating func run(_ path: String, _ digest: SHA256Digest?) -> StoredRun? {
    var run: StoredRun?
    collecting { () throws(InputError) in
      let file = try JSONFile(path: path)
      guard digest == file.digest else { throw ExchangeReader.misnamed(path, file.digest) }
      let found = try RunDocument.run(file.document)
      if let flaw = found.run.flaw {
        throw InputError(
          .malformed, file: path, found: flaw, expected: "a run that was recorded", remedy: remedy)
      }
      run = found
    }
    return run
  }

  private mutating func files(
    _ kind: ExchangeFolder.Kind, in folder: String
  ) -> [(path: String, digest: SHA256Digest?)] {
    var files: [(path: String, digest: SHA256Digest?)] = []
    collecting { () throws(InputError) in files = try ExchangeFolder.files(kind, in: folder) }
    return files
  }

  private mutating func collecting(_ body: () throws(InputError) -> Void) {
    do { try body() } catch { problems.append(error) }
  }

  private static func misnamed(_ path: String, _ digest: SHA256Digest) -> InputError {
    InputError(
      .malformed, file: path, found: "content of the digest \(digest)", expected: "the content its name says",
      remedy: remedy)
  }
}
