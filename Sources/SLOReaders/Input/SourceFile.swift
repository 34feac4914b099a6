#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif
internal import SLODigest

/// One input, opened: its bytes as they lie on disk, and the text they stand for.
///
/// Nothing is read before it is asked for: a large file that is none of ours is refused from its first page.
struct SourceFile {
  /// The path as given, `-` for standard input.
  let path: String
  /// The bytes on disk.
  let raw: Bytes

  /// The most that is read from a pipe or inflated from a file, in bytes: 1 GiB.
  static let sizeLimit = 1 << 30

  /// Opens a path, or reads standard input to its end.
  /// - Throws: `unreadable` for what is missing, forbidden or a folder, `malformed` for an empty file.
  init(opening path: String) throws(InputError) {
    self.path = path
    raw = path == "-" ? try SourceFile.drain(0, path) : try SourceFile.load(path)
    if raw.isEmpty { throw SourceFile.empty(path) }
  }

  /// Takes bytes that are already in memory.
  init(path: String, bytes: [UInt8]) {
    self.path = path
    raw = Bytes(bytes)
  }

  /// SHA-256 of the bytes on disk, in hexadecimal.
  var sha256: String { raw.withBytes { SHA256Digest(of: $0).description } }

  /// The file's text in UTF-8 without a byte order mark: inflated and converted where need be. Whether it
  /// is valid UTF-8 is for the parser to say.
  func text() throws(InputError) -> Bytes {
    let plain = isGzip ? try inflated(upTo: nil) : raw
    return try TextEncoding(of: plain).utf8(plain, file: path)
  }

  /// The first 4 KiB or so of the text, made without reading or inflating the rest.
  func textPrefix() throws(InputError) -> Bytes {
    let length = 4_096
    let plain = isGzip ? try inflated(upTo: length) : raw.prefix(length)
    return TextEncoding(of: plain).utf8Prefix(plain)
  }

  private var isGzip: Bool { raw.withBytes(GzipInflater.isGzip) }

  private func inflated(upTo length: Int?) throws(InputError) -> Bytes {
    do {
      return Bytes(
        try raw.withBytes { bytes throws(GzipInflater.Fault) in
          try GzipInflater.inflate(bytes, upTo: length, limit: SourceFile.sizeLimit)
        })
    } catch {
      throw error.inputError(file: path)
    }
  }
}

extension SourceFile {
  private static func load(_ path: String) throws(InputError) -> Bytes {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw unreadable(path, EISDIR)
    case S_IFREG: return try map(descriptor, Int(status.st_size), path)
    default: return try drain(descriptor, path)
    }
  }

  private static func map(_ descriptor: Int32, _ count: Int, _ path: String) throws(InputError) -> Bytes {
    guard count > 0 else { throw empty(path) }
    guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw unreadable(path, errno)
    }
    return Bytes(ByteStore(mapping: address, count: count))
  }

  private static func drain(_ descriptor: Int32, _ path: String) throws(InputError) -> Bytes {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &block, block.count)
      if count == 0 { return Bytes(bytes) }
      if count < 0 {
        if errno == EINTR { continue }
        throw unreadable(path, errno)
      }
      bytes.append(contentsOf: block[..<count])
      if bytes.count > sizeLimit { throw tooLarge(path) }
    }
  }

  private static func unreadable(_ path: String, _ code: Int32) -> InputError {
    let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return InputError(
      .unreadable, file: path, found: reason.lowercased(), expected: "a readable file",
      remedy: "check the path and its permissions, and that the step that writes it has run")
  }

  private static func empty(_ path: String) -> InputError {
    InputError(
      .malformed, file: path, found: "an empty file", expected: "a k6 summary or a Lighthouse report",
      remedy: "check that the run that writes it came to its end")
  }

  private static func tooLarge(_ path: String) -> InputError {
    InputError(
      .malformed, file: path, found: "more than \(sizeLimit >> 20) MiB", expected: "a result of at most that",
      remedy: "pass the tool's summary instead of raw data")
  }
}
