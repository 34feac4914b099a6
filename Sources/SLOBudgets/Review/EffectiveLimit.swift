package import SLOModel
internal import SLOReaders

/// What holds for one figure of an endpoint, and what would hold were it not written.
package struct EffectiveLimit: Sendable, Hashable {
  /// The limits in force: one, or one that blocks and one that warns.
  package var limits: [Limit]
  /// Limits on the same figure that these go before, the nearest first.
  package var overridden: [Limit]
  /// The waivers that speak of it, expired ones included.
  package var waivers: [Waiver]

  /// The metric's name with normalised tags.
  package var metric: String { limits[0].metric }
  /// The statistic.
  package var statistic: Statistic { limits[0].statistic }
}

extension Budgets {
  /// The effective limits of an endpoint with where they come from, by metric and statistic; resolved as by
  /// `limits(profile:endpoint:endpointTag:)`.
  package func effectiveLimits(
    profile: String, endpoint: String, endpointTag: String? = nil
  ) -> [EffectiveLimit] {
    var found: [Limit.Key: EffectiveLimit] = [:]
    for layer in layers(profile: profile, endpoint: endpoint, endpointTag: endpointTag) {
      for (key, limits) in Dictionary(grouping: layer, by: \.key) {
        found[key]?.overridden += limits
        if found[key] == nil { found[key] = EffectiveLimit(limits: limits, overridden: [], waivers: []) }
      }
    }
    return found.values.map { effective in
      var effective = effective
      effective.waivers = waivers.filter { waiver in
        effective.limits.contains {
          waivers(on: $0, profile: profile, endpoint: endpoint, endpointTag: endpointTag).contains(waiver)
        }
      }
      return effective
    }
    .sorted { ($0.metric, $0.statistic) < ($1.metric, $1.statistic) }
  }

  /// The limits that may hold, those that go before others first.
  private func layers(profile: String, endpoint: String, endpointTag: String?) -> [[Limit]] {
    if endpoint == Series.wholeRun {
      return wholeRun.layers(for: profile) + defaults.layers(for: profile)
        + [Budgets.policyLimitsOfRun(under: profile)]
    }
    return entries(for: endpoint, tag: endpointTag, under: profile).flatMap { $0.limits.layers(for: profile) }
      + (defaultsReachEndpoints ? defaults.layers(for: profile).map { $0.filter { !$0.isOfTotals } } : [])
  }
}

extension ProfileLimits {
  /// What names the profile, then what is written for all of its kind.
  fileprivate func layers(for profile: String) -> [[Limit]] {
    let every = EvidenceKind.every(like: profile)
    return [limits[profile] ?? []] + (profile == every ? [] : [limits[every] ?? []])
  }
}

/// What holds for the change of one figure of an endpoint, and what would hold were it not written.
package struct EffectiveChange: Sendable, Hashable {
  /// The bounds in force: one, or one that blocks and one that warns.
  package var limits: [RelativeLimit]
  /// Bounds on the same change that these go before, the nearest first.
  package var overridden: [RelativeLimit]
}

extension Budgets {
  /// The effective bounds on changes of an endpoint with where they come from, by metric and statistic; resolved as by
  /// `relativeLimits(profile:endpoint:endpointTag:)`.
  package func effectiveChanges(
    profile: String, endpoint: String, endpointTag: String? = nil
  ) -> [EffectiveChange] {
    var found: [RelativeLimit.Key: EffectiveChange] = [:]
    for layer in changeLayers(profile: profile, endpoint: endpoint, endpointTag: endpointTag) {
      for (key, limits) in Dictionary(grouping: layer, by: \.key) {
        found[key]?.overridden += limits
        if found[key] == nil { found[key] = EffectiveChange(limits: limits, overridden: []) }
      }
    }
    return found.values.sorted { left, right in
      let (left, right) = (left.limits[0], right.limits[0])
      return (left.metric, left.statistic, left.change.rawValue)
        < (right.metric, right.statistic, right.change.rawValue)
    }
  }

  private func changeLayers(profile: String, endpoint: String, endpointTag: String?) -> [[RelativeLimit]] {
    if endpoint == Series.wholeRun {
      return wholeRun.changeLayers(for: profile) + defaults.changeLayers(for: profile)
    }
    return entries(for: endpoint, tag: endpointTag, under: profile).flatMap {
      $0.limits.changeLayers(for: profile)
    }
      + (defaultsReachEndpoints
        ? defaults.changeLayers(for: profile).map { $0.filter { !$0.isOfTotals } } : [])
  }
}

extension ProfileLimits {
  /// What names the profile, then what is written for all of its kind.
  fileprivate func changeLayers(for profile: String) -> [[RelativeLimit]] {
    let every = EvidenceKind.every(like: profile)
    return [relative[profile] ?? []] + (profile == every ? [] : [relative[every] ?? []])
  }
}
