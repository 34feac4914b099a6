internal import SLOSupport
internal import SLOModel

/// Whether files can be what the instances of one run measured, and what makes that doubtful.
struct ShardAgreement {
  private let shards: [SampleShard]

  /// Looks at the files of a run; one alone agrees with itself.
  init(_ shards: [SampleShard]) { self.shards = shards }

  /// Why they are no shards of one run.
  var errors: [InputError] {
    guard shards.count > 1 else { return [] }
    let wrong = repeated + conflicting
    return wrong.isEmpty ? [apart].compactMap { $0 } + parted : wrong
  }

  /// What makes it doubtful that they are.
  var warnings: [String] { [partly, differing].compactMap { $0 } }

  // MARK: What they hold

  /// Files that hold what another one does.
  private var repeated: [InputError] {
    var first: [SHA256Digest: String] = [:]
    return shards.compactMap { shard in
      guard shard.count > 0, let twin = first.updateValue(shard.path, forKey: shard.digest) else {
        return nil
      }
      return ShardAgreement.twice(shard.path, as: twin)
    }
  }

  /// The error of a file whose samples another one has too.
  static func twice(_ path: String, as other: String) -> InputError {
    let isSame = path == other
    return InputError(
      .malformed, file: path,
      found: isSame ? "the same file twice" : "the same samples as in \(shown(other))",
      expected: "each file of a run once", remedy: "leave one of them out: its samples would count twice")
  }

  /// Metrics that two files declare as different kinds.
  private var conflicting: [InputError] {
    var first: [String: (kind: SampledMetricType, path: String)] = [:]
    return shards.flatMap { shard in
      shard.declarations.metrics.values.sorted { $0.name < $1.name }.compactMap { metric -> InputError? in
        guard let known = first[metric.name] else {
          first[metric.name] = (metric.kind, shard.path)
          return nil
        }
        guard known.kind != metric.kind else { return nil }
        return InputError(
          .malformed, file: shard.path,
          found: "\(UntrustedText.quoted(metric.name)) as a \(metric.kind.rawValue), and as a"
            + " \(known.kind.rawValue) in \(shown(known.path))",
          expected: "shards of one run, which have one script",
          remedy: "pass the files of each run by themselves")
      }
    }
  }

  /// Files whose samples were put into their groups before another one declared a further part of their metrics.
  private var parted: [InputError] {
    let all = shards.reduce(into: SampleDeclarations()) { $0.formUnion($1.declarations) }
    return shards.compactMap { shard in
      let known = shard.plan.declarations.subMetrics
      guard let metric = shard.counts.keys.sorted().first(where: { known[$0] != all.subMetrics[$0] }) else {
        return nil
      }
      return InputError(
        .malformed, file: shard.path,
        found: "no thresholds on parts of \(UntrustedText.quoted(metric)) that another file has",
        expected: "shards of one run, which have one script",
        remedy: "pass the files of each run by themselves")
    }
  }

  // MARK: When they were measured

  private typealias Span = (path: String, times: ClosedRange<Int64>)

  private var spans: [Span] {
    shards.compactMap { shard in shard.times.map { (shard.path, $0) } }
      .sorted { ($0.times.lowerBound, $0.path) < ($1.times.lowerBound, $1.path) }
  }

  /// The first file that was measured when all before it had ended: a repetition.
  private var apart: InputError? {
    var latest: Span?
    for span in spans {
      if let latest, span.times.lowerBound > latest.times.upperBound {
        return InputError(
          .malformed, file: span.path,
          found:
            "samples from \(text(span.times.lowerBound)) on, when those of \(shown(latest.path)) had ended"
            + " (\(text(latest.times.upperBound)))",
          expected: "shards of one run, which are measured at the same time",
          remedy:
            "pass repetitions as runs of their own: --baseline FILE… for whole runs, --baseline-shards FILE…"
            + " once for each run of several files")
      }
      if span.times.upperBound > latest?.times.upperBound ?? .min { latest = span }
    }
    return nil
  }

  /// Files that have little of their time in common.
  private var partly: String? {
    let spans = spans
    guard spans.count > 1, let last = spans.last, let end = spans.map(\.times.upperBound).min() else {
      return nil
    }
    let joint = spans.map(\.times).reduce(nil, SampleShard.joined)
    let whole = joint.map { seconds($0.lowerBound, $0.upperBound) } ?? 0
    let common = max(0, seconds(last.times.lowerBound, end))
    guard common < whole / 2 else { return nil }
    return
      "the shards ran together for \(tenths(common)) s of \(tenths(whole)) s: the load was not that of one run"
      + " (\(shown(last.path)) begins at \(text(last.times.lowerBound)))"
  }

  private func seconds(_ from: Int64, _ to: Int64) -> Double { (Double(to) - Double(from)) / 1e9 }

  private func tenths(_ seconds: Double) -> String { String((seconds * 10).rounded() / 10) }

  private func text(_ nanoseconds: Int64) -> String {
    Timestamp(milliseconds: nanoseconds / 1_000_000).description
  }
}

extension ShardAgreement {
  /// In what the scripts of the files differ.
  private var differing: String? {
    guard shards.count > 1 else { return nil }
    let differences = scenarios + metrics + thresholds
    guard !differences.isEmpty else { return nil }
    let more = differences.count > 6 ? " and \(differences.count - 6) more" : ""
    return "the shards are not of one script: " + differences.prefix(6).joined(separator: "; ") + more
  }

  /// Scenarios that only some have.
  private var scenarios: [String] {
    Set(shards.flatMap(\.scenarios)).sorted().compactMap { scenario in
      missing("scenario \(UntrustedText.escaped(scenario))") { $0.scenarios.contains(scenario) }
    }
  }

  /// Metrics that only some have, though it is no chance that the others have none.
  private var metrics: [String] {
    Set(shards.flatMap(\.counts.keys)).sorted().compactMap { metric in
      missing("metric \(UntrustedText.escaped(metric))") { shard in
        shard.counts[metric] != nil || isChance(shard, metric)
      }
    }
  }

  /// Whether a metric may be missing by chance: its samples fell on the files by their sizes, and with a probability
  /// of 1 % or more on another one each time. A counter of rare events is no difference of scripts.
  private func isChance(_ shard: SampleShard, _ metric: String) -> Bool {
    let all = shards.reduce(0) { $0 + $1.count }
    guard shard.count > 0, all > shard.count else { return true }
    let samples = shards.reduce(0) { $0 + ($1.counts[metric] ?? 0) }
    var probability = Double(shards.count)
    for _ in 0..<min(samples, 10_000) { probability *= 1 - Double(shard.count) / Double(all) }
    return probability >= 0.01
  }

  /// Metrics on which several files have other thresholds.
  private var thresholds: [String] {
    let declaring = shards.filter { !$0.declarations.isEmpty }
    let names = Set(declaring.flatMap(\.declarations.thresholds.keys)).map(\.base)
    return Set(names).sorted().compactMap { metric in
      let told = declaring.filter { $0.declarations.metrics[metric] != nil }.map { shard in
        shard.declarations.thresholds.filter { $0.key.base == metric && !$0.value.isEmpty }.mapValues(
          Set.init)
      }
      return Set(told).count > 1 ? "other thresholds on \(UntrustedText.escaped(metric))" : nil
    }
  }

  private func missing(_ what: String, _ isThere: (SampleShard) -> Bool) -> String? {
    guard let first = shards.first(where: { !isThere($0) }) else { return nil }
    let further = shards.filter { !isThere($0) }.count - 1
    return "\(what) is not in \(shown(first.path))" + (further > 0 ? " and \(further) more" : "")
  }

  private func shown(_ path: String) -> String { ShardAgreement.shown(path) }

  private static func shown(_ path: String) -> String {
    path == "-" ? "standard input" : UntrustedText.escaped(path, limit: 4_096)
  }
}
