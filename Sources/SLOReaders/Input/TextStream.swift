/// A text that comes piece by piece, inflated where need be.
final class TextStream {
  /// The path as given, `-` for standard input.
  let path: String
  /// Whether it ended before its end: a gzip file that was cut off.
  private(set) var isCut = false

  private let stream: ByteStream?
  private var gzip: GzipStream?
  private var held: Bytes
  private var position = 0

  /// The rest of a stream.
  /// - Parameter mark: the length of the byte order mark.
  init(_ stream: ByteStream, skipping mark: Int) throws(InputError) {
    path = stream.path
    self.stream = stream
    held = Bytes([])
    let isGzip = try stream.peek(2).withUnsafeBytes(GzipStream.isGzip)
    if isGzip { gzip = GzipStream { buffer throws(InputError) in try stream.read(into: buffer) } }
    try skip(mark)
  }

  /// A text in memory.
  init(of text: Bytes, path: String) {
    self.path = path
    stream = nil
    held = text
  }

  /// Bytes taken of the file so far, and its size where it has one.
  var progress: (taken: Int, size: Int?) {
    stream.map { ($0.taken, $0.size) } ?? (position, held.buffer.count)
  }

  /// Takes the next bytes.
  /// - Returns: how many; 0 only at the end.
  /// - Throws: `unreadable`, or `malformed` for damaged gzip data.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    guard let stream else { return readHeld(into: buffer) }
    guard gzip != nil else { return try stream.read(into: buffer) }
    do throws(GzipStream.Failure) {
      return try gzip?.read(into: buffer) ?? 0
    } catch {
      switch error {
      case .source(let error): throw error
      case .data(let fault) where fault.reason == .truncated:
        isCut = true
        return 0
      case .data(let fault): throw fault.inputError(file: path)
      }
    }
  }

  private func readHeld(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let rest = held.dropFirst(position).prefix(buffer.count)
    rest.withBytes { buffer.copyMemory(from: $0) }
    position += rest.buffer.count
    return rest.buffer.count
  }

  private func skip(_ count: Int) throws(InputError) {
    var left = count
    while left > 0 {
      let next = try [UInt8](upTo: left) { buffer throws(InputError) in try read(into: buffer) }
      if next.isEmpty { return }
      left -= next.count
    }
  }
}
