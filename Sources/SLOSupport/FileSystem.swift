internal import Glibc

/// Why the system refused to read or write something.
package struct FileError: Error, Equatable {
  /// The file or folder that was refused.
  package var path: String
  /// The system's number for the reason.
  package var code: Int32

  /// Creates an error.
  package init(path: String, code: Int32) { (self.path, self.code) = (path, code) }

  /// The reason for what the system has just refused.
  static func last(_ path: String) -> FileError { FileError(path: path, code: errno) }

  /// The reason in the system's words: `No such file or directory`.
  package var reason: String { String(cString: strerror(code)) }
}

/// What lies at paths, folders, and whole files.
package enum FileSystem {
  /// What lies at a path.
  package enum Occupant: Equatable {
    /// A regular file and its size in bytes.
    case file(size: Int)
    case folder
    /// A pipe, a device or a socket.
    case special
    /// Something that may not be looked at: opening it says why.
    case hidden
  }

  /// What lies at a path, links followed; nil where nothing does.
  package static func occupant(of path: String) -> Occupant? {
    var status = stat()
    guard stat(path, &status) == 0 else { return errno == ENOENT || errno == ENOTDIR ? nil : .hidden }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file(size: Int(status.st_size))
    case S_IFDIR: .folder
    default: .special
    }
  }

  /// Whether a path leads to something, links followed.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether anything has this name, a link that leads nowhere included.
  package static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether a path is a symbolic link.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether a path leads to a folder.
  package static func isFolder(_ path: String) -> Bool { occupant(of: path) == .folder }

  /// Whether a path leads to a regular file. What is missing or may not be looked at counts as one: opening it says
  /// why it cannot be read.
  package static func isFile(_ path: String) -> Bool {
    switch occupant(of: path) {
    case .file, .hidden, nil: true
    case .folder, .special: false
    }
  }

  /// When a file was last changed, in nanoseconds since 1970; nil where it cannot be looked at.
  package static func changeTime(of path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
  }

  /// What identifies a file, by whatever path it is reached.
  package static func identity(of path: String) throws(FileError) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .last(path) }
    return "\(status.st_dev):\(status.st_ino)"
  }

  /// The path of what lies in a folder.
  package static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The path of something that exists, without links; nil where nothing is there.
  package static func realPath(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// The file that a path names, its links followed: two paths of one file give the same text, whether it is there
  /// or not.
  package static func resolved(_ path: String) -> String {
    var (known, missing) = (absolute(path), "")
    while true {
      if let folder = realPath(known) {
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

  // MARK: Folders

  /// The names of what lies in a folder, in no order, `.` and `..` among them.
  package static func names(in folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(folder) else { throw .last(folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }

  /// Makes a folder and those above it that are missing.
  /// - Throws: the folder that could not be made.
  package static func makeFolder(_ path: String) throws(FileError) {
    if isFolder(path) { return }
    try makeFolders(for: path)
    guard mkdir(path, 0o777) != 0 else { return }
    let error = FileError.last(path)
    guard error.code == EEXIST else { throw error }
    // Another process may have made it meanwhile.
    if !isFolder(path) { throw FileError(path: path, code: ENOTDIR) }
  }

  /// Makes the folders that a file is to lie in.
  /// - Throws: the folder that could not be made.
  package static func makeFolders(for path: String) throws(FileError) {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    try makeFolder(String(path[..<slash]))
  }

  // MARK: Whole files

  /// The bytes of a file or a pipe, at most `limit` of them.
  package static func bytes(of path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let room = min(limit - bytes.count, 1 << 18)
      var failure: FileError?
      let block = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        let got = retrying { read(descriptor, buffer.baseAddress, room) }
        if got < 0 { failure = .last(path) } else { count = got }
      }
      if let failure { throw failure }
      if block.isEmpty { break }
      bytes += block
    }
    return bytes
  }

  /// Whether a file of exactly this text lies at a path.
  package static func holds(_ text: String, at path: String) -> Bool {
    let size = text.utf8.count
    guard case .file(size) = occupant(of: path), let found = try? bytes(of: path, limit: size + 1) else {
      return false
    }
    return found.elementsEqual(text.utf8)
  }

  /// Writes a file whole or not at all: first under a new name in the same folder, which then takes
  /// the file's place. A pipe or a device is written as it is, and where a link leads is written in its place.
  /// - Parameter isSynced: whether the bytes are on the disk when the file takes its place; otherwise a power cut
  ///   may leave an empty file.
  /// - Throws: why the file could not be written; what was there still is.
  package static func write(_ text: String, to path: String, isSynced: Bool = true) throws(FileError) {
    if occupant(of: path) == .special {
      return try fill(open(path, O_WRONLY | O_CLOEXEC), path, with: text, isSynced: false)
    }
    let file = resolved(path)
    let temporary = try TemporaryFile(beside: file)
    do throws(FileError) {
      try fill(temporary.descriptor, path, with: text, isSynced: isSynced)
      guard rename(temporary.path, file) == 0 else { throw FileError.last(path) }
    } catch {
      unlink(temporary.path)
      throw error
    }
  }

  /// Makes the folders a file is to lie in and tries whether it could be written; nothing of it stays.
  package static func tryToWrite(to path: String) throws(FileError) {
    try makeFolders(for: path)
    switch occupant(of: path) {
    case .special: guard access(path, W_OK) == 0 else { throw .last(path) }
    case .folder: throw FileError(path: path, code: EISDIR)
    case .file, .hidden, nil:
      let temporary = try TemporaryFile(beside: resolved(path))
      close(temporary.descriptor)
      unlink(temporary.path)
    }
  }

  /// Writes all of a text and closes the file.
  private static func fill(
    _ descriptor: Int32, _ path: String, with text: String, isSynced: Bool
  ) throws(FileError) {
    guard descriptor >= 0 else { throw .last(path) }
    var rest = Array(text.utf8)[...]
    var failure: FileError?
    while failure == nil, !rest.isEmpty {
      let count = rest.withUnsafeBytes { bytes in retrying { put(descriptor, bytes) } }
      if count < 0 { failure = .last(path) } else { rest = rest.dropFirst(count) }
    }
    if failure == nil, isSynced, fsync(descriptor) != 0 { failure = .last(path) }
    if close(descriptor) != 0, failure == nil { failure = .last(path) }
    if let failure { throw failure }
  }

  private static func put(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
  }

  /// Calls the system again where a signal interrupted it.
  private static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}

/// A new file with a name of its own, open for writing.
private struct TemporaryFile {
  let path: String
  let descriptor: Int32

  init(beside file: String) throws(FileError) {
    for attempt in 0..<16 {
      let path = "\(file).\(getpid())\(attempt == 0 ? "" : ".\(attempt)").tmp"
      // An existing file or link of that name is neither followed nor written.
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
      if errno != EEXIST { break }
    }
    throw .last(file)
  }
}
