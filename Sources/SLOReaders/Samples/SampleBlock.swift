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
  /// The number of lines.
  var lines = 0
  /// Lines that k6 wrote for people, between its samples on standard output.
  var consoleLines = 0
  /// Whether the text ends within a line: the run, or its copy, was cut short.
  var isCut = false

  /// Adds a sample.
  @inline(__always)
  mutating func append(_ value: Double, at time: Int64, place: UInt32) {
    if moments.last?.time != time { moments.append(Moment(start: values.count, time: time)) }
    places.append(place)
    values.append(value)
  }

  /// Makes room for the next block.
  mutating func clear() {
    kinds.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    moments.removeAll(keepingCapacity: true)
    declarations.removeAll(keepingCapacity: true)
    lines = 0
    consoleLines = 0
    isCut = false
  }
}
