internal import SLODigest
internal import SLOModel
internal import SLOStatistics

/// Reads raw samples: one worker a core takes block after block, then what they gathered is put together.
struct SampleReader {
  let file: SourceFile
  let format: SampleFormat
  let profile: String
  let options: ReadOptions
  private let demand: SampleDemand

  /// Prepares to read a file.
  init(file: SourceFile, format: SampleFormat, profile: String, options: ReadOptions) {
    (self.file, self.format, self.profile, self.options) = (file, format, profile, options)
    demand = options.demand()
  }

  /// The reading of the samples.
  /// - Throws: `malformed` for the first line that is none of k6's, `unreadable` when the input fails.
  func reading() throws(InputError) -> Reading {
    let path = file.path
    // A quoted field of CSV may hold newlines, so that its blocks must come in order to one worker.
    return switch format {
    case .json: try reading(workers: Cores.count) { NDJSONDecoder(file: path) }
    case .csv: try reading(workers: 1) { CSVDecoder(file: path) }
    }
  }

  private func reading<Decoder: SampleDecoder & ~Copyable & SendableMetatype>(
    workers count: Int, _ decoder: () -> Decoder
  ) throws(InputError) -> Reading {
    let path = file.path
    let source = BlockSource(try file.textStream(), progress: options.progress)
    defer { source.finish() }
    let first = SampleWorker(decoder: decoder())
    // The first block tells when the run began and what it measures; small files have no other.
    let hasMore = first.takeFirst(from: source, discarding: options.discard)
    let early = try declared(in: [first.tally])
    let workers =
      [first] + (1..<(hasMore ? count : 1)).map { _ in SampleWorker(decoder: decoder(), from: first.start) }
    let tags = try format.tags(declarations: first.tally.declarations)
    if hasMore {
      let known = early.declarations
      concurrently(workers.count) {
        workers[$0].takeAll(from: source, by: early.grouping, tags) {
          known.isEmpty || known.kind(of: $0) != nil
        }
      }
    }
    try throwFirstFault(of: workers)
    if let fault = SampleGap.first(in: workers.map(\.tally), file: path) { throw fault }
    let all = try declared(in: workers.map(\.tally))
    concurrently(workers.count) { workers[$0].group(by: all.grouping, tags) }
    let run = SampleRun(workers.map(\.tally), discarding: options.discard, isCut: source.isCut)
    let summary = SampleSummary(
      groups: run.groups, grouping: all.grouping, declarations: all.declarations,
      givenKinds: options.metricKinds, percentiles: demand.percentiles, declared: options.metrics)
    if let fault = SampleSuspect.fault(in: workers.map(\.tally), file: path, summary) { throw fault }
    return reading(of: run, summary)
  }

  /// The fault that stands first in the text, placed in it: all blocks before its own were counted.
  private func throwFirstFault<Decoder: SampleDecoder & ~Copyable>(
    of workers: [SampleWorker<Decoder>]
  ) throws(InputError) {
    guard let fault = workers.compactMap(\.fault).min(by: { $0.block < $1.block }) else { return }
    let lines = workers.flatMap { $0.tally.lines }.filter { $0.key < fault.block }.map(\.value)
    throw fault.error.shifted(byLines: lines.reduce(0, +))
  }
}

extension SampleReader {
  private typealias Declared = (declarations: SampleDeclarations, grouping: SampleGrouping)

  /// What is known of the metrics, and the series that follow from it.
  private func declared(in tallies: [SampleCollector.Tally]) throws(InputError) -> Declared {
    let declarations =
      format == .json
      ? try SampleDeclarations(tallies.flatMap(\.declarations), file: file.path) : SampleDeclarations()
    let named = SampleGrouping.endpointTags.filter { $0 != options.endpointTag }
    let grouping = SampleGrouping(
      endpointTags: (options.endpointTag.map { [$0] } ?? []) + named, splitTag: options.splitTag,
      selections: Array(demand.selections.union(declarations.selections)), naming: options.naming)
    return (declarations.named(by: options.naming), grouping)
  }

  private func reading(of run: SampleRun, _ summary: SampleSummary) -> Reading {
    let source = Reading.Source(path: file.path, format: format.rawValue, sha256: run.digest.description)
    var reading = K6Reading.reading(
      K6Summary(format: format.rawValue, metrics: summary.metrics(), duration: run.duration),
      profile: profile, source: source, endpointTag: options.endpointTag,
      naming: options.naming, declared: options.metrics)
    reading.facts["split_by"] = options.splitTag
    reading.startedAt = run.start
    reading.failure = run.failure ?? reading.failure
    reading.notices += run.notices + summary.notices
    return reading
  }
}
