internal import SLODigest

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
    /// Lines that k6 wrote for people.
    var consoleLines = 0
    /// Whether the text ends within a line.
    var isCut = false
    /// Whether samples were grouped before all declarations were known.
    var isGroupedEarly = false
  }

  /// What is known so far.
  private(set) var tally = Tally()
  /// The samples of each kind that was not yet put into a group.
  private var sets: [SampleSet] = []

  /// Adds the samples of a block that were taken from a time on.
  mutating func add(_ block: borrowing SampleBlock, kinds: borrowing KindTable, from start: Int64) {
    tally.digests[block.index] = SampleDigest.digest(of: block, kinds)
    tally.lines[block.index] = block.lines
    tally.declarations += block.declarations
    tally.consoleLines += block.consoleLines
    tally.isCut = tally.isCut || block.isCut
    while sets.count < kinds.count { sets.append(SampleSet()) }
    for (number, moment) in block.moments.enumerated() where moment.time >= start {
      let times = tally.times ?? moment.time...moment.time
      tally.times = min(times.lowerBound, moment.time)...max(times.upperBound, moment.time)
      let end = number + 1 < block.moments.count ? block.moments[number + 1].start : block.values.count
      for sample in moment.start..<end {
        sets[Int(block.kinds[Int(block.places[sample])])]
          .append(block.values[sample], at: SampleSet.Place(block: block.index, sample: sample))
      }
    }
  }

  /// Puts the samples of all kinds into their groups; the kinds' numbers may then start anew.
  mutating func group(
    _ kinds: borrowing KindTable, by grouping: SampleGrouping, _ tags: SampleTags, isEarly: Bool
  ) {
    for (number, set) in sets.enumerated() where set.count > 0 {
      let kind = kinds.kinds[number]
      tally.groups.add(set, to: grouping.group(metric: kind.metric, tags: tags.tags(of: kind.tags)))
    }
    sets.removeAll()
    tally.isGroupedEarly = tally.isGroupedEarly || isEarly
  }
}
