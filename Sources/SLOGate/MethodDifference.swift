import SLOHistory
import SLOModel
import SLOReaders
import SLOSupport

/// In what the way of measuring differs from that of the commits compared with, a sentence each: a level that moves with
/// it is none of the service.
func methodNotices(_ question: Evaluation) -> [String] {
  let runs = question.runs.filter { $0.reading.failure == nil && $0.kind.versionNote != nil }
  return Dictionary(grouping: runs, by: \.profile).sorted { $0.key < $1.key }.flatMap { profile, runs in
    guard let window = question.windows[profile], !window.commits.isEmpty else { return [String]() }
    let readings = runs.map(\.reading)
    return [otherVersion(readings, window, runs[0].kind), otherPercentiles(readings, window)].compactMap {
      $0
    }
    .map { "\(profile): \($0)" }
  }
}

/// Another version of the tool: its releases change what is measured.
private func otherVersion(
  _ readings: [Reading], _ window: ReferenceWindow, _ kind: EvidenceKind
) -> String? {
  let now = Set(readings.compactMap(\.toolVersion).map(release))
  let then = Set(window.toolVersions.map(release))
  guard !now.isEmpty, !then.isEmpty, !now.isSubset(of: then) else { return nil }
  let metrics = Set(readings.flatMap(\.measurements).map(\.series.metric))
  return "measured by \(kind.source) \(listed(now)), the commits compared with by \(listed(then))"
    + (kind.versionNote?(now, then, metrics).map { "; \($0)" } ?? "")
}

/// Percentiles of a histogram compared with those of samples.
private func otherPercentiles(_ readings: [Reading], _ window: ReferenceWindow) -> String? {
  let estimated = readings.count { $0.facts[Reading.percentilesFact] == Reading.estimatedPercentiles }
  let (commits, all) = (window.estimatedCommits, window.commits.count)
  guard estimated > 0 && commits < all || estimated < readings.count && commits > 0 else { return nil }
  let own = estimated > 0 ? "estimated from a histogram" : "those of samples"
  return
    "percentiles are \(own), and estimated from a histogram in \(commits) of the \(all) commits compared with:"
    + " they may differ by some per cent without a change"
}

/// The release of a version, `2.3` of `v2.3.1-rc1`; anything else as it is.
private func release(_ version: String) -> String {
  let parts = (version.hasPrefix("v") ? version.dropFirst() : version[...]).split(separator: ".")
  guard parts.count > 1, parts.prefix(2).allSatisfy({ Int($0) != nil }) else {
    return VisibleText.escaped(version)
  }
  return parts.prefix(2).joined(separator: ".")
}

private func listed(_ releases: Set<String>) -> String { releases.sorted().joined(separator: ", ") }
