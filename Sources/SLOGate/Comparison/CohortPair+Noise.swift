package import SLOHistory
import SLOModel

extension CohortPair {
  /// Of the commits measured at the sizing before, those that show how much runs differ where nothing changed:
  /// neither side's own, the last ones up to the newer side, and where these are too few the ones that follow.
  /// - Parameters:
  ///   - all: the commits, oldest first.
  ///   - most: how many to take.
  /// - Returns: the commits, oldest first.
  package func noiseCommits(
    among all: [ReferenceCommit], most: Int = WindowQuery.defaultSize
  ) -> [ReferenceCommit] {
    let own = Set((before + after).map(\.commit.sha))
    let others = all.filter { !own.contains($0.sha) }
    let end = newest.map { newest in others.count { $0.time <= newest } } ?? others.count
    let last = max(end, min(most, others.count))
    return Array(others[max(0, last - most)..<last])
  }

  /// When the newer side was committed, else measured; nil where a side does not say.
  private var newest: Timestamp? {
    let times = [before, after].map { side in
      side.compactMap { $0.commit.committedAt ?? $0.reading.startedAt }.max()
    }
    return times.contains(nil) ? nil : times.compactMap { $0 }.max()
  }
}
