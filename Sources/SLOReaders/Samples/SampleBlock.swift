import SLOSupport

/// The samples of some whole lines, in columns.
///
/// A *kind* is what stays the same from line to line: a metric and its tags, as the bytes of the file. The
/// columns name kinds by their place in `kinds`, which lists those of this block in the order of their first
/// sample: so a block says all that its lines say, and the same lines always give the same block.
struct SampleBlock {
  /// A number of consecutive samples taken at one time.
  struct Moment: Equatable {
    /// The first of them.
    var start: Int
    /// Nanoseconds since 1970.
    var time: Int64
  }

  /// Its place in the text, from 0.
  var index = 0
  /// The kinds that occur, by the decoder's numbers.
  var kinds: [Int32] = []
  /// The kind of each sample, as a place in `kinds`.
  var places: [UInt32] = []
  /// The value of each sample.
  var values: [Double] = []
  /// When the samples were taken, in their order.
  var moments: [Moment] = []
  /// Lines that declare a metric, as they are.
  var declarations: [[UInt8]] = []
  /// A line that is none of samples, nor of k6's progress. The first after each sample is kept.
  struct UnparsedLine: Equatable {
    /// Its number in the block, from 1.
    var line: Int
    /// How many samples of the block stand before it.
    var samplesBefore: Int
    /// How it begins.
    var start: String
  }

  /// The first sample below zero of each kind that has some, by its place in `kinds`.
  private(set) var negatives: [UInt32: SampleSuspect] = [:]
  /// The first sample of a time that no measurement has.
  private(set) var impossibleTime: SampleSuspect?
  /// The number of lines.
  var lines = 0
  /// The first line that is no sample, and the first such line behind a sample of the block.
  private(set) var unparsedLines: [UnparsedLine] = []
  /// Lines that k6 wrote for people, between its samples on standard output.
  var consoleLines = 0
  /// Whether the text ends within a line: the run, or its copy, was cut short.
  var isCut = false

  /// Adds a sample.
  /// - Parameter line: the line it is in, from 1.
  @inline(__always)
  mutating func append(_ value: Double, at time: Int64, place: UInt32, line: Int) {
    if value < 0 { note(value, of: place, line) }
    if moments.last?.time != time { begin(time, line) }
    places.append(place)
    values.append(value)
  }

  private mutating func begin(_ time: Int64, _ line: Int) {
    moments.append(Moment(start: values.count, time: time))
    if !SampleSuspect.possibleTimes.contains(time), impossibleTime == nil {
      impossibleTime = SampleSuspect(block: index, line: line, reason: .time(time))
    }
  }

  @inline(never)
  private mutating func note(_ value: Double, of place: UInt32, _ line: Int) {
    if negatives[place] == nil {
      negatives[place] = SampleSuspect(block: index, line: line, reason: .value(value))
    }
  }

  /// Counts a line, the last so far, that k6 wrote for people.
  mutating func appendConsole(_ line: UnsafeRawBufferPointer) {
    if ConsoleLine.isBlank(line) { return }
    consoleLines += 1
    let isTracked = unparsedLines.isEmpty || unparsedLines.last?.samplesBefore == 0 && !values.isEmpty
    if isTracked, !ConsoleLine.isProgress(line) {
      unparsedLines.append(
        UnparsedLine(line: lines, samplesBefore: values.count, start: UntrustedText.quoted(line, limit: 40)))
    }
  }

  /// Makes room for the next block.
  mutating func clear() {
    kinds.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    moments.removeAll(keepingCapacity: true)
    declarations.removeAll(keepingCapacity: true)
    negatives.removeAll()
    impossibleTime = nil
    lines = 0
    unparsedLines.removeAll()
    consoleLines = 0
    isCut = false
  }
}

/// The identity of raw samples: SHA-256 over what their lines say, not over the bytes of a file.
///
/// So a run has one identity from a file, a gzip file and a pipe, and finding it costs little: the tags, nine
/// tenths of the bytes, repeat from line to line and are hashed once a block. It covers every metric, tag,
/// value, time and declaration in their order, tags and declarations as they are; the spacing and order of keys
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
  static func digest(of block: borrowing SampleBlock, _ kinds: borrowing SampleSeriesTable) -> SHA256Digest {
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
