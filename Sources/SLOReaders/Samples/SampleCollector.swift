import SLOModel
import SLOSupport

/// What one worker has gathered from its blocks.
struct SampleCollector: ~Copyable {
  /// What is known of the run.
  struct Tally {
    /// The samples of each group.
    var groups = SampleGroups()
    /// The lines that declare metrics.
    var declarations: [[UInt8]] = []
    /// The first and the last time of a sample, in nanoseconds since 1970.
    var times: ClosedRange<Int64>?
    /// The digest of each block, by its place.
    var digests: [Int: SHA256Digest] = [:]
    /// The lines of each block, by its place.
    var lines: [Int: Int] = [:]
    /// The number of samples of each block, by its place.
    var samples: [Int: Int] = [:]
    /// The lines that are no samples, by the number of their block.
    var unparsedLines: [Int: [SampleBlock.UnparsedLine]] = [:]
    /// The first sample below zero of each metric that has some, and under the empty name the first of a time that
    /// no measurement has.
    var suspects: [String: SampleSuspect] = [:]
    /// Whether no time has a fraction of a second.
    var isInWholeSeconds = true
    /// Lines that k6 wrote for people.
    var consoleLines = 0
    /// Whether the text ends within a line.
    var isCut = false
    /// The levels of the gauges that instances of k6 share, by metric; only where there are several.
    var levels: [String: [SharedGauge.Level]] = [:]
    /// The scenarios that samples are of; only where there are several files.
    var scenarios: Set<String> = []
    /// The iterations of each scenario, until one of them has more than one.
    var iterations: [String: Int] = [:]
    /// The tags of the first sample that was put into a group.
    var firstTags: [String: String]?

    fileprivate mutating func note(_ suspect: SampleSuspect, of metric: String) {
      suspects[metric] = min(suspects[metric] ?? suspect, suspect)
    }
  }

  /// What is known so far.
  private(set) var tally = Tally()
  /// The samples of each kind that was not yet put into a group.
  private var sets: [SampleSet] = []
  /// Samples of metrics that nothing was known of when the others were grouped.
  private var heldBack: [(metric: String, tags: [UInt8], samples: SampleSet)] = []
  /// Whether the file is one of several of a run, for which some rules differ.
  private let isShard: Bool

  /// Creates a collector.
  init(isShard: Bool = false) { self.isShard = isShard }

  /// Adds the samples of a block that were taken from a time on.
  mutating func add(_ block: borrowing SampleBlock, kinds: borrowing SampleSeriesTable, from start: Int64) {
    tally.digests[block.index] = SampleDigest.digest(of: block, kinds)
    tally.lines[block.index] = block.lines
    tally.samples[block.index] = block.values.count
    for (place, suspect) in block.negatives {
      tally.note(suspect, of: kinds.metric(of: block.kinds[Int(place)]))
    }
    if let suspect = block.impossibleTime { tally.note(suspect, of: "") }
    if !block.unparsedLines.isEmpty { tally.unparsedLines[block.index] = block.unparsedLines }
    tally.declarations += block.declarations
    tally.consoleLines += block.consoleLines
    tally.isCut = tally.isCut || block.isCut
    while sets.count < kinds.count { sets.append(SampleSet()) }
    for (number, moment) in block.moments.enumerated() where moment.time >= start {
      if moment.time % 1_000_000_000 != 0 { tally.isInWholeSeconds = false }
      let times = tally.times ?? moment.time...moment.time
      tally.times = min(times.lowerBound, moment.time)...max(times.upperBound, moment.time)
      let end = number + 1 < block.moments.count ? block.moments[number + 1].start : block.values.count
      for sample in moment.start..<end {
        sets[Int(block.kinds[Int(block.places[sample])])]
          .append(
            block.values[sample], at: SampleSet.Place(block: block.index, sample: sample), time: moment.time)
      }
    }
    if isShard { collectLevels(block, kinds, from: start) }
  }

  private mutating func collectLevels(
    _ block: borrowing SampleBlock, _ kinds: borrowing SampleSeriesTable, from start: Int64
  ) {
    let metrics = block.kinds.map { number in
      let metric = kinds.metric(of: number)
      return SharedGauge.names.contains(metric) ? metric : nil
    }
    guard metrics.contains(where: { $0 != nil }) else { return }
    for (number, moment) in block.moments.enumerated() where moment.time >= start {
      let end = number + 1 < block.moments.count ? block.moments[number + 1].start : block.values.count
      for sample in moment.start..<end {
        guard let metric = metrics[Int(block.places[sample])] else { continue }
        let level = SharedGauge.Level(time: moment.time, value: block.values[sample])
        tally.levels[metric, default: []].append(level)
      }
    }
  }

  /// Puts the samples of all kinds into their groups; the kinds' numbers may then start anew.
  mutating func group(_ kinds: borrowing SampleSeriesTable, by grouping: SampleGrouping, _ tags: SampleTags) {
    add(kinds, by: grouping, tags) { _ in true }
    for (metric, raw, samples) in heldBack {
      let tagClass = raw.withUnsafeBytes { grouping.tagClass(of: tags.tags(of: $0)) }
      tally.groups.add(samples, to: SampleGrouping.Group(metric: metric, tags: tagClass))
    }
    heldBack.removeAll()
  }

  /// The same before all is read, to have room for more kinds. A metric that `isKnown` does not know may yet be
  /// declared with sub-metrics: its samples wait.
  mutating func groupEarly(
    _ kinds: borrowing SampleSeriesTable, by grouping: SampleGrouping, _ tags: SampleTags,
    isKnown: (String) -> Bool
  ) {
    for number in sets.indices where sets[number].count > 0 {
      let metric = kinds.metric(of: Int32(number))
      if !isKnown(metric) { heldBack.append((metric, Array(kinds.tags(of: Int32(number))), sets[number])) }
    }
    add(kinds, by: grouping, tags, isKnown)
  }

  private mutating func add(
    _ kinds: borrowing SampleSeriesTable, by grouping: SampleGrouping, _ tags: SampleTags,
    _ isMeant: (String) -> Bool
  ) {
    if isShard { collectScenarios(kinds, tags) }
    collectIterations(kinds, tags)
    var classes = SampleSeriesClasses(of: kinds, by: grouping, tags)
    let isMeant = kinds.metrics.map(isMeant)
    for number in sets.indices where sets[number].count > 0 && isMeant[Int(kinds.kinds[number].metric)] {
      classes.add(sets[number], of: number, in: kinds)
    }
    for (group, samples) in classes.groups { tally.groups.add(samples, to: group) }
    sets.removeAll()
  }

  /// Counts the iterations of each scenario: as soon as one has two, it does not matter how many.
  private mutating func collectIterations(_ kinds: borrowing SampleSeriesTable, _ tags: SampleTags) {
    if tally.firstTags == nil, kinds.count > 0 { tally.firstTags = tags.tags(of: kinds.tags(of: 0)) }
    guard let metric = kinds.metrics.firstIndex(of: "iterations") else { return }
    for number in sets.indices where kinds.kinds[number].metric == metric && sets[number].count > 0 {
      guard tally.iterations.values.allSatisfy({ $0 < 2 }) else { return }
      let scenario = tags.tags(of: kinds.tags(of: Int32(number)))["scenario"] ?? ""
      tally.iterations[scenario, default: 0] += sets[number].count
    }
  }

  /// Looks at each different part of tags once.
  private mutating func collectScenarios(_ kinds: borrowing SampleSeriesTable, _ tags: SampleTags) {
    let grouping = SampleGrouping(endpointTags: [], splitTag: "scenario")
    let projection = TagProjection(grouping, tags)
    var seen: Set<[UInt8]> = []
    var part: [UInt8] = []
    for number in 0..<kinds.tagCount {
      let bytes = kinds.bytes(ofTags: Int32(number))
      if projection.write(bytes, to: &part), !seen.insert(part).inserted { continue }
      if let scenario = grouping.tagClass(of: tags.tags(of: bytes)).split { tally.scenarios.insert(scenario) }
    }
  }
}

/// A sample that may be none that was measured, and where it is: one below zero, which only some metrics
/// can have, or one of a time outside the years 2000 to 2100.
struct SampleSuspect: Comparable {
  /// What is suspect of it.
  enum Reason: Equatable {
    /// Its value.
    case value(Double)
    /// Its time, in nanoseconds since 1970.
    case time(Int64)
  }

  /// The place of its block in the text.
  var block: Int
  /// Its line, from 1: in the block, or in the text once it was placed there.
  var line: Int
  var reason: Reason

  /// The first in the text before the others.
  static func < (left: SampleSuspect, right: SampleSuspect) -> Bool {
    (left.block, left.line) < (right.block, right.line)
  }

  /// The times of samples, in nanoseconds since 1970.
  static let possibleTimes =
    nanoseconds(Timestamp.plausible.lowerBound)...nanoseconds(Timestamp.plausible.upperBound)

  private static func nanoseconds(_ time: Timestamp) -> Int64 { time.milliseconds * 1_000_000 }  // fits

  /// The first of each metric, with their lines in the text.
  static func placed(_ tallies: [SampleCollector.Tally]) -> [String: SampleSuspect] {
    let all = tallies.map(\.suspects).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: min) }
    return all.mapValues { suspect in
      var placed = suspect
      placed.line += tallies.flatMap(\.lines).filter { $0.key < suspect.block }.reduce(0) { $0 + $1.value }
      return placed
    }
  }

  /// The first sample of a file that no measurement gives, as an error in its place in the text.
  static func fault(in file: SampleShard, _ summary: SampleSummary) -> InputError? {
    let impossible = file.suspects.filter { metric, _ in
      metric.isEmpty || summary.unitWithoutNegatives(metric) != nil
    }
    guard let (metric, first) = impossible.min(by: { $0.value < $1.value }) else { return nil }
    let unit = summary.unitWithoutNegatives(metric) ?? .unitless
    let error = ImpossibleValue.error(first.reason, unit, file: file.path, line: first.line)
    return file.relaid?.placed(error) ?? error
  }
}
