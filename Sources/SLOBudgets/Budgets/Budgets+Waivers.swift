public import SLOModel

extension Budgets {
  /// The waiver under which a value that breaks a limit is let through: the first in force that is about
  /// this limit and whose bound the value keeps; nil where there is none.
  /// - Parameters:
  ///   - limit: the broken limit.
  ///   - profile: the profile the value belongs to.
  ///   - endpoint: the endpoint the value belongs to, or `Series.wholeRun`.
  ///   - endpointTag: the tag that named the endpoint, where known.
  ///   - value: the value in the limit's unit.
  ///   - now: the time of the check.
  public func waiver(
    for limit: Limit, profile: String, endpoint: String, endpointTag: String? = nil, value: Double,
    now: Timestamp
  ) -> Waiver? {
    waivers.first { waiver in
      !waiver.isExpired(at: now) && waiver.concerns(limit, profile: profile)
        && limit.comparison.holds(value, bound: waiver.bound)
        && names(waiver, endpoint: endpoint, tag: endpointTag, entry: limit.entry)
    }
  }

  /// The waiver under which a value that became worse than its history is let through: the first in force on the
  /// series whose bound the value keeps; nil where there is none.
  /// - Parameters:
  ///   - limits: the limits on the series.
  ///   - better: which way the series is better.
  ///   - value: the value in the series' unit.
  public func waiver(
    forRegressionOf series: Series, limits: [Limit], better: Direction, endpointTag: String? = nil,
    value: Double, now: Timestamp
  ) -> Waiver? {
    waivers(on: series, limits: limits, endpointTag: endpointTag).first { waiver in
      let comparison = limits.first?.comparison ?? (better == .lower ? .atMost : .atLeast)
      return !waiver.isExpired(at: now) && comparison.holds(value, bound: waiver.bound)
    }
  }

  /// The waivers on a series, with a limit or without one, expired ones included.
  /// - Parameter limits: the limits on the series.
  public func waivers(on series: Series, limits: [Limit], endpointTag: String? = nil) -> [Waiver] {
    waivers.filter { waiver in
      let isOfSeries =
        waiver.metric == series.metric && waiver.statistic.isSameFigure(as: series.statistic)
        && waiver.profile ?? series.profile == series.profile
      return isOfSeries && names(waiver, endpoint: series.endpoint, tag: endpointTag, entry: nil)
        || limits.contains {
          waiver.concerns($0, profile: series.profile)
            && names(waiver, endpoint: series.endpoint, tag: endpointTag, entry: $0.entry)
        }
    }
  }

  /// The waivers that speak of a limit of an endpoint, expired ones included.
  public func waivers(
    on limit: Limit, profile: String, endpoint: String, endpointTag: String? = nil
  ) -> [Waiver] {
    waivers.filter {
      $0.concerns(limit, profile: profile)
        && names($0, endpoint: endpoint, tag: endpointTag, entry: limit.entry)
    }
  }

  /// The waivers whose time is over.
  public func expiredWaivers(at now: Timestamp) -> [Waiver] { waivers.filter { $0.isExpired(at: now) } }

  /// The waivers in force that end within a number of days, 14 by default.
  public func endingWaivers(at now: Timestamp, withinDays days: Int = 14) -> [Waiver] {
    waivers.filter { $0.ends(withinDays: days, of: now) }
  }

  /// The waivers in force that let nothing through.
  /// - Parameter used: what `waiver(for:…)` gave during the check.
  public func unusedWaivers(at now: Timestamp, used: Set<Waiver>) -> [Waiver] {
    waivers.filter { !$0.isExpired(at: now) && !used.contains($0) }
  }

  /// Whether a waiver is for an endpoint: by its name or a glob, or by the key of an entry that is for it.
  /// The run as a whole is met by `*` alone, and `*` by nothing else: a waiver never reaches further than
  /// its words.
  private func names(_ waiver: Waiver, endpoint: String, tag: String?, entry: String?) -> Bool {
    if waiver.endpoint == Series.wholeRun { return endpoint == Series.wholeRun }
    if entry == waiver.endpoint { return true }
    if endpoint == Series.wholeRun { return false }
    let pattern = EndpointPattern(waiver.endpoint)
    return BudgetNames.names(of: endpoint, hosts: naming.hosts.values).contains(where: pattern.matches)
      || entries(for: endpoint, tag: tag).contains { $0.name == waiver.endpoint }
  }
}
