internal import SLOSupport
internal import SLOHistory
internal import SLOModel
internal import SLOReaders
internal import SLOReports

/// An entry of the journal as a file, named by its hash.
enum EntryDocument {
  /// The name of the form, which is that of the hash too.
  static let schema = "slogate.journal/v1"

  /// The text of an entry's file.
  static func text(of entry: JournalEntry) -> String {
    JSONText.object([
      ("schema", .string(schema)), ("at", .string(entry.at.description)),
      ("kind", .string(entry.kind.rawValue)), ("subject", .object(entry.subject)),
      ("parents", .array(entry.parents.map { .string($0.description) })),
    ]).document
  }

  /// The entry a file holds.
  static func entry(_ document: JSONDocument) throws(InputError) -> JournalEntry {
    let root = try document.root.object()
    try root.require(schema: schema)
    let (time, kind) = (try root.required("at"), try root.required("kind"))
    guard let at = Timestamp(rfc3339: try time.string()) else {
      throw time.error(expected: "a time as in 2026-11-20T23:20:00.578Z", remedy: remedy)
    }
    guard let known = JournalEntry.Kind(rawValue: try kind.string()) else {
      throw kind.error(
        expected: "one of " + JournalEntry.Kind.allCases.map(\.rawValue).joined(separator: ", "),
        remedy: remedy)
    }
    let parents = try root.list("parents") { value throws(InputError) in
      guard let hash = SHA256Digest(hexadecimal: try value.string()) else {
        throw value.error(expected: "a hash of 64 hexadecimal digits", remedy: remedy)
      }
      return hash
    }
    return JournalEntry(at: at, kind: known, subject: try root.words("subject"), parents: parents)
  }
}
