import SLOModel
import SLOStatistics
import SLOSupport

/// A file or pipe of raw samples that is read in steps: what it begins with, then all of it.
protocol SampleInput: AnyObject, Sendable {
  /// The file as it was named.
  var path: String { get }
  /// The format of its samples.
  var format: SampleFormat { get }
  /// Whether what writes it may have to wait for its reader.
  var isPipe: Bool { get }
  /// The earliest time in the first block with a sample, in nanoseconds since 1970.
  var firstTime: Int64? { get }
  /// The first thing that was wrong, in its place.
  var fault: InputError? { get }

  /// Reads the first block with a sample.
  func begin()
  /// Takes that block, but for samples from before a time.
  func takeFirst(from start: Int64)
  /// What the lines read so far declare.
  func declared() throws(InputError) -> SampleDeclarations
  /// Takes all other blocks.
  func takeRest(by plan: SamplePlan, workers: Int)
  /// Puts together what was taken. It can be asked for once.
  func shard(_ plan: (SampleDeclarations) -> SamplePlan) throws(InputError) -> SampleShard
}

/// A file or pipe in one format.
final class SampleFile<Decoder: SampleDecoder & ~Copyable & SendableMetatype>: SampleInput,
  @unchecked Sendable
{
  let path: String
  let isPipe: Bool
  let format: SampleFormat
  private let source: BlockSource
  private let decoder: () -> Decoder
  private let isShard: Bool
  private let discarded: Double
  private let relaid: RelaidText?
  private var workers: [SampleWorker<Decoder>]
  private var hasMore = false

  /// Prepares to read a file.
  /// - Parameters:
  ///   - options: how it is read.
  ///   - isShard: whether it is one of several files of a run.
  init(
    _ file: SourceFile, _ format: SampleFormat, _ options: ReadOptions, isShard: Bool,
    decoder: @escaping () -> Decoder
  ) throws(InputError) {
    (path, isPipe) = (file.path, file.isPipe)
    (self.format, self.isShard, self.decoder, discarded) = (format, isShard, decoder, options.discard)
    relaid = file.relaid
    source = BlockSource(try file.textStream(), progress: options.progress)
    workers = [SampleWorker(decoder: decoder(), isShard: isShard)]
  }

  var firstTime: Int64? { workers.first?.firstTime }

  func begin() {
    hasMore = workers[0].readFirst(from: source)
    if workers[0].fault != nil { source.finish() }
  }

  func takeFirst(from start: Int64) { workers[0].takeFirst(from: start) }

  func declared() throws(InputError) -> SampleDeclarations { try declared(in: workers.map(\.tally)) }

  func takeRest(by plan: SamplePlan, workers count: Int) {
    defer { source.finish() }
    guard hasMore, let tags = try? tags else { return }
    // A quoted field of CSV may hold newlines, so that its blocks must come in order to one worker.
    let count = format == .csv ? 1 : count
    workers += (1..<max(1, count)).map { _ in
      SampleWorker(decoder: decoder(), from: workers[0].start, isShard: isShard)
    }
    concurrently(workers.count) { [self] in
      workers[$0].takeAll(from: source, by: plan.grouping, tags, isKnown: plan.knows)
    }
  }

  /// The fault that is first in the text, placed in it: all blocks before its own were counted.
  var fault: InputError? {
    guard let fault = workers.compactMap(\.fault).min(by: { $0.block < $1.block }) else { return nil }
    let lines = workers.flatMap { $0.tally.lines }.filter { $0.key < fault.block }.map(\.value)
    let error = fault.error.shifted(byLines: lines.reduce(0, +))
    return relaid?.placed(error) ?? error
  }

  func shard(_ plan: (SampleDeclarations) -> SamplePlan) throws(InputError) -> SampleShard {
    if let fault { throw fault }
    if let fault = SampleGap.first(in: workers.map(\.tally), file: path) {
      throw relaid?.placed(fault) ?? fault
    }
    let (declarations, tags) = (try declared(), try tags)
    let plan = plan(declarations)
    concurrently(workers.count) { [self] in workers[$0].group(by: plan.grouping, tags) }
    let tallies = workers.map(\.tally)
    workers.removeAll()
    return SampleShard(
      tallies, of: path, format, plan, declaring: declarations, discarding: discarded, isCut: source.isCut,
      relaid: relaid)
  }

  private var tags: SampleTags {
    get throws(InputError) { try format.tags(declarations: workers.first?.tally.declarations ?? []) }
  }

  private func declared(in tallies: [SampleCollector.Tally]) throws(InputError) -> SampleDeclarations {
    format == .json
      ? try SampleDeclarations(tallies.flatMap(\.declarations), file: path) : SampleDeclarations()
  }
}

/// The two formats of k6's raw samples.
enum SampleFormat: String {
  case json = "k6-samples-json"
  case csv = "k6-samples-csv"

  /// What all names of formats of raw samples begin with.
  static let prefix = "k6-samples"

  /// What the format of a run is called whose files are in both.
  static let mixed = "k6-samples-mixed"

  /// Recognises raw samples by the first lines of a text, behind what k6 wrote for people; nil for anything
  /// else.
  init?(startOf text: UnsafeRawBufferPointer) {
    if SampleFormat.isArray(text) { return nil }
    let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: 100)
    for line in lines.map(UnsafeRawBufferPointer.init(rebasing:)) {
      if CSVHeader.isOne(line) {
        self = .csv
        return
      }
      guard SampleFormat.isSample(line) else { continue }
      self = .json
      return
    }
    return nil
  }

  /// How the tags of its kinds are read.
  func tags(declarations: [[UInt8]]) throws(InputError) -> SampleTags {
    switch self {
    case .json: .json
    case .csv: .csv(CSVHeader(declarations.first ?? []))
    }
  }

  /// Whether a text begins a JSON array of objects: its lines, if it has some, are no documents.
  private static func isArray(_ text: UnsafeRawBufferPointer) -> Bool {
    text.lazy.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }.prefix(2).elementsEqual("[{".utf8)
  }

  /// A line may go on beyond the text: the sub-metrics of a declaration fill pages. What distinguishes it is at its
  /// beginning, in whatever order the keys are.
  private static func isSample(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.first == UInt8(ascii: "{"), line.count > 32 else { return false }
    let start = String(decoding: line.prefix(512), as: UTF8.self).filter { $0 != " " }
    return start.contains("\"data\":{")
      && (start.contains("\"type\":\"Metric\"") || start.contains("\"type\":\"Point\""))
  }
}

/// Turns the lines of one format into blocks of samples.
protocol SampleDecoder: ~Copyable {
  /// The kinds met so far.
  var kinds: SampleSeriesTable { get }

  /// Decodes the whole lines of a block.
  /// - Parameter isLast: whether the text ends with them.
  /// - Throws: `malformed` for a line that does not belong there, placed within these lines.
  mutating func decode(
    _ text: UnsafeRawBufferPointer, into block: inout SampleBlock, isLast: Bool
  ) throws(InputError)

  /// Forgets the kinds, whose numbers start anew.
  mutating func forget()
}
