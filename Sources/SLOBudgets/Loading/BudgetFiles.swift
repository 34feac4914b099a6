internal import SLOSupport

/// Finds and reads budget files.
package enum BudgetFiles {
  /// The files that paths stand for: a file itself, of a folder every `*.yaml` and `*.yml` directly in it,
  /// by name. A file reached twice is listed once.
  static func find(_ paths: [String], problems: inout [BudgetProblem]) -> [String] {
    var seen: Set<String> = []
    var files: [String] = []
    for path in paths {
      if let refusal = BudgetLinks.refusal(of: path) {
        problems.append(refusal)
        continue
      }
      for file in expand(path, problems: &problems) {
        if file != path, let refusal = BudgetLinks.refusal(of: file) {
          problems.append(refusal)
          continue
        }
        let identity: String
        do { identity = try FileSystem.identity(of: file) } catch {
          problems.append(unreadable(file, error.reason))
          continue
        }
        // What somebody names may be a pipe; what lies in a folder may be anything.
        if file != path, !FileSystem.isFile(file) {
          problems.append(irregular(file))
          continue
        }
        if seen.insert(identity).inserted { files.append(file) }
      }
    }
    return files
  }

  /// The bytes of a file, at most one more than a budget file may have.
  package static func contents(of path: String) throws(BudgetProblem) -> [UInt8] {
    do { return try FileSystem.bytes(of: path, limit: YAMLText.largest + 1) } catch {
      throw unreadable(path, error.reason)
    }
  }

  private static func expand(_ path: String, problems: inout [BudgetProblem]) -> [String] {
    let names: [String]
    do throws(FileError) {
      _ = try FileSystem.identity(of: path)
      guard FileSystem.isFolder(path) else { return [path] }
      names = try entries(of: path)
    } catch {
      problems.append(unreadable(path, error.reason))
      return []
    }
    let found = names.map { FileSystem.join(path, $0) }
    if found.isEmpty {
      problems.append(
        BudgetProblem(
          "holds no budget file", at: Place(file: path), hint: "budget files end in .yaml or .yml"))
    }
    // A pipe without a writer would be waited for without end.
    problems += found.filter { !FileSystem.isFile($0) }.map {
      BudgetProblem(
        "is no regular file", at: Place(file: $0), hint: "remove it from the folder, or name it by itself")
    }
    return found.filter(FileSystem.isFile)
  }

  /// Whether a file in a folder of budgets is one of them.
  package static func isBudget(named name: some StringProtocol) -> Bool {
    !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
  }

  static func entries(of folder: String) throws(FileError) -> [String] {
    try FileSystem.names(in: folder).filter {
      isBudget(named: $0) && !FileSystem.isFolder(FileSystem.join(folder, $0))
    }.sorted()
  }

  private static func irregular(_ path: String) -> BudgetProblem {
    BudgetProblem(
      "is no regular file, and is not read", at: Place(file: path),
      hint: "take the pipe or device out of the folder")
  }

  private static func unreadable(_ path: String, _ reason: String) -> BudgetProblem {
    BudgetProblem(
      "cannot be read: \(reason)", at: Place(file: path), hint: "give a budget file or a folder of them")
  }
}
