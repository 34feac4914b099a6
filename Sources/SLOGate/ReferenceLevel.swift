package import SLOHistory
import SLOModel
import SLOStatistics

/// The level a series' references have now, where it began inside the window: what an accepted or merged step left
/// behind must neither poison the comparison nor hide the next loss.
package struct ReferenceLevel: Sendable, Hashable {
  /// Why the level begins where it does.
  package enum Ground: Sendable, Hashable {
    /// Somebody accepted it.
    case accepted(Acceptance)
    /// The change-point search confirms a step there.
    case confirmed
    /// The test itself sees a step there, which the next runs may take back.
    case likely
    /// A check there was blocked by a regression that was not accepted since.
    case blocked
  }

  /// The first commit of the level; nil where none of the references is at it yet.
  package var since: ReferenceCommit?
  /// The last commit before it.
  package var last: ReferenceCommit?
  /// The median of the references before it.
  package var before: Double
  /// The median of its references; nil where there is none.
  package var after: Double?
  /// Why it begins there.
  package var ground: Ground
  /// The commits that may have made it; nil unless the change-point search confirms it.
  package var suspects: Suspects?

  /// The change from the level before, as a share of it.
  package var change: Double? {
    after.flatMap { before == 0 ? nil : ($0 - before) / abs(before) }
  }

  /// The decision behind it.
  package var acceptance: Acceptance? {
    if case .accepted(let acceptance) = ground { acceptance } else { nil }
  }
}

/// Where the level of a series' references begins, before any test looks at them.
struct LevelRestart {
  /// The index of its first value among the references; their number where none is at it yet.
  let index: Int
  let ground: ReferenceLevel.Ground
  /// The change point, where the search found the level.
  private(set) var change: ChangePoint?

  /// A level that is known to start at an index.
  init(index: Int, ground: ReferenceLevel.Ground) { (self.index, self.ground) = (index, ground) }

  /// The last accepted step or confirmed change point among the references of a series.
  /// - Returns: nil where they are all of one level.
  init?(of series: Series, references: [ReferenceValue], in evaluation: Evaluation) {
    let latest = LevelRestart.accepted(of: series, references: references, in: evaluation)
    let confirmed = ChangePointSearch().changePoints(in: references.map(\.median))
      .last { $0.kind == .step && !$0.isProvisional }
    if let latest, latest.index > 0, latest.index >= confirmed?.index ?? 0 {
      (index, ground) = (latest.index, .accepted(latest.acceptance))
    } else if let confirmed {
      (index, ground, change) = (confirmed.index, .confirmed, confirmed)
    } else {
      return nil
    }
  }

  /// The last accepted level of a series and its first reference: their number where none is at it yet.
  static func accepted(
    of series: Series, references: [ReferenceValue], in evaluation: Evaluation
  ) -> (index: Int, acceptance: Acceptance)? {
    let commits = evaluation.windows[series.profile]?.commits ?? []
    return evaluation.acceptances.filter { $0.covers(series) }
      .compactMap { acceptance in
        index(of: acceptance, references, commits, in: evaluation).map { (index: $0, acceptance: acceptance) }
      }
      .max { ($0.index, $0.acceptance.at) < ($1.index, $1.acceptance.at) }
  }

  /// The first reference at an accepted level; their number where the commit judged is the first to be at it. What
  /// the commit judged does not contain says nothing of it: a level that another branch accepted is not its own.
  private static func index(
    of acceptance: Acceptance, _ references: [ReferenceValue], _ commits: [ReferenceCommit],
    in evaluation: Evaluation
  ) -> Int? {
    guard acceptance.commit != evaluation.commit.sha else { return references.count }
    guard let descendants = evaluation.references.descendants[acceptance.commit] else {
      let first =
        commits.firstIndex { $0.sha == acceptance.commit }
        ?? commits.firstIndex { $0.time >= acceptance.since }
      return first.flatMap { first in references.firstIndex { $0.commit >= first } }
    }
    guard descendants.contains(evaluation.commit.sha) else { return nil }
    let first = references.firstIndex {
      let sha = commits[$0.commit].sha
      return sha == acceptance.commit || descendants.contains(sha)
    }
    return first ?? references.count
  }
}

extension ReferenceLevel {
  /// The level that starts at an index of the references.
  /// - Parameter change: the change point it starts with; nil where the search found none there.
  init(
    start: Int, ground: Ground, change: ChangePoint? = nil, _ references: [ReferenceValue],
    _ commits: [ReferenceCommit]
  ) {
    since = start < references.count ? commits[references[start].commit] : nil
    last = start > 0 ? commits[references[start - 1].commit] : nil
    before = SortedSample(references[..<start].map(\.median))?.median ?? .nan
    after = SortedSample(references[start...].map(\.median))?.median
    self.ground = ground
    suspects = change.flatMap { change in
      Suspects(of: change) { commits[references[$0].commit].sha }
    }
  }
}

extension ReferenceValue {
  /// One number a commit: the median of its repetitions.
  var median: Double {
    repetitions.count == 1 ? repetitions[0].value : SortedSample(repetitions.map(\.value))?.median ?? .nan
  }
}
