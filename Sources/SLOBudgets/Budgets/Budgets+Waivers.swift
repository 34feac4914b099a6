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
        && names(waiver, endpoint: endpoint, tag: endpointTag, limit: limit)
    }
  }

  /// The waivers that speak of a limit of an endpoint, expired ones included.
  public func waivers(
    on limit: Limit, profile: String, endpoint: String, endpointTag: String? = nil
  ) -> [Waiver] {
    waivers.filter {
      $0.concerns(limit, profile: profile) && names($0, endpoint: endpoint, tag: endpointTag, limit: limit)
    }
  }

  /// The waivers whose time is over.
  public func expiredWaivers(at now: Timestamp) -> [Waiver] { waivers.filter { $0.isExpired(at: now) } }

  /// The waivers in force that end within a number of days, 14 unless told.
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
  private func names(_ waiver: Waiver, endpoint: String, tag: String?, limit: Limit) -> Bool {
    if waiver.endpoint == Series.wholeRun { return endpoint == Series.wholeRun }
    if limit.entry == waiver.endpoint { return true }
    if endpoint == Series.wholeRun { return false }
    let pattern = EndpointPattern(waiver.endpoint)
    return BudgetNames.names(of: endpoint, hosts: naming.hosts.values).contains(where: pattern.matches)
      || entries(for: endpoint, tag: tag).contains { $0.name == waiver.endpoint }
  }
}
