internal import SLOSupport
internal import SLOReaders

/// Reads a folder that `exportHistory` wrote, to be merged into a history.
/// - Parameter target: the history that it is for, which may have some of the entries and runs already; nil where
///   there is none yet.
/// - Throws: `malformed` with every file that is not what its name and the journal say, and every run that the
///   journal records and neither side has; then nothing was read.
package func readHistory(
  from folder: String, for target: History?
) throws(ExchangeError) -> (draft: HistoryDraft, summary: ExchangeSummary) {
  let known = try asking { () throws(HistoryError) in Set(try target?.journal().map(\.hash) ?? []) }
  let runs = try asking { () throws(HistoryError) in Set(try target?.runIDs() ?? []) }
  var reader = ExchangeReader()
  let entries = reader.entries(in: folder, beside: known)
  let draft = try asking { () throws(HistoryError) in
    try HistoryDraft(entries: entries.map(\.entry), name: folder)
  }
  let files = try reader.readRuns(in: folder, into: draft)
  reader.missRuns(of: entries) { known.contains($0.hash) && runs.contains($1) }
  guard reader.problems.isEmpty else { throw .malformed(reader.problems) }
  return (draft, ExchangeSummary(runs: files, entries: entries.count))
}

/// Reads the files of a folder and collects what is wrong with them.
private struct ExchangeReader {
  var problems: [InputError] = []
  /// The runs that a file is of, a wrong one too.
  private var found: Set<SHA256Digest> = []

  /// The entries of the journal, in the order of their names.
  mutating func entries(
    in folder: String, beside known: Set<SHA256Digest>
  ) -> [(path: String, entry: JournalEntry)] {
    var found: [(path: String, entry: JournalEntry)] = []
    for (path, digest) in files(.journal, in: folder) {
      collecting { () throws(InputError) in
        let entry = try JournalDocument.entry(try JSONFile(path: path).document)
        guard digest == entry.hash else { throw ExchangeReader.misnamed(path, entry.hash) }
        found.append((path, entry))
      }
    }
    let hashes = known.union(found.map(\.entry.hash))
    for (path, entry) in found {
      for parent in entry.parents where !hashes.contains(parent) {
        refuse(path, found: "the parent \(parent)", expected: "a file of it in the folder")
      }
    }
    return found
  }

  /// Reads the runs.
  /// - Returns: how many files of them there are.
  mutating func readRuns(in folder: String, into draft: HistoryDraft) throws(ExchangeError) -> Int {
    let files = files(.runs, in: folder)
    for (path, digest) in files {
      guard let run = run(path, digest) else { continue }
      found.insert(run.id)
      if let misfit = try asking({ () throws(HistoryError) in try draft.add(run) }) {
        refuse(path, found: misfit.found, expected: misfit.expected)
      }
    }
    return files.count
  }

  /// Tells the recorded runs that no file is of. A file that cannot be read leaves open whose it is: then those that
  /// cannot are all that is reported.
  /// - Parameter isKnown: whether the target has an entry and its run.
  mutating func missRuns(
    of entries: [(path: String, entry: JournalEntry)], but isKnown: (JournalEntry, SHA256Digest) -> Bool
  ) {
    guard problems.isEmpty else { return }
    for (path, entry) in entries {
      guard let run = entry.recordedRun, !isKnown(entry, run), found.insert(run).inserted else { continue }
      let (profile, commit) = (entry.subject["profile"] ?? "?", entry.subject["commit"] ?? "?")
      refuse(
        path, found: "no file of the run \(run) that it records (\(profile), commit \(commit))",
        expected: "one under runs/")
    }
  }

  private mutating func refuse(_ path: String, found: String, expected: String) {
    problems.append(InputError(.malformed, file: path, found: found, expected: expected, remedy: remedy))
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
    _ kind: HistoryFolder.Kind, in folder: String
  ) -> [(path: String, digest: SHA256Digest?)] {
    var files: [(path: String, digest: SHA256Digest?)] = []
    collecting { () throws(InputError) in files = try HistoryFolder.files(kind, in: folder) }
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
