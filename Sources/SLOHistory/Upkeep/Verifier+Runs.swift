internal import SLOSupport
internal import SLOModel

/// Runs against the entries of their recording.
extension Verifier {
  mutating func verifyRuns() throws(SQLiteError) {
    var told = Dictionary(grouping: told(.record).map(\.entry)) { $0.digest("run") }
    let prunings = try Journal(database: database).prunings()
    let holds = try Holds(Journal(database: database))
    let row = try database.prepare(
      "SELECT digest, recorded_at, pruned_at, measured, pruned FROM runs ORDER BY recorded_at, id")
    while try row.step() {
      result.runs += 1
      if !row.isNull(2) { result.pruned += 1 }
      guard let id = SHA256Digest(bytes: row.blob(0)) else {
        find(.run, "of \(row.blob(0).count) bytes", found: "an id that is no digest", expected: "32 bytes")
        continue
      }
      let entries = told.removeValue(forKey: id) ?? []
      verify(
        id, recordedAt: row.integerOrZero(1), counted: [row.integerOrZero(3), row.integerOrZero(4)],
        told: entries)
      let isPruned = !row.isNull(2)
      if isPruned, prunings[id] == nil {
        find(.run, "\(id)", found: "no values, and no prune that names it", expected: "its values")
      } else if !isPruned, prunings[id] != nil, !holds.contains(id) {
        find(.run, "\(id)", found: "values, though it was pruned", expected: "none")
      }
    }
    for (id, entries) in told {
      guard let id, let entry = entries.first else { continue }
      find(
        .run, "\(id)",
        found: "no run, though entry of \(entry.at) records one of \(entry.subject["profile"] ?? "?"), "
          + "commit \(entry.subject["commit"] ?? "?")", expected: "the run")
    }
  }

  /// - Parameter counted: how many values the run is said to have, and to have had before they were pruned.
  private mutating func verify(
    _ id: SHA256Digest, recordedAt: Int64, counted: [Int64], told entries: [JournalEntry]
  ) {
    guard let first = entries.map(\.at).min() else {
      return find(.run, "\(id)", found: "no entry that records it", expected: "an entry for every run")
    }
    if first.milliseconds != recordedAt {
      find(
        .run, "\(id)", found: "recorded at \(Timestamp(milliseconds: recordedAt))", expected: "at \(first)")
    }
    do {
      guard let stored = try RunReader(database: database).stored(id) else {
        return find(
          .run, "\(id)", found: "no cohort, environment or commit to it", expected: "what it hangs on")
      }
      let expected = [stored.run.reading.measurements.count, stored.pruned ?? 0].map(Int64.init)
      if counted != expected {
        find(
          .run, "\(id)", found: "\(counted[0]) values counted and \(counted[1]) pruned",
          expected: "\(expected[0]) and \(expected[1])")
      }
      verify(stored, as: id, told: entries.compactMap(\.runDigests))
    } catch {
      find(.run, "\(id)", found: error.message, expected: "what was recorded")
    }
  }

  private mutating func verify(_ stored: StoredRun, as id: SHA256Digest, told digests: [RunDigests]) {
    guard stored.id == id else {
      return find(
        .run, "\(id)", found: "source, commit, profile, sizing or service of the run \(stored.id)",
        expected: "those of its id")
    }
    let found = RunDigests(of: stored)
    if !digests.contains(where: { $0.header == found.header }) {
      find(
        .run, "\(id)", found: "a header with the digest \(found.header)",
        expected: "the digest \(digests.map(\.header.description).joined(separator: " or "))")
    }
    if stored.pruned == nil, !digests.contains(where: { $0.values == found.values }) {
      find(
        .run, "\(id)", found: "values with the digest \(found.values)",
        expected: "the digest \(digests.map(\.values.description).joined(separator: " or "))")
    }
  }
}
