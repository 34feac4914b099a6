/// Reads blocks until there are no more. Used by one thread at a time.
final class SampleWorker<Decoder: SampleDecoder & ~Copyable>: @unchecked Sendable {
  /// Samples taken before this time, in nanoseconds since 1970, are left out.
  private(set) var start: Int64
  /// The first thing that was wrong, and the block it stands in.
  private(set) var fault: (block: Int, error: InputError)?

  private var decoder: Decoder
  private var collector = SampleCollector()
  private let buffer = TextBuffer()
  private var block = SampleBlock()

  /// More kinds than this are put into their groups at once: with a tag that differs from request to request
  /// there is no end of kinds.
  private static var kindLimit: Int { 16_384 }

  /// Creates a worker.
  init(decoder: consuming Decoder, from start: Int64 = .min) {
    self.decoder = decoder
    self.start = start
  }

  /// What has been gathered so far.
  var tally: SampleCollector.Tally { collector.tally }

  /// Takes the blocks up to that with the first sample of the text.
  /// - Parameter discarded: how long from that sample on nothing is counted, in seconds.
  /// - Returns: whether there may be more blocks.
  func takeFirst(from source: BlockSource, discarding discarded: Double) -> Bool {
    attempt(source) { () throws(InputError) in
      while let place = try source.next(into: buffer) {
        try decode(place)
        let first = block.moments.first?.time
        if let first, discarded > 0 {
          start = Int64(exactly: (Double(first) + discarded * 1e9).rounded()) ?? .max
        }
        collect()
        if first != nil { return !place.isLast }
      }
      return false
    } ?? false
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
