internal import SLOSupport

/// The identity of raw samples: SHA-256 over what their lines say, not over the bytes of a file.
///
/// So a run has one identity from a file, a gzip file and a pipe, and finding it costs little: the tags, nine
/// tenths of the bytes, repeat from line to line and are hashed once a block. It covers every metric, tag,
/// value, time and declaration in their order, tags and declarations as they stand; the spacing and order of keys
/// of samples and `metadata` have no part in it.
///
/// The digest of a run is that of the text `slogate.samples/v1`, a newline, and the digests of its blocks in
/// order. A block is digested as its declarations, its kinds (the metric, the place of the tags among
/// those of the block, and where they are new the tags), and its columns in the byte
/// order of the machine, little-endian: the place of each sample's kind (4 bytes), its value (8), and where
/// each new time begins (8 and 8). Every part has its length in front.
enum SampleDigest {
  /// The digest of a run, of its blocks by their places; of a run without its beginning it is another.
  /// - Parameters:
  ///   - discarded: how much of the beginning is left out, in seconds.
  ///   - groups: the groups that are left out.
  static func digest(
    of blocks: [Int: SHA256Digest], discarding discarded: Double, groups: [String] = []
  ) -> SHA256Digest {
    var hasher = SHA256Hasher()
    hasher.update("slogate.samples/v1\n")
    if discarded > 0 { hasher.update(length: Int(exactly: (discarded * 1e9).rounded()) ?? .max) }
    for group in groups.sorted() { hasher.update(part: Array("group \(group)".utf8)) }
    for (_, digest) in blocks.sorted(by: { $0.key < $1.key }) {
      digest.bytes.withUnsafeBytes { hasher.update($0) }
    }
    return hasher.finalize()
  }

  /// The digest of a run of several files: that of the text `slogate.shards/v1`, a newline, and the digests of the
  /// files in ascending order, so that the order in which they were given has no part in it. Of one file its own.
  static func digest(ofFiles digests: [SHA256Digest]) -> SHA256Digest {
    if digests.count == 1 { return digests[0] }
    var hasher = SHA256Hasher()
    hasher.update("slogate.shards/v1\n")
    for digest in digests.sorted() { digest.bytes.withUnsafeBytes { hasher.update($0) } }
    return hasher.finalize()
  }

  /// The digest of a block.
  static func digest(of block: borrowing SampleBlock, _ kinds: borrowing KindTable) -> SHA256Digest {
    var hasher = SHA256Hasher()
    hasher.update(length: block.declarations.count)
    for line in block.declarations { hasher.update(part: line) }
    // The same tags come with many metrics, and are hashed once.
    var tagPlaces: [Int32: Int] = [:]
    hasher.update(length: block.kinds.count)
    for number in block.kinds {
      let tags = kinds.kinds[Int(number)].tags
      hasher.update(part: Array(kinds.metric(of: number).utf8))
      if let known = tagPlaces[tags] {
        hasher.update(length: known)
      } else {
        tagPlaces[tags] = tagPlaces.count
        let bytes = kinds.bytes(ofTags: tags)
        hasher.update(length: tagPlaces.count - 1)
        hasher.update(length: bytes.count)
        hasher.update(bytes)
      }
    }
    hasher.update(part: block.places)
    hasher.update(part: block.values)
    hasher.update(part: block.moments)
    return hasher.finalize()
  }
}

extension SHA256Hasher {
  fileprivate mutating func update(length: Int) {
    withUnsafeBytes(of: UInt64(length).littleEndian) { update($0) }
  }

  fileprivate mutating func update<Element: BitwiseCopyable>(part: [Element]) {
    update(length: part.count)
    part.withUnsafeBytes { update($0) }
  }

  fileprivate mutating func update(_ text: StaticString) {
    update(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
