internal import CZlib

/// Inflates gzip (RFC 1952), several members one after another included.
enum GzipInflater {
  /// Why a gzip file could not be inflated, and where in the compressed bytes.
  struct Fault: Error, Equatable {
    /// What is wrong.
    enum Reason: Equatable {
      case truncated
      case corrupt(String)
      case trailing
      case tooLarge(limit: Int)
    }

    var reason: Reason
    /// Offset into the compressed bytes.
    var offset: Int
  }

  /// Whether bytes start as a gzip file does.
  static func isGzip(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  /// Inflates all members.
  /// - Parameters:
  ///   - length: stop quietly once this much is inflated; nil for all of it.
  ///   - limit: more than this is refused, so that a small file cannot fill the memory.
  static func inflate(
    _ bytes: UnsafeRawBufferPointer, upTo length: Int?, limit: Int
  ) throws(Fault) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(length ?? min(limit, bytes.count * 8))
    var offset = 0
    repeat {
      offset += try member(bytes, from: offset, into: &output, upTo: length, limit: limit)
      if let length, output.count >= length { return output }
      // Some writers pad the file to whole blocks with zeros.
      while offset < bytes.count, bytes[offset] == 0 { offset += 1 }
      let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(offset))
      if !rest.isEmpty, !isGzip(rest) { throw Fault(reason: .trailing, offset: offset) }
    } while offset < bytes.count
    return output
  }

  /// Inflates one member and returns how many compressed bytes it took.
  private static func member(
    _ bytes: UnsafeRawBufferPointer, from start: Int, into output: inout [UInt8], upTo length: Int?,
    limit: Int
  ) throws(Fault) -> Int {
    var stream = z_stream()
    // 15 is the largest window, 16 says: gzip and nothing else.
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw Fault(reason: .corrupt("zlib could not be started"), offset: start)
    }
    defer { inflateEnd(&stream) }
    let blockSize = min(length ?? 1 << 18, 1 << 18)
    var position = start
    while true {
      position += feed(&stream, bytes, from: position)
      let result = step(&stream, blockSize, &output)
      let consumed = position - Int(stream.avail_in)
      if output.count > limit { throw Fault(reason: .tooLarge(limit: limit), offset: consumed) }
      switch result {
      case Z_STREAM_END: return consumed - start
      case Z_OK, Z_BUF_ERROR:
        if let length, output.count >= length { return consumed - start }
        if stream.avail_in == 0, position == bytes.count, stream.avail_out > 0 {
          throw Fault(reason: .truncated, offset: bytes.count)
        }
      default:
        let message = stream.msg.map { String(cString: $0) } ?? "zlib error \(result)"
        throw Fault(reason: .corrupt(message), offset: consumed)
      }
    }
  }

  /// Gives zlib the next input when it has none left; zlib counts in 32 bits.
  private static func feed(_ stream: inout z_stream, _ bytes: UnsafeRawBufferPointer, from position: Int)
    -> Int
  {
    guard stream.avail_in == 0, let base = bytes.baseAddress else { return 0 }
    let count = min(bytes.count - position, 1 << 30)
    let next = base.advanced(by: position).assumingMemoryBound(to: UInt8.self)
    stream.next_in = UnsafeMutablePointer(mutating: next)
    stream.avail_in = UInt32(count)
    return count
  }

  private static func step(_ stream: inout z_stream, _ blockSize: Int, _ output: inout [UInt8]) -> Int32 {
    var result = Z_OK
    let block = [UInt8](unsafeUninitializedCapacity: blockSize) { buffer, count in
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(blockSize)
      result = CZlib.inflate(&stream, Z_NO_FLUSH)
      count = blockSize - Int(stream.avail_out)
    }
    output.append(contentsOf: block)
    return result
  }
}

extension GzipInflater.Fault {
  /// The fault as a message about a file.
  func inputError(file: String) -> InputError {
    let again = "fetch or write the file again"
    let (found, expected, remedy) =
      switch reason {
      case .truncated:
        ("the end of a gzip file that was cut off", "the rest of its data", "let the run finish, or \(again)")
      case .corrupt(let message):
        ("damaged gzip data (\(UntrustedText.escaped(message)))", "intact gzip data", again)
      case .trailing: ("bytes after the gzip data", "the end of the file", again)
      case .tooLarge(let limit):
        (
          "more than \(limit >> 20) MiB of inflated data", "a result of at most that",
          "pass the tool's summary"
        )
      }
    return InputError(
      .malformed, file: file, place: .byte(offset), found: found, expected: expected, remedy: remedy)
  }
}
