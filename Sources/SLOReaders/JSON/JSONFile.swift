package import SLOSupport

/// A file of JSON that other floors than the readers' own look into.
package struct JSONFile {
  /// What it holds.
  package let document: JSONDocument
  /// SHA-256 of its bytes.
  package let digest: SHA256Digest

  /// Reads a file.
  /// - Throws: `unreadable` for what is missing or forbidden, `malformed` for what is no JSON.
  package init(path: String) throws(InputError) {
    let file = try SourceFile(opening: path)
    digest = try file.raw().withBytes { SHA256Digest(of: $0) }
    document = try JSONDocument(try file.raw(), file: path)
  }
}
