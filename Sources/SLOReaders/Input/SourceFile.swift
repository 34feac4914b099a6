internal import SLOModel
internal import SLOSupport

/// One input, opened: its bytes as they lie on disk, and the text they stand for.
///
/// Nothing is read before it is asked for: a large file that is none of ours is refused from its first page,
/// and one of raw samples is never held whole.
final class SourceFile {
  /// The path as given, `-` for standard input.
  let path: String

  /// Its raw samples in the load tool's layout, where it has another.
  var relaid: RelaidText?

  private let stream: ByteStream?
  private var whole: Bytes?

  /// The most that is held of a file or pipe, or of what it inflates to, in bytes: 1 GiB.
  static let sizeLimit = 1 << 30

  /// Opens a path, or standard input.
  /// - Parameter expected: what an empty file should have been.
  /// - Throws: `unreadable` for what is missing, forbidden or a folder, `malformed` for an empty file.
  init(
    opening path: String,
    expecting expected: String = SourceFile.anyResult
  ) throws(InputError) {
    self.path = path
    let stream = try ByteStream(opening: path)
    if try stream.peek(1).isEmpty { throw SourceFile.empty(path, expected) }
    self.stream = stream
  }

  /// Takes bytes that are already in memory.
  init(path: String, bytes: [UInt8]) {
    self.path = path
    stream = nil
    whole = Bytes(bytes)
  }

  /// Whether it is no file, of which all can be read at any time.
  var isPipe: Bool { whole == nil && stream?.size == nil }

  /// The bytes on disk.
  func raw() throws(InputError) -> Bytes {
    if let whole { return whole }
    guard let stream else { return Bytes([]) }
    let bytes =
      if let whole = try stream.whole(limit: SourceFile.sizeLimit) { whole } else {
        Bytes(try stream.readAll(limit: SourceFile.sizeLimit))
      }
    whole = bytes
    return bytes
  }

  /// SHA-256 of the bytes on disk, in hexadecimal.
  func sha256() throws(InputError) -> String {
    try raw().withBytes { SHA256Digest(of: $0).description }
  }

  /// The file's text in UTF-8 without a byte order mark: inflated and converted where need be. Whether it
  /// is valid UTF-8 is for the parser to say.
  func text() throws(InputError) -> Bytes {
    let raw = try raw()
    let plain = raw.withBytes(GzipStream.isGzip) ? try inflated(raw, upTo: nil) : raw
    return try TextEncoding(of: plain).utf8(plain, file: path)
  }

  /// The first 16 KiB or so of the text, made without reading or inflating the rest.
  func textPrefix() throws(InputError) -> Bytes {
    let plain = try plainPrefix()
    return TextEncoding(of: plain).utf8Prefix(plain)
  }

  /// The text piece by piece; it can be asked for once.
  func textStream() throws(InputError) -> TextStream {
    if let relaid { return TextStream(of: Bytes(relaid.text), path: path) }
    let encoding = TextEncoding(of: try plainPrefix())
    guard let stream, whole == nil, encoding == .utf8 || encoding == .utf8WithMark else {
      return TextStream(of: try text(), path: path)
    }
    return try TextStream(stream, skipping: encoding == .utf8WithMark ? 3 : 0)
  }

  private func plainPrefix() throws(InputError) -> Bytes {
    let length = 16_384
    let start = if let whole { whole.prefix(length) } else { Bytes(Array(try stream?.peek(length) ?? [])) }
    return start.withBytes(GzipStream.isGzip) ? try inflated(start, upTo: length) : start
  }

  private func inflated(_ bytes: Bytes, upTo length: Int?) throws(InputError) -> Bytes {
    do {
      return Bytes(
        try bytes.withBytes { bytes throws(GzipFault) in
          try GzipInflater.inflate(bytes, upTo: length, limit: SourceFile.sizeLimit)
        })
    } catch {
      throw error.inputError(file: path)
    }
  }

  /// The titles of the files of all kinds of evidence, as a list.
  static var anyResult: String {
    let titles = EvidenceKind.all.map(\.files.title)
    return titles.dropLast().joined(separator: ", ") + " or " + (titles.last ?? "")
  }

  private static func empty(_ path: String, _ expected: String) -> InputError {
    InputError(
      .malformed, file: path, found: "an empty file", expected: expected,
      remedy: "check that the run that writes it came to its end")
  }
}
