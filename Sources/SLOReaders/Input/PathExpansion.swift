internal import SLOModel
internal import SLOSupport

internal import Glibc

/// Turns what a user names into files: a file stays, a folder gives its JSON files, a pattern what it matches.
package enum PathExpansion {
  /// The files one path stands for.
  struct Expansion: Equatable {
    /// The path as given.
    var path: String
    /// The files, sorted.
    var files: [String]
    /// Whether they were found in a folder, where other things may lie too.
    var isFolder: Bool
    /// What was found and is no file: a pipe without a writer would be waited for without end.
    var leftOut: [String] = []
    /// Whether they were found, in a folder or by a pattern, and not named one by one.
    var isFound = false
  }

  /// Expands one path; of a folder, to the files that are named as results.
  /// - Throws: `unreadable` for a pattern that matches nothing and a folder that cannot be listed,
  ///   `malformed` for a folder without such files.
  static func expand(
    _ path: String, isResult: (String) -> Bool
  ) throws(InputError) -> [Expansion] {
    if path == "-" { return [Expansion(path: path, files: [path], isFolder: false)] }
    if isPattern(path) {
      let matches = matches(of: path)
      if matches.isEmpty { throw nothing(matches: path) }
      var expansions: [Expansion] = []
      for match in matches {
        if FileSystem.isFolder(match) || FileSystem.isFile(match) {
          var expansion = try expandPlain(match, isResult)
          expansion.isFound = true
          expansions.append(expansion)
        } else {
          expansions.append(Expansion(path: path, files: [], isFolder: false, leftOut: [match]))
        }
      }
      if let first = expansions.first?.leftOut.first, expansions.allSatisfy(\.files.isEmpty) {
        throw noFile(first)
      }
      return expansions
    }
    return [try expandPlain(path, isResult)]
  }

  private static func expandPlain(
    _ path: String, _ isResult: (String) -> Bool
  ) throws(InputError) -> Expansion {
    guard FileSystem.isFolder(path) else { return Expansion(path: path, files: [path], isFolder: false) }
    let all = try entries(of: path)
    let names = all.filter(isResult)
    if names.isEmpty {
      throw InputError(
        .malformed, file: path, found: "a folder without JSON files",
        expected: "at least one result (*.json, *.json.gz)",
        remedy: "check that the step that writes the results has run" + (all.isEmpty ? "" : measuredFolders))
    }
    let found = names.sorted(by: isOrdered).map { FileSystem.join(path, $0) }
      .filter { !FileSystem.isFolder($0) }
    return Expansion(
      path: path, files: found.filter(FileSystem.isFile), isFolder: true,
      leftOut: found.filter { !FileSystem.isFile($0) },
      isFound: true)
  }

  /// How a folder is given whose files are themselves what is measured.
  private static var measuredFolders: String {
    let kinds = EvidenceKind.all.filter { kind in
      Readers.all.contains { $0.kind == kind && $0 is any FolderReader.Type }
    }
    return kinds.map { kind in
      let name = kind.profiles.usual.last ?? ""
      return
        "; what a build wrote is measured under the name \(name) or \(kind.profiles.prefix ?? "")NAME, as in"
        + " --evidence \(name)=DIR or compare --profile \(name) A B"
    }.joined()
  }

  /// A file that was found by its name, as `Readers.resultsFolder` does.
  static func found(_ path: String) -> Expansion {
    FileSystem.isFile(path)
      ? Expansion(path: path, files: [path], isFolder: false)
      : Expansion(path: path, files: [], isFolder: false, leftOut: [path])
  }

  /// The last part of a path.
  static func name(of path: String) -> Substring { path.split(separator: "/").last ?? "" }

  /// Whether a file is named as results of a kind of evidence are, packed or not.
  static func isResultName(_ name: String, of kind: EvidenceKind) -> Bool {
    kind.files.extensions.contains { name.hasSuffix("." + $0) || name.hasSuffix("." + $0 + ".gz") }
  }

  /// Whether a path is a pattern and no file of that name.
  static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
      && !FileSystem.exists(path)
  }

  /// What a pattern matches, sorted: `*`, `?` and `[…]` within a part of a path, `**` as any number of folders.
  static func matches(of pattern: String) -> [String] {
    if let deep = DeepPattern(pattern) { return deep.matches().sorted(by: isOrdered) }
    var list = glob_t()
    defer { globfree(&list) }
    guard glob(pattern, 0, nil, &list) == 0 else { return [] }
    return (0..<Int(list.gl_pathc)).compactMap { list.gl_pathv[$0].map { String(cString: $0) } }
      .sorted(by: isOrdered)
  }

  /// Whether a name comes before another where numbers count by their value, and words for moments by what they mean:
  /// `run-9` before `run-10`, `db-before` before `db-after`.
  static func isOrdered(_ left: String, before right: String) -> Bool {
    let (first, second) = (NamePart.parts(of: left), NamePart.parts(of: right))
    return first == second ? left < right : first.lexicographicallyPrecedes(second)
  }

  /// The names of what lies in a folder, in no order.
  /// - Throws: `unreadable` for what is missing, no folder or forbidden.
  package static func entries(of folder: String) throws(InputError) -> [String] {
    do { return try FileSystem.names(in: folder) } catch {
      throw InputError(
        .unreadable, file: folder, found: error.reason.lowercased(), expected: "a readable folder",
        remedy: "check the path and its permissions")
    }
  }

  private static func noFile(_ path: String) -> InputError {
    InputError(
      .unreadable, file: path, found: "no regular file", expected: "a file",
      remedy: "name a pipe by itself, without a pattern")
  }

  static func nothing(matches pattern: String) -> InputError {
    InputError(
      .unreadable, file: pattern, found: "no file that matches this pattern", expected: "at least one",
      remedy: "check the path, and that the step that writes the results has run")
  }
}
