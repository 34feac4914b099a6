internal import SLOSupport
internal import SLOReaders

/// How the files of an exported history lie: `runs/ab/abcd….json` and `journal/ab/abcd….json`.
enum ExchangeFolder {
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
      let shelf = FileSystem.join(root, part)
      for name in try PathExpansion.entries(of: shelf).sorted() where name.hasSuffix(".json") {
        let path = FileSystem.join(shelf, name)
        guard FileSystem.isFile(path) else { throw noFile(path) }
        files.append((path, SHA256Digest(hexadecimal: String(name.dropLast(5)))))
      }
    }
    return files
  }

  /// A pipe that nobody writes to would be waited for without end.
  private static func noFile(_ path: String) -> InputError {
    InputError(
      .unreadable, file: path, found: "no regular file", expected: "a file that slogate exported",
      remedy: "remove it from the folder")
  }
}
