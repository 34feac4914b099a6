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
  /// Lines that declare a metric, as they stand.
  var declarations: [[UInt8]] = []
  /// A line that is none of samples, nor of k6's progress. The first after each sample is kept.
  struct Stranger: Equatable {
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
  /// The first stranger, and the first behind a sample of the block.
  private(set) var strangers: [Stranger] = []
  /// Lines that k6 wrote for people, between its samples on standard output.
  var consoleLines = 0
  /// Whether the text ends within a line: the run, or its copy, was cut short.
  var isCut = false

  /// Adds a sample.
  /// - Parameter line: the line it stands in, from 1.
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
    let isTelling = strangers.isEmpty || strangers.last?.samplesBefore == 0 && !values.isEmpty
    if isTelling, !ConsoleLine.isProgress(line) {
      strangers.append(
        Stranger(line: lines, samplesBefore: values.count, start: UntrustedText.quoted(line, limit: 40)))
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
    strangers.removeAll()
    consoleLines = 0
    isCut = false
  }
}
