/// Reads blocks until there are no more. Used by one thread at a time.
final class SampleWorker<Decoder: SampleDecoder & ~Copyable>: @unchecked Sendable {
  /// Samples taken before this time, in nanoseconds since 1970, are left out.
  private(set) var start: Int64
  /// The first thing that was wrong, and the block it is in.
  private(set) var fault: (block: Int, error: InputError)?

  private var decoder: Decoder
  private var collector: SampleCollector
  private let isShard: Bool
  private let buffer = TextBuffer()
  private var block = SampleBlock()

  /// More kinds than this are put into their groups at once: with a tag that differs from request to request
  /// there is no end of kinds.
  private static var kindLimit: Int { 16_384 }

  /// Creates a worker.
  /// - Parameter isShard: whether the file is one of several of a run.
  init(decoder: consuming Decoder, from start: Int64 = .min, isShard: Bool = false) {
    self.decoder = decoder
    self.start = start
    self.isShard = isShard
    collector = SampleCollector(isShard: isShard)
  }

  /// What has been gathered so far.
  var tally: SampleCollector.Tally { collector.tally }

  /// Reads the blocks up to that with the first sample of the text, which waits for `takeFirst`.
  /// - Returns: whether there may be more blocks.
  func readFirst(from source: BlockSource) -> Bool {
    // Many files may wait for their turn.
    defer { if isShard { buffer.release() } }
    return attempt(source) { () throws(InputError) in
      while let place = try source.next(into: buffer) {
        try decode(place)
        if !block.moments.isEmpty { return !place.isLast }
        collect()
      }
      return false
    } ?? false
  }

  /// The time of the earliest sample in the block that waits, in nanoseconds since 1970; nil where no sample was read.
  var firstTime: Int64? { block.moments.lazy.map(\.time).min() }

  /// Takes the block that waits.
  /// - Parameter start: samples taken before this time are left out from here on.
  func takeFirst(from start: Int64) {
    self.start = start
    if !block.moments.isEmpty { collect() }
    if isShard { block = SampleBlock() }
  }

  /// Takes blocks until there are no more; a fault ends it for all workers.
  /// - Parameter isKnown: whether all is known of a metric that can matter to grouping.
  func takeAll(
    from source: BlockSource, by grouping: SampleGrouping, _ tags: SampleTags, isKnown: (String) -> Bool
  ) {
    _ = attempt(source) { () throws(InputError) in
      while let place = try source.next(into: buffer) {
        try decode(place)
        collect()
        if decoder.kinds.count > Self.kindLimit {
          collector.groupEarly(decoder.kinds, by: grouping, tags, isKnown: isKnown)
          decoder.forget()
        }
      }
    }
  }

  /// Does something; a fault is kept, and ends the reading for all workers.
  private func attempt<Value>(_ source: BlockSource, _ body: () throws(InputError) -> Value) -> Value? {
    do throws(InputError) {
      return try body()
    } catch {
      fault = (block.index, error)
      source.stop()
      return nil
    }
  }

  /// Puts what was gathered by kind into groups.
  func group(by grouping: SampleGrouping, _ tags: SampleTags) {
    collector.group(decoder.kinds, by: grouping, tags)
    decoder.forget()
  }

  private func decode(_ place: BlockSource.Place) throws(InputError) {
    block.clear()
    block.index = place.index
    try decoder.decode(buffer.bytes, into: &block, isLast: place.isLast)
  }

  private func collect() { collector.add(block, kinds: decoder.kinds, from: start) }
}

/// Lines between samples that are none: what is left where samples were damaged. Before the first sample and
/// behind the last, k6 may write what it likes.
enum SampleGap {
  /// The first such line, as an error in its place in the text.
  static func first(in tallies: [SampleCollector.Tally], file: String) -> InputError? {
    let samples = tallies.reduce(into: [:]) { $0.merge($1.samples) { first, _ in first } }
    let unparsedLines = tallies.reduce(into: [:]) { $0.merge($1.unparsedLines) { first, _ in first } }
    let filled = samples.filter { $0.value > 0 }.keys
    guard let first = filled.min(), let last = filled.max() else { return nil }
    for (block, found) in unparsedLines.sorted(by: { $0.key < $1.key }) where (first...last).contains(block) {
      let stranger = block == first ? found.first { $0.samplesBefore > 0 } : found.first
      guard let stranger, block < last || stranger.samplesBefore < samples[block] ?? 0 else { continue }
      let lines = tallies.flatMap(\.lines).filter { $0.key < block }.reduce(0) { $0 + $1.value }
      return InputError(
        .malformed, file: file, place: .text(line: lines + stranger.line, column: 1, path: nil),
        found: "\(stranger.start) between samples",
        expected: "a sample in every line from the first to the last",
        remedy: "fetch the file again, and keep other output out of it")
    }
    return nil
  }
}
