import SLOModel
import SLOSupport

/// What one file of raw samples holds: a whole run, or what one of several instances measured of it.
struct SampleShard: Sendable {
  /// The file as it was named.
  let path: String
  let format: SampleFormat
  /// The samples of each group; empty once they were put together with those of other files.
  var groups: SampleGroups
  /// How many samples each metric has.
  let counts: [String: Int]
  /// The identity of what its lines say.
  let digest: SHA256Digest
  /// What its lines declare.
  let declarations: SampleDeclarations
  /// What the samples were grouped by.
  let plan: SamplePlan
  /// The first and the last time of a sample, in nanoseconds since 1970; nil where there is none.
  let times: ClosedRange<Int64>?
  /// Whether the text ends within a line, and whether the data that holds it ends before its end.
  let isTextCut: Bool
  let isCut: Bool
  /// Whether no time has a fraction of a second.
  let isInWholeSeconds: Bool
  /// Lines that k6 wrote for people.
  let consoleLines: Int
  /// The first samples that may be impossible, by metric.
  let suspects: [String: SampleSuspect]
  /// The samples of gauges that instances share, by metric; none where the file is the whole run.
  let levels: [String: [SharedGauge.Level]]
  /// The scenarios that samples are of; none where the file is the whole run.
  let scenarios: Set<String>
  /// The iterations of each scenario, as far as one of them has more than one.
  let iterations: [String: Int]
  /// The tags of a sample at the beginning.
  let firstTags: [String: String]

  /// The samples in k6's layout, where the file has another.
  let relaid: RelaidText?

  /// Puts together what all workers gathered.
  /// - Parameters:
  ///   - discarded: how much of the beginning was left out, in seconds.
  ///   - isCut: whether the input ended before its end.
  init(
    _ tallies: [SampleCollector.Tally], of path: String, _ format: SampleFormat, _ plan: SamplePlan,
    declaring declarations: SampleDeclarations, discarding discarded: Double, isCut: Bool,
    relaid: RelaidText? = nil
  ) {
    self.relaid = relaid
    (self.path, self.format, self.plan, self.declarations) = (path, format, plan, declarations)
    var all = SampleGroups()
    for tally in tallies { all.merge(tally.groups) }
    groups = all
    counts = all.counts
    digest = SampleDigest.digest(
      of: tallies.reduce(into: [:]) { $0.merge($1.digests) { first, _ in first } }, discarding: discarded,
      groups: plan.grouping.discardedGroups)
    times = tallies.compactMap(\.times).reduce(nil, SampleShard.joined)
    isTextCut = tallies.contains(where: \.isCut)
    self.isCut = isCut
    isInWholeSeconds = tallies.allSatisfy(\.isInWholeSeconds)
    consoleLines = tallies.reduce(0) { $0 + $1.consoleLines }
    suspects = SampleSuspect.placed(tallies)
    levels = tallies.reduce(into: [:]) { $0.merge($1.levels) { $0 + $1 } }
    scenarios = tallies.reduce(into: []) { $0.formUnion($1.scenarios) }
    iterations = tallies.reduce(into: [:]) { $0.merge($1.iterations, uniquingKeysWith: +) }
    firstTags = tallies.lazy.compactMap(\.firstTags).first ?? [:]
  }

  /// How many samples there are.
  var count: Int { counts.values.reduce(0, +) }

  /// From the earlier beginning to the later end.
  static func joined(_ all: ClosedRange<Int64>?, _ next: ClosedRange<Int64>) -> ClosedRange<Int64> {
    min(all?.lowerBound ?? .max, next.lowerBound)...max(all?.upperBound ?? .min, next.upperBound)
  }

  /// What cut it short; nil for a whole file.
  var cut: String? {
    if isCut { return "the gzip data ends before its end" }
    return isTextCut ? "the file ends in the middle of a line" : nil
  }
}

/// The name that several files have together.
enum ShardPaths {
  /// The paths as one pattern that a shell expands to them: `out/pod-{1,2,3}.json.gz`. It does not depend on their
  /// order. One path stays as it is.
  static func pattern(of paths: [String]) -> String {
    let paths = paths.sorted().map { Array($0.unicodeScalars) }
    guard paths.count > 1 else { return paths.first.map(text) ?? "" }
    let shortest = paths.map(\.count).min() ?? 0
    let start = common(paths, upTo: shortest) { $0[$1] }
    let end = common(paths, upTo: shortest - start) { $0[$0.count - 1 - $1] }
    let middles = paths.map { text(Array($0[start..<($0.count - end)])) }
    return text(Array(paths[0][..<start])) + "{" + middles.joined(separator: ",") + "}"
      + text(Array(paths[0].suffix(end)))
  }

  /// How many scalars all paths have alike, from one end on.
  private static func common(
    _ paths: [[Unicode.Scalar]], upTo limit: Int, _ scalar: ([Unicode.Scalar], Int) -> Unicode.Scalar
  ) -> Int {
    (0..<limit).first { place in Set(paths.map { scalar($0, place) }).count > 1 } ?? limit
  }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
