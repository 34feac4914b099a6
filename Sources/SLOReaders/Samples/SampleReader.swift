internal import SLOSupport
internal import SLOModel
internal import SLOStatistics
internal import Synchronization

/// Reads the raw samples of a run, from one file or from one of each instance: one worker a core takes block after
/// block, then what they gathered is put together.
struct SampleReader {
  /// The files, opened, and what they turned out to be.
  let files: [(file: SourceFile, format: SampleFormat)]
  let profile: String
  let options: ReadOptions
  private let demand: SampleDemand

  /// Prepares to read the files of one run.
  init(files: [(file: SourceFile, format: SampleFormat)], profile: String, options: ReadOptions) {
    (self.files, self.profile) = (files, profile)
    self.options = files.count > 1 ? SampleReader.withOneReport(options) : options
    demand = options.demand()
  }

  /// The same options where several files are read at once, which never report progress at once.
  private static func withOneReport(_ options: ReadOptions) -> ReadOptions {
    guard let progress = options.progress else { return options }
    let lock = Mutex(())
    var options = options
    options.progress = { report in lock.withLock { _ in progress(report) } }
    return options
  }

  /// The reading of the samples, and the files that they were in.
  /// - Throws: `malformed` for the first line of each file that is none of k6's, and for files that are no shards of
  ///   one run; `unreadable` when an input fails.
  func reading() throws(InputErrors) -> (reading: Reading, shards: [SampleShard]) {
    let inputs = try opened()
    let isPiped = inputs.count > 1 && inputs.contains(where: \.isPipe)
    // A program that writes a pipe waits until the pipe is read: several pipes are read in parallel.
    _ = concurrentMap(inputs, workers: isPiped ? inputs.count : Cores.count) { $0.begin() }
    try InputErrors.demandNone(inputs.compactMap(\.fault))
    let start = start(of: inputs)
    for input in inputs { input.takeFirst(from: start) }
    let early = try declared(in: inputs)
    let plan = SamplePlan(early, demand, options)
    if isPiped { concurrently(inputs.count) { inputs[$0].takeRest(by: plan, workers: 1) } }
    let run = try run(inputs, early) { if !isPiped { $0.takeRest(by: $1, workers: Cores.count) } }
    return (try reading(of: run), run.shards)
  }

  private func opened() throws(InputErrors) -> [any SampleInput] {
    try InputErrors.collecting(files) { file, format throws(InputError) in
      let (path, isShard) = (file.path, files.count > 1)
      return switch format {
      case .json: try SampleFile(file, format, options, isShard: isShard) { NDJSONDecoder(file: path) }
      case .csv: try SampleFile(file, format, options, isShard: isShard) { CSVDecoder(file: path) }
      }
    }
  }

  /// From when on samples count, in nanoseconds since 1970.
  private func start(of inputs: [any SampleInput]) -> Int64 {
    guard options.discard > 0, let first = inputs.compactMap(\.firstTime).min() else { return .min }
    return Int64(exactly: (Double(first) + options.discard * 1e9).rounded()) ?? .max
  }

  private func declared(in inputs: [any SampleInput]) throws(InputErrors) -> SampleDeclarations {
    try InputErrors.collecting(inputs) { input throws(InputError) in try input.declared() }
      .reduce(into: SampleDeclarations()) { $0.formUnion($1) }
  }

  /// Reads file after file; what the kinds of one need is given back before the next is read. CSV comes last: what
  /// only NDJSON declares, at any place, holds for it too.
  private func run(
    _ inputs: [any SampleInput], _ early: SampleDeclarations, _ read: (any SampleInput, SamplePlan) -> Void
  ) throws(InputErrors) -> SampleRun {
    var run = SampleRun()
    var known = early
    var errors: [InputError] = []
    for input in inputs.filter({ $0.format == .json }) + inputs.filter({ $0.format == .csv }) {
      read(input, SamplePlan(known, demand, options))
      do throws(InputError) {
        let shard = try input.shard { declarations in
          known.formUnion(declarations)
          return SamplePlan(known, demand, options)
        }
        run.add(shard, isOnly: inputs.count == 1)
      } catch {
        errors.append(error)
      }
    }
    try InputErrors.demandNone(errors)
    run.settle()
    return run
  }

  private func reading(of run: SampleRun) throws(InputErrors) -> Reading {
    let agreement = ShardAgreement(run.shards)
    try InputErrors.demandNone(agreement.errors)
    let plan = SamplePlan(run.declarations, demand, options)
    let summary = SampleSummary(
      groups: run.groups, grouping: plan.grouping, declarations: run.declarations.named(by: options.naming),
      givenKinds: options.metricKinds, percentiles: demand.percentiles, declared: options.metrics,
      shared: run.sharedGauges)
    try InputErrors.demandNone(run.shards.compactMap { SampleSuspect.fault(in: $0, summary) })
    var reading = reading(of: run, summary)
    reading.warnings += agreement.warnings
    return reading
  }

  private func reading(of run: SampleRun, _ summary: SampleSummary) -> Reading {
    let source = Reading.Source(path: run.path, format: run.format, sha256: run.digest.description)
    var reading = K6Reading.reading(
      K6Summary(format: run.format, metrics: summary.metrics(), duration: run.duration, method: run.method),
      profile: profile, source: source, endpointTag: options.endpointTag,
      naming: options.naming, declared: options.metrics,
      takesSingleIterations: options.takesSingleIterations(profile))
    reading.facts["split_by"] = options.splitTag
    if run.shards.count > 1 { reading.facts["shards"] = String(run.shards.count) }
    reading.startedAt = run.start
    reading.failure = run.failure ?? reading.failure
    reading.notices += run.notices + summary.notices
    return reading
  }
}

extension InputErrors {
  /// - Throws: the errors, where there are any.
  static func demandNone(_ errors: [InputError]) throws(InputErrors) {
    if !errors.isEmpty { throw InputErrors(all: errors) }
  }

  /// What is made of each element, or everything that was wrong with some.
  static func collecting<Element, Value>(
    _ elements: [Element], _ make: (Element) throws(InputError) -> Value
  ) throws(InputErrors) -> [Value] {
    var (values, errors): ([Value], [InputError]) = ([], [])
    for element in elements {
      do throws(InputError) {
        values.append(try make(element))
      } catch {
        errors.append(error)
      }
    }
    try demandNone(errors)
    return values
  }
}
