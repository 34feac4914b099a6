#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The one way in which files are written: whole or not at all.
package enum WholeFile {
  /// Writes a file under a name of its own first, which then becomes the file's. A pipe or a device is written as it
  /// is, and where a link leads is written in its place.
  /// - Returns: false where it could not be written; `errno` has the reason, and what was there still is.
  package static func write(_ text: String, to path: String) -> Bool {
    if isSpecial(path) { return written(text, to: open(path, O_WRONLY | O_CLOEXEC)) }
    let file = resolved(path)
    guard let temporary = Temporary(beside: file) else { return false }
    guard written(text, to: temporary.descriptor), rename(temporary.path, file) == 0 else {
      temporary.remove()
      return false
    }
    return true
  }

  /// Makes the folders a file is to lie in and tries whether it could be written; nothing of it stays.
  /// - Returns: false where it could not; `errno` has the reason.
  package static func canWrite(to path: String) -> Bool {
    guard makeFolders(for: path) else { return false }
    if isSpecial(path) { return access(path, W_OK) == 0 }
    if isFolder(path) {
      errno = EISDIR
      return false
    }
    guard let temporary = Temporary(beside: resolved(path)) else { return false }
    close(temporary.descriptor)
    temporary.remove()
    return true
  }

  /// Makes the folders that a file is to lie in.
  /// - Returns: false where they cannot be made; `errno` has the reason.
  package static func makeFolders(for path: String) -> Bool {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return true }
    let folder = String(path[..<slash])
    if isFolder(folder) { return true }
    return makeFolders(for: folder) && (mkdir(folder, 0o777) == 0 || errno == EEXIST)
  }

  /// Whether a path leads to a folder.
  package static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

  /// The file that a path names, its links followed: two paths of one file give the same text, whether it is there
  /// or not.
  package static func resolved(_ path: String) -> String {
    var (known, missing) = (absolute(path), "")
    while true {
      if let found = realpath(known, nil) {
        defer { free(found) }
        let folder = String(cString: found)
        return missing.isEmpty ? folder : (folder == "/" ? "" : folder) + missing
      }
      guard let slash = known.lastIndex(of: "/"), slash > known.startIndex else { return known + missing }
      missing = String(known[slash...]) + missing
      known = String(known[..<slash])
    }
  }

  /// A path from the root, without `.` and empty parts.
  private static func absolute(_ path: String) -> String {
    var folder = ""
    if !path.hasPrefix("/"), let current = getcwd(nil, 0) {
      defer { free(current) }
      folder = String(cString: current)
    }
    let parts = (folder + "/" + path).split(separator: "/").filter { $0 != "." }
    return "/" + parts.joined(separator: "/")
  }

  /// Whether there is something that is neither a file nor a folder.
  private static func isSpecial(_ path: String) -> Bool {
    kind(of: path).map { $0 != S_IFREG && $0 != S_IFDIR } ?? false
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Writes all of a text and closes the file.
  private static func written(_ text: String, to descriptor: Int32) -> Bool {
    guard descriptor >= 0 else { return false }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        let reason = errno
        close(descriptor)
        errno = reason
        return false
      }
    }
    return close(descriptor) == 0
  }

  /// A file that nobody else has, beside the one that is meant.
  private struct Temporary {
    let path: String
    let descriptor: Int32

    /// - Returns: nil where none can be made; `errno` has the reason.
    init?(beside file: String) {
      for attempt in 0..<16 {
        let path = "\(file).\(getpid())\(attempt == 0 ? "" : ".\(attempt)").tmp"
        // What lies there already, a link of somebody else's too, is neither followed nor written.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        if descriptor >= 0 {
          (self.path, self.descriptor) = (path, descriptor)
          return
        }
        guard errno == EEXIST else { return nil }
      }
      return nil
    }

    /// Removes the file and leaves `errno` as it is.
    func remove() {
      let reason = errno
      unlink(path)
      errno = reason
    }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
