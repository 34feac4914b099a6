internal import CNettle

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
public struct SHA256Hasher {
  private var context = sha256_ctx()

  /// Starts with no bytes.
  public init() { nettle_sha256_init(&context) }

  /// Takes the next bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    nettle_sha256_update(&context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
  }

  /// The digest of all bytes taken so far.
  public func finalize() -> SHA256Digest {
    var context = context
    var digest = [UInt8](repeating: 0, count: 32)
    nettle_sha256_digest(&context, digest.count, &digest)
    return SHA256Digest(digest)
  }
}
