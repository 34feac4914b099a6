internal import SLOModel
internal import SLOSupport

/// The reader of a kind of evidence that is what lies in a folder itself, and not results about it.
///
/// It is asked where a folder, or a pattern of files, is given under a name that only its kind has.
protocol FolderReader: EvidenceReader {
  /// The reading of files.
  /// - Throws: what was wrong with any of them.
  static func reading(of files: FileTree, profile: String) throws(InputErrors) -> Reading
}

/// The regular files that a folder or a pattern stands for.
struct FileTree: Sendable {
  /// The folder or pattern as it was given.
  var path: String
  /// The folder that names are relative to, with its slash.
  var root: String
  /// The files, relative to the root, in the order of their bytes.
  var names: [String] = []
  /// What is no regular file, and is left out: links lead elsewhere, or count one file twice.
  var leftOut: [String] = []

  /// Finds all files in a folder.
  /// - Throws: `unreadable` for a folder that cannot be listed.
  init(folder: String) throws(InputError) {
    (path, root) = (folder, folder.hasSuffix("/") ? folder : folder + "/")
    try add(folder: "")
    sort()
  }

  /// Finds the files that a pattern matches, and all in the folders that it matches.
  /// - Throws: `unreadable` for a folder that cannot be listed, and for a pattern that matches nothing.
  init(pattern: String) throws(InputError) {
    (path, root) = (pattern, DeepPattern.root(of: pattern))
    let matches = PathExpansion.matches(of: pattern)
    if matches.isEmpty { throw PathExpansion.nothing(matches: pattern) }
    for match in matches { try add(String(match.dropFirst(root.count))) }
    (names, leftOut) = (Array(Set(names)), Array(Set(leftOut)))
    sort()
  }

  private mutating func sort() {
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    leftOut.sort()
  }

  /// Adds everything in a folder: iterative, so that no depth can exhaust the stack.
  private mutating func add(folder: String) throws(InputError) {
    var open = [folder]
    while let folder = open.popLast() {
      for name in try PathExpansion.entries(of: root + folder) where name != "." && name != ".." {
        let path = folder + name
        if FileSystem.isLink(root + path) || !FileSystem.isFolder(root + path) {
          try add(path)
        } else {
          open.append(path + "/")
        }
      }
    }
  }

  private mutating func add(_ name: String) throws(InputError) {
    let path = root + name
    if name.contains("\u{FFFD}"), !FileSystem.isTaken(path) {
      throw InputError(
        .unreadable, file: path, found: "a name that is no UTF-8", expected: "names in UTF-8",
        remedy: "rename it, or give a pattern that leaves it out")
    }
    if FileSystem.isLink(path) || FileSystem.occupant(of: path) == .special {
      leftOut.append(name)
    } else if FileSystem.isFolder(path) {
      try add(folder: name.hasSuffix("/") ? name : name + "/")
    } else {
      names.append(name)
    }
  }
}

extension ReadingSession {
  /// Reads the folders and patterns that are evidence themselves.
  /// - Returns: the other paths.
  mutating func readFolders(among paths: [String]) -> [String] {
    guard let (reader, profile) = folderReader else { return paths }
    return paths.filter { path in
      let isFolder = FileSystem.isFolder(path)
      guard isFolder || PathExpansion.isPattern(path) && !areResults(path) else { return true }
      do throws(InputErrors) {
        let files: FileTree
        do throws(InputError) {
          files = try isFolder ? FileTree(folder: path) : FileTree(pattern: path)
        } catch {
          throw InputErrors(all: [error])
        }
        keep(try reader.reading(of: files, profile: profile))
      } catch {
        result.errors += error.all
      }
      return false
    }
  }

  /// The reader of folders of the kind whose profile is asked for by its name.
  private var folderReader: (reader: any FolderReader.Type, profile: String)? {
    guard let name = request.claimedName,
      let kind = EvidenceKind.all.first(where: { $0.profiles.claims(name) }),
      let reader = Readers.all.first(where: { $0.kind == kind && $0 is any FolderReader.Type })
    else { return nil }
    return (reader as? any FolderReader.Type).map { ($0, name) }
  }

  /// Whether a pattern is one of results about files: all that it matches is named so.
  private func areResults(_ pattern: String) -> Bool {
    PathExpansion.matches(of: pattern).allSatisfy { isResultName($0) && !FileSystem.isFolder($0) }
  }
}

extension EvidenceRequest {
  /// The name that results were asked for by; nil where none was given.
  fileprivate var claimedName: String? {
    switch self {
    case .profile(let name), .named(let name): name
    case .kind, .any: nil
    }
  }
}
