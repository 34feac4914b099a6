public import SLOModel

/// A looser limit for a while: who answers for it, why, and until when.
public struct Waiver: Sendable, Hashable {
  /// The endpoint: its name, a glob, or the key of an entry; `*` is the run as a whole.
  public var endpoint: String
  /// The metric's name with normalised tags.
  public var metric: String
  /// The statistic.
  public var statistic: Statistic
  /// The profile; nil for every profile.
  public var profile: String?
  /// The looser bound, in the canonical unit of the metric. A value has to compare with it as the waived
  /// limit says.
  public var bound: Double
  /// The unit of `bound`, as in `Limit.unit`.
  public var unit: MetricUnit?
  /// The first moment it does not hold any more: midnight (UTC) after the day it names.
  public var end: Timestamp
  /// Who answers for it.
  public var owner: String
  /// Why it was granted.
  public var reason: String
  /// Where it is written.
  public var place: Place

  /// The last day it holds, in UTC: `2026-12-31`.
  public var until: String { end.adding(days: -1).date }

  /// Whether its time is over.
  public func isExpired(at now: Timestamp) -> Bool { now >= end }

  /// Whether it still holds and ends within a number of days.
  public func ends(withinDays days: Int, of now: Timestamp) -> Bool {
    !isExpired(at: now) && end <= now.adding(days: days)
  }

  /// Whether it is about a limit's metric under a profile. A limit an entry sets on a sub-metric is also
  /// met by the metric's name alone.
  func concerns(_ limit: Limit, profile: String) -> Bool {
    guard self.profile == nil || self.profile == profile, limit.statistic.isSameFigure(as: statistic) else {
      return false
    }
    return limit.metric == metric
      || (limit.entry == endpoint && MetricName(parsing: limit.metric).base == metric)
  }
}
