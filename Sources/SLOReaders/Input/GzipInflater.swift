/// Inflates gzip data that is in memory.
enum GzipInflater {
  /// Inflates all members.
  /// - Parameters:
  ///   - length: stop quietly once this much is inflated, or when the data ends before; nil for all of it.
  ///   - limit: more than this is refused, so that a small file cannot fill the memory.
  static func inflate(
    _ bytes: UnsafeRawBufferPointer, upTo length: Int?, limit: Int
  ) throws(GzipFault) -> [UInt8] {
    var position = 0
    var stream = GzipStream { buffer in
      let piece = bytes[position...].prefix(buffer.count)
      buffer.copyBytes(from: piece)
      position += piece.count
      return piece.count
    }
    var output: [UInt8] = []
    do throws(GzipStream.Failure) {
      repeat {
        let next = try [UInt8](upTo: min(length ?? 1 << 20, 1 << 20)) { buffer throws(GzipStream.Failure) in
          try stream.read(into: buffer)
        }
        if next.isEmpty { break }
        output += next
        if output.count > limit { throw .data(GzipFault(reason: .tooLarge(limit: limit), offset: position)) }
      } while output.count < length ?? .max
    } catch {
      guard case .data(let fault) = error else { return output }
      guard length != nil, fault.reason == .truncated else { throw fault }
    }
    return output
  }
}
