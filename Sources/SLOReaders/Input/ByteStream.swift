internal import Glibc

/// An open file or pipe, read piece by piece so that nothing need be held whole.
final class ByteStream {
  /// The path as given, `-` for standard input.
  let path: String
  /// The size in bytes; nil for a pipe.
  let size: Int?
  /// Bytes taken so far.
  private(set) var taken = 0

  private let descriptor: Int32
  /// What was read of a pipe before anyone took it.
  private var ahead: ArraySlice<UInt8> = []

  /// Opens a path, or standard input.
  /// - Throws: `unreadable` for what is missing, forbidden or a folder.
  init(opening path: String) throws(InputError) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ByteStream.unreadable(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ByteStream.unreadable(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw ByteStream.unreadable(path, EISDIR) }
    let isWhole = status.st_mode & S_IFMT == S_IFREG && lseek(descriptor, 0, SEEK_CUR) == 0
    size = isWhole ? Int(status.st_size) : nil
  }

  deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

  /// The first bytes, at most `count`, which stay to be taken.
  func peek(_ count: Int) throws(InputError) -> ArraySlice<UInt8> {
    while ahead.count < count {
      let next = try [UInt8](upTo: count - ahead.count) { buffer throws(InputError) in try fill(buffer) }
      if next.isEmpty { break }
      ahead += next
    }
    return ahead.prefix(count)
  }

  /// Takes the next bytes.
  /// - Returns: how many; 0 only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = ahead.isEmpty ? try fill(buffer) : takeAhead(buffer)
    taken += count
    return count
  }

  /// Takes everything that is left.
  /// - Throws: `malformed` for more than `limit` bytes.
  func readAll(limit: Int) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    while case let next = try [UInt8](upTo: 1 << 20, { buffer throws(InputError) in try read(into: buffer) }),
      !next.isEmpty
    {
      bytes += next
      if bytes.count > limit { throw ByteStream.tooLarge(path, limit) }
    }
    return bytes
  }

  /// The whole file in memory as it lies on disk, of which nothing was taken before; nil for a pipe. What is
  /// written to it meanwhile is not read, and what is cut off is missing.
  /// - Throws: `malformed` for more than `limit` bytes.
  func whole(limit: Int) throws(InputError) -> Bytes? {
    guard let size else { return nil }
    if size > limit { throw ByteStream.tooLarge(path, limit) }
    return Bytes(
      try ByteStore(capacity: size) { block throws(InputError) in
        var count = 0
        while count < size, case let next = try read(into: .init(rebasing: block[count...])), next > 0 {
          count += next
        }
        return count
      })
  }

  private func takeAhead(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = ahead.prefix(buffer.count)
    buffer.copyBytes(from: piece)
    ahead = ahead.dropFirst(piece.count)
    return piece.count
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while true {
      let count = Self.readOnce(descriptor, buffer)
      if count >= 0 { return count }
      if errno != EINTR { throw ByteStream.unreadable(path, errno) }
    }
  }

  private static func readOnce(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    Glibc.read(descriptor, buffer.baseAddress, buffer.count)
  }

  private static func unreadable(_ path: String, _ code: Int32) -> InputError {
    let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return InputError(
      .unreadable, file: path, found: reason.lowercased(), expected: "a readable file",
      remedy: "check the path and its permissions, and that the step that writes it has run")
  }

  private static func tooLarge(_ path: String, _ limit: Int) -> InputError {
    InputError(
      .malformed, file: path, found: "more than \(limit >> 20) MiB", expected: "a result of at most that",
      remedy: "pass the file as the tool wrote it")
  }
}

extension [UInt8] {
  /// What `read` puts into memory of a size, of which it returns how much it filled.
  init<Failure: Error>(
    upTo capacity: Int, _ read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    defer { buffer.deallocate() }
    let count = try read(buffer)
    self.init(buffer[..<count])
  }
}
