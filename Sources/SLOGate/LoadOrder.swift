import SLOModel
import SLOReaders
import SLOSupport

/// Loads that were applied at the same time or in the wrong order, a sentence each: each measured the other.
///
/// The spike is applied once the baseline has ended: what it leaves behind would be measured with the baseline. Only
/// runs whose files say when they began and how long they took are looked at.
func loadOrderWarnings(_ evaluation: Evaluation) -> [String] {
  let loads = evaluation.runs.compactMap(AppliedLoad.init).sorted { $0.start < $1.start }
  let together = loads.indices.compactMap { index -> String? in
    let second = loads[index]
    // Of those that began before, the one that lasted longest.
    let first = loads[..<index].filter { $0.profile != second.profile }.max { $0.end < $1.end }
    guard let first, second.start < first.end else { return nil }
    return
      "\(second.title) began before \(first.title) ended: each measured the other's load; apply one after the other"
  }
  guard together.isEmpty, let spike = loads.first(where: { $0.profile == "spike" }),
    let baseline = loads.first(where: { $0.profile == "baseline" }), spike.start < baseline.start
  else { return together }
  return ["\(spike.title) was applied before \(baseline.title): apply the spike after the baseline"]
}

/// When the load of a run was applied.
private struct AppliedLoad {
  let profile: String
  let start: Timestamp
  let end: Timestamp
  let path: String

  var title: String { "\(profile) (\(VisibleText.escaped(path)))" }

  init?(_ run: Run) {
    guard run.kind == .load, let start = run.reading.startedAt, let duration = run.reading.duration,
      duration > 0, duration < 1e9
    else { return nil }
    (profile, self.start, path) = (run.profile, start, run.reading.source.path)
    // 32 years at the most.
    end = Timestamp(milliseconds: start.milliseconds &+ Int64(duration * 1_000))  // fits
  }
}
