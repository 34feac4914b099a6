import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics

/// Where the change of a finding comes from, as far as the related figures show.
package struct RelatedChanges: Sendable {
  /// The parts of what was measured: of a request its phases, of a page what it is made of.
  package var parts: [Neighbour] = []
  /// The same figure of the other endpoints under the same profile.
  package var endpoints: [Neighbour] = []
  /// The same figure of the same endpoint under other profiles.
  package var profiles: [Neighbour] = []
  /// Other statistics of the same metric, at the same endpoint.
  package var statistics: [Neighbour] = []
  /// Of an endpoint that was not measured the endpoints that were; empty for any other.
  package var measured: [String] = []
  /// By what share all of the run moved together, positive towards worse; nil where it was not estimated, or did not.
  package var commonChange: Double?

  /// The part that carries most of the change, and its share of it; nil where none of those that make up the figure
  /// moved by half of it or more.
  package var carrier: (part: Neighbour, share: Double)? {
    guard let total = ownDifference, total != 0 else { return nil }
    let shares = parts.filter { RequestPhase.isSummand($0.series) && $0.movement != .none }
      .compactMap { part in part.difference.map { (part: part, share: $0 / total) } }
    guard let most = shares.max(by: { $0.share < $1.share }), most.share >= 0.5 else { return nil }
    return most
  }

  /// The change of the finding itself, in its unit; nil where nothing is known of earlier values.
  package var ownDifference: Double?
  /// Whether the finding itself moved.
  package var ownMovement = Neighbour.Movement.unknown

  /// Whether the other endpoints moved the same way, every one of two or more.
  package var isEverywhere: Bool { endpoints.count > 1 && endpoints.allSatisfy(follows) }

  /// Whether a figure moved as the finding did.
  package func follows(_ neighbour: Neighbour) -> Bool {
    neighbour.hasMoved && (ownMovement == .unknown || neighbour.movement == ownMovement)
  }

  /// What is known besides a finding.
  /// - Parameter verdict: a verdict that shows the history of `Verdict.companions`.
  package init(of finding: Finding, in verdict: Verdict) {
    let evaluation = verdict.evaluation
    let window = evaluation.windows[finding.series.profile]?.commits ?? []
    let commits = Set(Neighbour.level(of: finding, in: evaluation).map { window[$0.commit].sha })
    let own = Neighbour(finding, in: evaluation)
    (ownDifference, ownMovement) = (own?.difference, own?.movement ?? .unknown)
    for index in verdict.findings.indices {
      guard let relation = Relation(of: verdict.findings[index].series, to: finding.series),
        let neighbour = Neighbour(verdict.findings[index], at: commits, in: evaluation)
      else { continue }
      switch relation {
      case .part: parts.append(neighbour)
      case .statistic: statistics.append(neighbour)
      case .endpoint: endpoints.append(neighbour)
      case .profile: profiles.append(neighbour)
      }
    }
    parts.sort { ReadingOrder($0.series) < ReadingOrder($1.series) }
    statistics.sort { ReadingOrder($0.series) < ReadingOrder($1.series) }
    measured = verdict.endpoints(besideMissing: finding.series)
    commonChange = verdict.commonChange(of: finding.series.profile)
  }
}

/// How a series compares with one that is explained.
private enum Relation {
  case part, statistic, endpoint, profile

  /// - Returns: nil where it says nothing of the other.
  init?(of series: Series, to explained: Series) {
    let isSamePlace = series.endpoint == explained.endpoint && series.profile == explained.profile
    if series.metric == explained.metric {
      let isSameFigure = series.statistic == explained.statistic
      switch (isSamePlace, isSameFigure) {
      case (true, false) where Relation.isTracked(series.statistic): self = .statistic
      case (false, true) where series.profile == explained.profile && series.endpoint != Series.wholeRun:
        self = .endpoint
      case (false, true) where series.endpoint == explained.endpoint: self = .profile
      default: return nil
      }
    } else if isSamePlace, Relation.isPart(series, of: explained) {
      self = .part
    } else {
      return nil
    }
  }

  private static func isTracked(_ statistic: Statistic) -> Bool {
    [.p95, .p99, .median, .p90, .average].contains(statistic)
  }

  private static func isPart(_ series: Series, of explained: Series) -> Bool {
    explained.kind.breakdowns.contains { $0.has(series, of: explained) }
  }
}

extension Verdict {
  /// By what share all of a profile's run moved together, positive towards worse; nil where it did not.
  fileprivate func commonChange(of profile: String) -> Double? {
    let found = commonFactors.first { $0.profile == profile }.map { $0.factor.factor - 1 }
    return found.flatMap { abs($0) > policy.test.relativeFloor ? $0 : nil }
  }

  /// The endpoints a profile measured, where one is missing as a whole; else none.
  fileprivate func endpoints(besideMissing series: Series) -> [String] {
    let present = findings.lazy.filter { $0.value != nil && $0.series.profile == series.profile }
    let names = Set(present.map(\.series.endpoint)).subtracting([Series.wholeRun])
    let isMissing = series.endpoint != Series.wholeRun && !names.contains(series.endpoint)
    return isMissing ? names.sorted() : []
  }

  /// The findings whose history shows where the change of some findings comes from, and was not looked at by the
  /// check itself: their windows are to be fetched before they are explained.
  public func companions(of explained: [Finding]) -> [Finding] {
    findings.filter { finding in
      finding.notCompared != nil
        && explained.contains {
          $0.series == finding.series
            || finding.value != nil && Relation(of: finding.series, to: $0.series) != nil
        }
    }
  }
}
