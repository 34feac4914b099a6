internal import SLOModel
internal import SLOSupport

/// The results in a folder that a load test's script writes to, recognised by their names: those that lie in it,
/// else those of its newest sub-folder.
struct ResultsFolder {
  /// The beginnings of names, and what is named so.
  private static let named: [(beginnings: [String], request: EvidenceRequest)] = EvidenceKind.all.flatMap {
    kind in
    kind.profiles.prefix == nil
      ? kind.files.names.map { ([$0], .profile($0)) } : [(kind.files.names, .kind(kind))]
  }

  let path: String

  /// The results by profile, each profile's files by name; and the files beside them that are named as no kind of
  /// evidence is, and might be results by how their names end: these are not read.
  ///
  /// A newest sub-folder without results is an error: an older one would judge another release.
  /// - Throws: `unreadable` for what is no readable folder, `malformed` where there are no results.
  func contents() throws(InputError) -> (
    results: [(request: EvidenceRequest, paths: [String])], unread: [String]
  ) {
    let (results, folder) = try found()
    let read = Set(results.flatMap(\.paths))
    let names = try PathExpansion.entries(of: folder).filter { name in
      !name.hasPrefix(".") && EvidenceKind.all.contains { PathExpansion.isResultName(name, of: $0) }
    }
    let unread = names.sorted(by: PathExpansion.isOrdered).map { FileSystem.join(folder, $0) }
      .filter { !read.contains($0) && FileSystem.isFile($0) }
    return (results, unread)
  }

  /// The results, and the folder they lie in.
  private func found() throws(InputError) -> (
    results: [(request: EvidenceRequest, paths: [String])], folder: String
  ) {
    let names = try PathExpansion.entries(of: path).filter { !$0.hasPrefix(".") }
    let own = ResultsFolder.grouped(names, in: path)
    if !own.isEmpty { return (own, path) }
    let folders = names.filter { FileSystem.isFolder(FileSystem.join(path, $0)) }
    guard let newest = newest(of: folders).map({ FileSystem.join(path, $0) }) else {
      throw nothing(in: path)
    }
    let found = ResultsFolder.grouped(try PathExpansion.entries(of: newest), in: newest)
    if found.isEmpty { throw nothing(in: newest) }
    return (found, newest)
  }

  private static func grouped(_ names: [String], in folder: String) -> [(
    request: EvidenceRequest, paths: [String]
  )] {
    named.compactMap { beginnings, request in
      let isResult = { name in request.kinds.contains { PathExpansion.isResultName(name, of: $0) } }
      let found = names.filter { name in beginnings.contains(where: name.hasPrefix) && isResult(name) }
        .sorted(by: PathExpansion.isOrdered)
      let paths = found.map { FileSystem.join(folder, $0) }.filter { !FileSystem.isFolder($0) }
      return paths.isEmpty ? nil : (request, paths)
    }
  }

  /// By name where all names are timestamps: a checkout or a copy changes the times of files. Else by the
  /// time of the last change.
  private func newest(of folders: [String]) -> String? {
    if ResultsFolder.areTimestamps(folders) { return folders.max() }
    return folders.map { (time: FileSystem.changeTime(of: FileSystem.join(path, $0)) ?? .min, name: $0) }.max
    { $0 < $1 }?.name
  }

  private static func areTimestamps(_ names: [String]) -> Bool {
    Set(names.map(\.utf8.count)).count == 1
      && names.allSatisfy { $0.utf8.first.map((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) == true }
  }

  private func nothing(in folder: String) -> InputError {
    let files = EvidenceKind.all.map(\.files)
    let names = files.flatMap(\.names).map { $0 + "*" }.joined(separator: ", ")
    var seen: Set<String> = []
    let ends = files.flatMap(\.extensions).filter { seen.insert($0).inserted }.map { "." + $0 }
      .joined(separator: ", ")
    let options = files.map(\.option).joined(separator: ", ")
    return InputError(
      .malformed, file: folder, found: "no file named as a result",
      expected:
        "files named \(names) that end in \(ends), plain or gzipped",
      remedy: "check that the step that writes the results has run, or name the files with \(options)")
  }
}
