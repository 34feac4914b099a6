internal import SLOSupport

/// Tells what lies elsewhere than its path says: whoever may change the folder of the budgets could else have any file
/// of the machine read, and its words shown in messages.
enum BudgetLinks {
  /// Why a path must not be read; nil where it may.
  ///
  /// A link has to stay within the folder it is in, and a relative path within the working folder. What the
  /// system itself offers as a file, `/dev/stdin` and `/dev/fd/63`, is no link of anybody's.
  static func refusal(of path: String) -> BudgetProblem? {
    guard !path.hasPrefix("/dev/"), let target = FileSystem.realPath(path) else { return nil }
    let folder = parent(of: path)
    if isLink(path), let base = FileSystem.realPath(folder), !isWithin(target, base) { return problem(path) }
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains(".."),
      let here = FileSystem.realPath(".")
    else {
      return nil
    }
    return isWithin(target, here) ? nil : problem(path)
  }

  private static func problem(_ path: String) -> BudgetProblem {
    BudgetProblem(
      "is a link to a place outside its folder, and is not read", at: Place(file: path),
      hint: "put the file itself there, or name the place it is at with --budgets")
  }

  private static func isWithin(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  private static func isLink(_ path: String) -> Bool {
    FileSystem.isLink(path.hasSuffix("/") && path.utf8.count > 1 ? String(path.dropLast()) : path)
  }

  /// The folder a path is in.
  private static func parent(of path: String) -> String {
    let bare = path.hasSuffix("/") && path.utf8.count > 1 ? path.dropLast() : path[...]
    guard let slash = bare.lastIndex(of: "/") else { return "." }
    return slash == bare.startIndex ? "/" : String(bare[..<slash])
  }
}
