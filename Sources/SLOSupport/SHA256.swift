internal import CNettle

/// SHA-256 (FIPS 180-4) of bytes: the identity of sources, runs and environments.
public struct SHA256Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The 32 bytes of the digest.
  public let bytes: [UInt8]

  /// The digest of a buffer.
  public init(of buffer: UnsafeRawBufferPointer) {
    var hasher = SHA256Hasher()
    hasher.update(buffer)
    self = hasher.finalize()
  }

  /// Takes the 32 bytes that a hasher has made.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The digest of a text's UTF-8 bytes.
  public init(of text: String) {
    var text = text
    self = text.withUTF8 { SHA256Digest(of: UnsafeRawBufferPointer($0)) }
  }

  /// Takes the 32 bytes of a digest that was made before; nil for any other number of bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads the 64 hexadecimal digits that `description` writes, in either case.
  public init?(hexadecimal: String) {
    let digits = hexadecimal.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard hexadecimal.utf8.count == 64, digits.count == 64 else { return nil }
    bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// By their bytes, which is the order of their hexadecimal digits too.
  public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
package struct SHA256Hasher {
  private var context = sha256_ctx()

  /// Starts with no bytes.
  package init() { nettle_sha256_init(&context) }

  /// Takes the next bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    nettle_sha256_update(&context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
  }

  /// The digest of all bytes taken so far.
  package func finalize() -> SHA256Digest {
    var context = context
    var digest = [UInt8](repeating: 0, count: 32)
    nettle_sha256_digest(&context, digest.count, &digest)
    return SHA256Digest(digest)
  }
}
