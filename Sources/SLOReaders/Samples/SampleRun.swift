internal import SLODigest
internal import SLOModel

/// All samples of a run, put together from what the workers gathered.
struct SampleRun {
  /// The samples of each group, in order.
  let groups: [(group: SampleGrouping.Group, samples: SampleSet)]
  /// The run's identity.
  let digest: SHA256Digest

  private let times: ClosedRange<Int64>?
  /// Whether the text ends within a line, and whether the data that holds it ends before its end.
  private let isTextCut: Bool
  private let isCut: Bool
  private let isLimited: Bool
  private let isSplitLimited: Bool
  private let isInWholeSeconds: Bool
  private let consoleLines: Int

  /// Puts together what all workers gathered.
  /// - Parameters:
  ///   - discarded: how much of the beginning was left out, in seconds.
  ///   - isCut: whether the input ended before its end.
  init(_ tallies: [SampleCollector.Tally], discarding discarded: Double, isCut: Bool) {
    var all = SampleGroups()
    for tally in tallies { all.merge(tally.groups) }
    all.settle()
    isLimited = all.isLimited
    isSplitLimited = all.isSplitLimited
    isInWholeSeconds = tallies.allSatisfy(\.isInWholeSeconds)
    isTextCut = tallies.contains(where: \.isCut)
    groups = all.sorted()
    digest = SampleDigest.digest(
      of: tallies.reduce(into: [:]) { $0.merge($1.digests) { first, _ in first } }, discarding: discarded)
    times = tallies.compactMap(\.times).reduce(nil) { all, next in
      min(all?.lowerBound ?? .max, next.lowerBound)...max(all?.upperBound ?? .min, next.upperBound)
    }
    self.isCut = isCut
    consoleLines = tallies.reduce(0) { $0 + $1.consoleLines }
  }

  /// When the first sample was taken.
  var start: Timestamp? { times.map { Timestamp(milliseconds: $0.lowerBound / 1_000_000) } }

  /// From the first sample to the last, in seconds; nil where they are one.
  var duration: Double? {
    guard let times, times.upperBound > times.lowerBound else { return nil }
    let (length, overflow) = times.upperBound.subtractingReportingOverflow(times.lowerBound)
    return overflow ? (Double(times.upperBound) - Double(times.lowerBound)) / 1e9 : Double(length) / 1e9
  }

  /// Why the run is none to judge; nil for a whole run.
  var failure: String? {
    guard isCut || isTextCut else { return nil }
    let count = groups.reduce(0) { $0 + $1.samples.count }
    let end = isCut ? "the gzip data ends before its end" : "the file ends in the middle of a line"
    return "\(end): the run, or its copy, was cut short after \(count) samples"
  }

  /// What a person should know of the samples.
  var notices: [String] {
    var notices: [String] = []
    if consoleLines > 0 { notices.append("skipped \(consoleLines) lines of k6's console output") }
    if isLimited {
      let tags = Set(groups.compactMap(\.group.tags.endpoint?.tag).filter { !$0.isEmpty }).sorted()
      notices.append(
        "more than \(SampleGroups.endpointLimit) endpoints by \(tags.joined(separator: ", ")): the others"
          + " are put together as \(SampleGrouping.Endpoint.other.name); name requests with { endpoint: … }, or"
          + " group by another tag with --endpoint-tag")
    }
    if isSplitLimited {
      notices.append(
        "more than \(SampleGroups.splitLimit) values of the tag of --split-by: the others are put together as"
          + " \(SampleGrouping.otherSplit)")
    }
    if isInWholeSeconds, let duration, duration < 100 {
      notices.append(
        "the times are whole seconds, so that rates of this run of \(Int(duration)) s are rough; with"
          + " K6_CSV_TIME_FORMAT=unix_nano they are exact")
    }
    return notices
  }
}
