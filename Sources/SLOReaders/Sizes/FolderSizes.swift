internal import CZlib
internal import SLOModel
internal import SLOSupport

/// The files that a build wrote, measured themselves.
extension SizeReport: FolderReader {
  static func reading(of files: FileTree, profile: String) throws(InputErrors) -> Reading {
    try InputErrors.demandNone(files.names.isEmpty ? [noFile(in: files)] : [])
    let measured = concurrentMap(files.names, workers: Cores.count) { name in
      Result { () throws(InputError) in try MeasuredFile(path: files.root + name) }
    }
    let found = try InputErrors.collecting(measured) { result throws(InputError) in try result.get() }
    var run = SizeRun()
    for (name, file) in zip(files.names, found) {
      run.bundles.append(
        Bundle(name: name, figures: ["raw": Double(file.size), "gzip": Double(file.gzipSize)]))
    }
    if let first = files.leftOut.first {
      let (name, count) = (UntrustedText.escaped(first), files.leftOut.count)
      run.notices.append(
        count == 1
          ? "left out \(name): a link or no regular file"
          : "left out \(count) links or files that are not regular: \(name) …")
    }
    // What `sha256sum` prints of the files in this order.
    let list = zip(files.names, found).map { "\($1.sha256)  \($0)\n" }.joined()
    let source = Reading.Source(
      path: files.path, format: "files", sha256: SHA256Digest(of: list).description)
    return run.reading(from: source, profile: profile)
  }

  private static func noFile(in files: FileTree) -> InputError {
    InputError(
      .malformed, file: files.path,
      found: files.leftOut.isEmpty ? "no file" : "no regular file (links are not followed)",
      expected: "at least one file to measure", remedy: "check that the build has run")
  }
}

/// The sizes and the identity of one file, read once and never held whole.
private struct MeasuredFile: Sendable {
  /// In bytes.
  var size = 0
  /// Compressed with gzip (RFC 1952) at level 9, in bytes: as servers and tools for sizes do it.
  let gzipSize: Int
  let sha256: SHA256Digest

  init(path: String) throws(InputError) {
    let stream = try ByteStream(opening: path)
    var hasher = SHA256Hasher()
    var deflated = DeflatedSize()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
    defer { block.deallocate() }
    while case let count = try stream.read(into: block), count > 0 {
      let piece = UnsafeMutableRawBufferPointer(rebasing: block[..<count])
      hasher.update(UnsafeRawBufferPointer(piece))
      deflated.add(piece)
      size += count
    }
    gzipSize = deflated.finish() + DeflatedSize.gzipFrame
    sha256 = hasher.finalize()
  }
}

/// How large bytes that come piece by piece are when they are deflated (RFC 1951) at level 9.
private struct DeflatedSize: ~Copyable {
  /// The header and the trailer that gzip puts around deflated data, without a file's name: 10 and 8 bytes.
  static let gzipFrame = 18

  private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  init() {
    state.initialize(to: z_stream())
    // A window of 32 KiB and no header; 8 is the usual memory level.
    let code = deflateInit2_(
      state, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib has no memory")
  }

  deinit {
    deflateEnd(state)
    state.deallocate()
    output.deallocate()
  }

  mutating func add(_ bytes: UnsafeMutableRawBufferPointer) {
    state.pointee.next_in = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = UInt32(bytes.count)
    while state.pointee.avail_in > 0 { deflateOn(Z_NO_FLUSH) }
  }

  /// The size in bytes, once all bytes were added.
  mutating func finish() -> Int {
    while deflateOn(Z_FINISH) == Z_OK {}
    return Int(state.pointee.total_out)
  }

  @discardableResult private mutating func deflateOn(_ flush: Int32) -> Int32 {
    state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(output.count)
    return deflate(state, flush)
  }
}
