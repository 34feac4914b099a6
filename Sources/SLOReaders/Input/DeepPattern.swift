internal import SLOSupport

internal import Glibc

/// A pattern with a part `**`, which stands for any number of folders: `build/**/*.js`.
///
/// As in a shell no `*` matches a dot at the beginning of a name, and `**` goes into no folder that begins with a dot and
/// follows no link.
struct DeepPattern {
  /// Where the search begins: what is in front of the first part with a sign, with its slash.
  let root: String
  private let parts: [String]

  /// Takes a pattern; nil for one without `**`.
  init?(_ pattern: String) {
    let parts = pattern.split(separator: "/").map(String.init)
    guard parts.contains("**") else { return nil }
    root = DeepPattern.root(of: pattern)
    self.parts = Array(parts.dropFirst(root.split(separator: "/").count))
  }

  /// What is in front of the first part of a pattern that has a sign in it, with its slash.
  static func root(of pattern: String) -> String {
    let sign = pattern.firstIndex { "*?[".contains($0) } ?? pattern.endIndex
    return String(
      pattern[..<(pattern[..<sign].lastIndex(of: "/").map { pattern.index(after: $0) } ?? pattern.startIndex)]
    )
  }

  /// What it matches, each once, in no order.
  func matches() -> [String] {
    // The paths that the parts so far match. Each part is tried once a path, however many `**` lead to it.
    var found: Set<String> = [root]
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if part == "**" {
        found = Set(found.flatMap { DeepPattern.below($0, withFiles: isLast) })
      } else {
        found = Set(found.flatMap { DeepPattern.named(part, in: $0, isLast: isLast) })
      }
    }
    return Array(found)
  }

  /// What in a folder has a name that a part matches; in front of further parts folders alone.
  private static func named(_ part: String, in folder: String, isLast: Bool) -> [String] {
    names(in: folder).filter { fnmatch(part, $0, FNM_PERIOD) == 0 }.map { folder + $0 }.compactMap { path in
      isLast ? path : FileSystem.isFolder(path) ? path + "/" : nil
    }
  }

  /// A folder and all below it; or the files in them.
  private static func below(_ folder: String, withFiles: Bool) -> [String] {
    var (found, open): ([String], [String]) = (withFiles ? [] : [folder], [folder])
    while let folder = open.popLast() {
      for name in names(in: folder) where !name.hasPrefix(".") {
        let path = folder + name
        if FileSystem.isFolder(path), !FileSystem.isLink(path) {
          open.append(path + "/")
          if !withFiles { found.append(path + "/") }
        } else if withFiles {
          found.append(path)
        }
      }
    }
    return found
  }

  private static func names(in folder: String) -> [String] {
    let names = (try? FileSystem.names(in: folder.isEmpty ? "." : folder)) ?? []
    return names.filter { $0 != "." && $0 != ".." }
  }
}
