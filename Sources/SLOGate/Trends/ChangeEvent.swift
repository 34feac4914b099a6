package import SLOHistory
package import SLOModel
package import SLOStatistics

/// Something that changed the level of one or more series of a service at one sizing.
package struct ChangeEvent: Sendable, Hashable {
  /// The change of one series.
  package struct Member: Sendable, Hashable {
    /// The series.
    package var series: Series
    /// The unit of its values.
    package var unit: MetricUnit
    /// Whether the series is worse since; nil where it is not known which way is better.
    package var isWorse: Bool?
    /// The change, by the series' own values.
    package var change: ChangePoint
    /// The last commit of the series at the level before.
    package var last: ReferenceCommit
    /// The first commit of the series at the level after.
    package var first: ReferenceCommit
    /// The commits that may have made it; nil for a drift.
    package var suspects: Suspects?
  }

  /// The service.
  package var service: String
  /// The sizing.
  package var environment: Environment
  /// The last measured commit before the change.
  package var last: ReferenceCommit
  /// The first measured commit after it.
  package var first: ReferenceCommit
  /// The commits that may have made it, by the series that leave the fewest; nil for a drift.
  package var suspects: Suspects?
  /// What changed, the largest change first; never empty.
  package var members: [Member]

  /// How many of the series are worse since.
  package var worse: Int { members.count { $0.isWorse == true } }
  /// How many of the series are better since.
  package var better: Int { members.count { $0.isWorse == false } }
  /// Whether it came from one commit to the next in any series, or bit by bit in all of them.
  package var kind: ChangePoint.Kind { members.contains { $0.change.kind == .step } ? .step : .drift }
  /// Whether the next runs may still take all of it back.
  package var isProvisional: Bool { members.allSatisfy(\.change.isProvisional) }

  /// The suspects as git takes a range, `A..B`. Nil for a drift, and where the commits' names are no SHAs.
  package var range: String? {
    guard let suspects, Commit.isSHA(suspects.after), Commit.isSHA(suspects.upTo) else { return nil }
    return "\(suspects.after)..\(suspects.upTo)"
  }
}

extension ChangeEvent.Member {
  init(_ trend: Trend, _ change: ChangePoint) {
    self.init(
      series: trend.series, unit: trend.unit, isWorse: trend.isWorse(change), change: change,
      last: trend.points[change.index - 1].commit, first: trend.points[change.index].commit,
      suspects: trend.suspects(of: change))
  }

  /// The larger change first; one from zero is larger than any.
  static func isLarger(_ left: ChangeEvent.Member, _ right: ChangeEvent.Member) -> Bool {
    let sizes = [left, right].map { abs($0.change.change ?? .infinity) }
    return sizes[0] == sizes[1] ? left.series < right.series : sizes[0] > sizes[1]
  }
}
