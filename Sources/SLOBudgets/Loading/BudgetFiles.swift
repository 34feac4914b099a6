#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

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
        guard let status = status(of: file) else {
          problems.append(unreadable(file))
          continue
        }
        // What somebody names may be a pipe; what lies in a folder may be anything.
        if file != path, status.st_mode & S_IFMT != S_IFREG {
          problems.append(irregular(file))
          continue
        }
        if seen.insert("\(status.st_dev):\(status.st_ino)").inserted { files.append(file) }
      }
    }
    return files
  }

  /// The bytes of a file, at most one more than a budget file may have.
  package static func contents(of path: String) throws(BudgetProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    let most = YAMLText.largest + 1
    var hasFailed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      while count < most {
        let got = fill(buffer, from: count, reading: descriptor)
        if got < 0 { hasFailed = true }
        if got <= 0 { return }
        count += got
      }
    }
    if hasFailed { throw unreadable(path) }
    return bytes
  }

  private static func fill(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, from start: Int, reading descriptor: Int32
  ) -> Int {
    while true {
      let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[start...]))
      let got = read(descriptor, rest.baseAddress, rest.count)
      if got >= 0 || errno != EINTR { return got }
    }
  }

  private static func expand(_ path: String, problems: inout [BudgetProblem]) -> [String] {
    guard let status = status(of: path) else {
      problems.append(unreadable(path))
      return []
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [path] }
    guard let names = entries(of: path) else {
      problems.append(unreadable(path))
      return []
    }
    let found = names.map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
    if found.isEmpty {
      problems.append(
        BudgetProblem(
          "holds no budget file", at: Place(file: path), hint: "budget files end in .yaml or .yml"))
    }
    // A pipe that nobody writes to would be waited for without end.
    problems += found.filter { !isFile($0) }.map {
      BudgetProblem(
        "is no regular file", at: Place(file: $0), hint: "remove it from the folder, or name it by itself")
    }
    return found.filter(isFile)
  }

  /// Whether a file in a folder of budgets is one of them.
  package static func isBudget(named name: some StringProtocol) -> Bool {
    !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
  }

  static func entries(of folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if isBudget(named: name), !isFolder(folder + "/" + name) { names.append(name) }
    }
    return names.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    status(of: path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// What cannot be looked at counts as a file, and opening it tells why.
  private static func isFile(_ path: String) -> Bool {
    status(of: path).map { $0.st_mode & S_IFMT == S_IFREG } ?? true
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  private static func irregular(_ path: String) -> BudgetProblem {
    BudgetProblem(
      "is no regular file, and is not read", at: Place(file: path),
      hint: "take the pipe or device out of the folder")
  }

  private static func unreadable(_ path: String) -> BudgetProblem {
    let reason = String(cString: strerror(errno))
    return BudgetProblem(
      "cannot be read: \(reason)", at: Place(file: path), hint: "give a budget file or a folder of them")
  }
}
