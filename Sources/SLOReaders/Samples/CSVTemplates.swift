/// The beginnings and ends of records that the general parser has read.
///
/// A record is `metric, time, value tail`. A tail that stood in one line was read from behind a value to the
/// line end, so the same bytes there are always the same columns, whatever quotes they hold: nearly every
/// line is a known metric and a known tail round a time and a number, and is read by comparing bytes.
struct CSVTemplates: ~Copyable {
  /// More metrics than this are not learnt.
  private static let metricLimit = 256

  /// A metric as records begin with it.
  private struct Metric {
    /// Its column with the comma behind it.
    var bytes: UnsafeRawBufferPointer
    /// Its number among the kinds' metrics.
    var number: Int32
    /// The metric that followed it last: the best guess at the next one.
    var next: Int
    /// The kind of the metric with each tail; -1 for none.
    var kinds: [Int32] = []
  }

  private var metrics: [Metric] = []
  /// The columns behind the value, but for the metadata.
  private var tails: [UnsafeRawBufferPointer] = []
  /// The tags of each tail, by number.
  private var tagNumbers: [Int32] = []
  private var tailTable = TailTable()

  deinit {
    for metric in metrics { metric.bytes.deallocate() }
    for tail in tails { tail.deallocate() }
  }
}

extension CSVTemplates {
  /// The metric a line begins with, guessed by the one before.
  @inline(__always)
  mutating func metric(
    at line: UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>, after previous: Int
  ) -> (number: Int, end: UnsafePointer<UInt8>)? {
    if previous >= 0, case let guess = metrics[previous].next, begins(line, limit, with: guess) {
      return (guess, line + metrics[guess].bytes.count)
    }
    guard let found = metrics.indices.first(where: { begins(line, limit, with: $0) }) else { return nil }
    if previous >= 0 { metrics[previous].next = found }
    return (found, line + metrics[found].bytes.count)
  }

  @inline(__always)
  private func begins(
    _ line: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, with metric: Int
  ) -> Bool {
    metrics[metric].bytes.stands(at: line, before: limit)
  }

  /// The number of a tail.
  @inline(__always)
  func tail(_ bytes: UnsafeRawBufferPointer) -> Int? { tailTable.find(bytes) }

  /// The kind of a metric with a tail.
  @inline(__always)
  mutating func kind(_ metric: Int, _ tail: Int, _ kinds: inout SampleSeriesTable) -> Int32 {
    if tail < metrics[metric].kinds.count, case let known = metrics[metric].kinds[tail], known >= 0 {
      return known
    }
    return combine(metric, tail, &kinds)
  }

  private mutating func combine(_ metric: Int, _ tail: Int, _ kinds: inout SampleSeriesTable) -> Int32 {
    let kind = kinds.number(metric: metrics[metric].number, tags: tagNumbers[tail])
    let missing = tail + 1 - metrics[metric].kinds.count
    if missing > 0 { metrics[metric].kinds += repeatElement(-1, count: missing) }
    metrics[metric].kinds[tail] = kind
    return kind
  }

  /// Learns a record that stood in one line.
  mutating func learn(
    _ record: CSVRecord, metric: Int32, in text: UnsafeRawBufferPointer, kinds: inout SampleSeriesTable
  ) {
    guard let line = text.baseAddress?.assumingMemoryBound(to: UInt8.self),
      metrics.count < CSVTemplates.metricLimit
    else { return }
    if !metrics.indices.contains(where: { begins(line, line + text.count, with: $0) }) {
      let bytes = UnsafeRawBufferPointer(rebasing: text[...record.metric.upperBound]).copied()
      metrics.append(Metric(bytes: bytes, number: metric, next: metrics.count))
    }
    let tail = UnsafeRawBufferPointer(rebasing: text[record.tail])
    if tailTable.find(tail) == nil { _ = learn(tail: tail, kinds: &kinds) }
  }

  /// Learns a tail that is not known yet.
  mutating func learn(tail: UnsafeRawBufferPointer, kinds: inout SampleSeriesTable) -> Int {
    let copy = tail.copied()
    tailTable.insert(copy, tails.count)
    tails.append(copy)
    // The first byte is the comma behind the value.
    tagNumbers.append(kinds.number(ofTags: UnsafeRawBufferPointer(rebasing: tail.dropFirst())))
    return tails.count - 1
  }
}
