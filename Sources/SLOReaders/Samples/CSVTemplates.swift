#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

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
    var bytes: UnsafePointer<UInt8>
    var count: Int
    var name: String
    /// The metric that followed it last: the best guess at the next one.
    var next: Int
    /// The kind of the metric with each tail; -1 for none.
    var kinds: [Int32] = []
  }

  /// The columns behind the value, but for the metadata.
  private struct Tail {
    var bytes: UnsafePointer<UInt8>
    var count: Int
  }

  private var metrics: [Metric] = []
  private var tails: [Tail] = []
  private var tailTable = TailTable()

  deinit {
    for metric in metrics { metric.bytes.deallocate() }
    for tail in tails { tail.bytes.deallocate() }
  }
}

extension CSVTemplates {
  /// The metric a line begins with, guessed by the one before.
  @inline(__always)
  mutating func metric(
    at line: UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>, after previous: Int
  ) -> (number: Int, end: UnsafePointer<UInt8>)? {
    if previous >= 0, case let guess = metrics[previous].next, begins(line, limit, with: guess) {
      return (guess, line + metrics[guess].count)
    }
    guard let found = metrics.indices.first(where: { begins(line, limit, with: $0) }) else { return nil }
    if previous >= 0 { metrics[previous].next = found }
    return (found, line + metrics[found].count)
  }

  @inline(__always)
  private func begins(
    _ line: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, with metric: Int
  ) -> Bool {
    metrics[metric].count <= limit - line && memcmp(metrics[metric].bytes, line, metrics[metric].count) == 0
  }

  /// The number of a tail.
  @inline(__always)
  func tail(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? { tailTable.find(bytes, count) }

  /// The kind of a metric with a tail.
  @inline(__always)
  mutating func kind(_ metric: Int, _ tail: Int, _ kinds: inout KindTable) -> Int32 {
    if tail < metrics[metric].kinds.count, case let known = metrics[metric].kinds[tail], known >= 0 {
      return known
    }
    return combine(metric, tail, &kinds)
  }

  private mutating func combine(_ metric: Int, _ tail: Int, _ kinds: inout KindTable) -> Int32 {
    // The first byte is the comma behind the value.
    let tags = UnsafeBufferPointer(start: tails[tail].bytes, count: tails[tail].count).dropFirst()
    let kind = kinds.number(of: KindTable.Kind(metric: metrics[metric].name, tags: Array(tags)))
    let missing = tail + 1 - metrics[metric].kinds.count
    if missing > 0 { metrics[metric].kinds += repeatElement(-1, count: missing) }
    metrics[metric].kinds[tail] = kind
    return kind
  }

  /// Learns a record that stood in one line.
  mutating func learn(_ record: CSVRecord, metric name: String, in text: UnsafeRawBufferPointer) {
    guard let line = text.baseAddress?.assumingMemoryBound(to: UInt8.self),
      metrics.count < CSVTemplates.metricLimit
    else { return }
    if !metrics.indices.contains(where: { begins(line, line + text.count, with: $0) }) {
      let count = record.metric.upperBound + 1
      let bytes = CSVTemplates.copy(text[..<count])
      metrics.append(Metric(bytes: bytes, count: count, name: name, next: metrics.count))
    }
    if tail(line + record.tail.lowerBound, record.tail.count) == nil {
      let bytes = CSVTemplates.copy(text[record.tail])
      tailTable.insert(bytes, record.tail.count, tails.count)
      tails.append(Tail(bytes: bytes, count: record.tail.count))
    }
  }

  private static func copy(_ bytes: Slice<UnsafeRawBufferPointer>) -> UnsafePointer<UInt8> {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    UnsafeMutableRawBufferPointer(start: copy, count: bytes.count).copyBytes(from: bytes)
    return UnsafePointer(copy)
  }
}
