internal import CSQLite
internal import Glibc

/// What SQLite does not do for a file by itself.
enum FileSystem {
  /// What stands at a path.
  enum Occupant {
    case nothing
    case emptyFile
    case file
    case directory
  }

  /// Looks at a path. A path that leads nowhere holds nothing; one that may not be looked at holds a file,
  /// and opening it will say what is wrong.
  static func occupant(of path: String) -> Occupant {
    var status = stat()
    guard stat(path, &status) == 0 else { return errno == ENOENT || errno == ENOTDIR ? .nothing : .file }
    if status.st_mode & S_IFMT == S_IFDIR { return .directory }
    return status.st_size == 0 ? .emptyFile : .file
  }

  /// Makes the folders a file is to lie in.
  /// - Returns: the folder that could not be made and why; nil when all stand.
  static func makeFolders(for path: String) -> (folder: String, reason: String)? {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return nil }
    let folder = String(path[..<slash])
    guard occupant(of: folder) != .directory else { return nil }
    if let trouble = makeFolders(for: folder) { return trouble }
    guard mkdir(folder, 0o777) != 0, errno != EEXIST || occupant(of: folder) != .directory else { return nil }
    return (folder, String(cString: strerror(errno)))
  }

  /// Whether the memory that a write-ahead log is coordinated through would not be shared: SQLite takes a
  /// network file system for a local one, and two machines would then destroy the file between them.
  static func isOnNetwork(_ path: String) -> Bool {
    var status = statfs()
    guard statfs(path, &status) == 0 else { return false }
    return networkMagic.contains(UInt32(truncatingIfNeeded: status.f_type))
  }

  // From linux/magic.h: NFS, SMB, CIFS, SMB2, 9P, AFS, Ceph.
  private static let networkMagic: [UInt32] = [
    0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x00C3_6400,
  ]
}
