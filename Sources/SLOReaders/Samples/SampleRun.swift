internal import SLODigest
internal import SLOModel

/// All samples of a run, put together from what the workers gathered.
struct SampleRun {
  /// The samples of each group, in order.
  let groups: [(group: SampleGrouping.Group, samples: SampleSet)]
  /// The run's identity.
  let digest: SHA256Digest

  private let times: ClosedRange<Int64>?
  private let isCut: Bool
  private let isLimited: Bool
  private let consoleLines: Int

  /// Puts together what all workers gathered.
  /// - Parameter isCut: whether the input ended before its end.
  init(_ tallies: [SampleCollector.Tally], isCut: Bool) {
    var all = SampleGroups()
    for tally in tallies { all.merge(tally.groups) }
    all.settle()
    isLimited = all.isLimited
    groups = all.sorted()
    digest = SampleDigest.digest(
      of: tallies.reduce(into: [:]) { $0.merge($1.digests) { first, _ in first } })
    times = tallies.compactMap(\.times).reduce(nil) { all, next in
      min(all?.lowerBound ?? .max, next.lowerBound)...max(all?.upperBound ?? .min, next.upperBound)
    }
    self.isCut = isCut || tallies.contains(where: \.isCut)
    consoleLines = tallies.reduce(0) { $0 + $1.consoleLines }
  }

  /// When the first sample was taken.
  var start: Timestamp? { times.map { Timestamp(milliseconds: $0.lowerBound / 1_000_000) } }

  /// From the first sample to the last, in seconds; nil where they are one.
  var duration: Double? {
    times.flatMap { $0.upperBound > $0.lowerBound ? Double($0.upperBound - $0.lowerBound) / 1e9 : nil }
  }

  /// Why the run is none to judge; nil for a whole run.
  var failure: String? {
    guard isCut else { return nil }
    let count = groups.reduce(0) { $0 + $1.samples.count }
    return "the file ends in the middle of a line: the run, or its copy, was cut short after \(count) samples"
  }

  /// What a person should know of the samples.
  var notices: [String] {
    var notices: [String] = []
    if consoleLines > 0 { notices.append("skipped \(consoleLines) lines of k6's console output") }
    if isLimited {
      let tags = Set(groups.compactMap(\.group.endpoint?.tag).filter { !$0.isEmpty }).sorted()
      notices.append(
        "more than \(SampleGroups.endpointLimit) endpoints by \(tags.joined(separator: ", ")): all but the busiest"
          + " are put together as \(SampleGrouping.Endpoint.other.name); name requests with { endpoint: … }, or"
          + " group by another tag with --endpoint-tag")
    }
    return notices
  }
}
