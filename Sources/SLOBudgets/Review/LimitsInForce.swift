public import SLOModel
internal import SLOReaders

/// A limit as it is effective now.
package struct LimitInForce: Sendable, Hashable {
  /// The limit, with the bound that is effective.
  package var limit: Limit
  /// The waiver that loosened the bound.
  package var waiver: Waiver?
}

/// The limits on one figure and what they are effective for, for a tool that knows neither
/// precedence nor waivers.
package struct LimitsInForce: Sendable {
  /// The profiles they are for.
  package enum Profiles: Sendable, Hashable {
    /// One.
    case named(String)
    /// Every profile of a kind of evidence but these.
    case others(EvidenceKind, than: [String])
  }

  /// The endpoints they are for.
  package enum Endpoints: Sendable, Hashable {
    /// The run as a whole.
    case wholeRun
    /// One.
    case named(String)
    /// Those a glob names, but for what other patterns name; never the run as a whole.
    case matching(String, except: [String])
  }

  /// The profiles.
  package var profiles: Profiles
  /// The endpoints.
  package var endpoints: Endpoints
  /// One limit, or one that blocks and then one that warns.
  package var limits: [LimitInForce]

  /// The metric's name with normalised tags.
  package var metric: String { limits[0].limit.metric }
  /// The statistic.
  package var statistic: Statistic { limits[0].limit.statistic }

  /// Limits of one subject, a figure at a time, in the order of the files.
  fileprivate static func byFigure(
    _ limits: [LimitInForce], _ profiles: Profiles, _ endpoints: Endpoints
  ) -> [LimitsInForce] {
    let figures = Dictionary(grouping: limits, by: \.limit.key).values
    return figures.map { limits in
      let sorted = limits.sorted { $0.limit.severity == .block && $1.limit.severity == .warn }
      return LimitsInForce(profiles: profiles, endpoints: endpoints, limits: sorted)
    }
    .sorted {
      let (left, right) = ($0.limits[0].limit, $1.limits[0].limit)
      // Limits that are in no file have one place.
      return (left.place, left.metric, left.statistic) < (right.place, right.metric, right.statistic)
    }
  }
}

extension Budgets {
  /// The profiles of a kind of evidence that files name, sorted, and `ProfileNames.every` where limits are written for
  /// every other one too.
  public func profiles(of kind: EvidenceKind) -> [String] {
    let all = [defaults, wholeRun] + allEntries.map(\.limits)
    let isGeneral = all.contains { $0.limits[kind.profiles.every]?.isEmpty == false }
    return profiles.filter { EvidenceKind.of(profile: $0) == kind }.sorted()
      + (isGeneral ? [kind.profiles.every] : [])
  }

  /// The limits of an endpoint, or of the run as a whole, as `limits(profile:endpoint:endpointTag:)` has them, loosened
  /// by the waivers in force.
  package func limitsInForce(
    profile: String, endpoint: String, endpointTag: String? = nil, at now: Timestamp
  ) -> [LimitInForce] {
    limits(profile: profile, endpoint: endpoint, endpointTag: endpointTag)
      .map { loosened($0, profile: profile, endpoint: endpoint, tag: endpointTag, at: now) }
  }

  /// All limits of a profile, each figure by itself: what goes before another is left out of what that is for.
  /// - Parameter profile: a profile, or `ProfileNames.every` for each of its kind that no file names.
  package func limitsInForce(profile: String, at now: Timestamp) -> [LimitsInForce] {
    let profiles: LimitsInForce.Profiles =
      EvidenceKind.isEvery(profile)
      ? .others(
        .of(profile: profile), than: self.profiles(of: .of(profile: profile)).filter { $0 != profile })
      : .named(profile)
    var all = LimitsInForce.byFigure(
      limitsInForce(profile: profile, endpoint: Series.wholeRun, at: now), profiles, .wholeRun)
    var claimed: [Limit.Key: [EndpointPattern]] = [:]
    for (pattern, layer) in layers {
      let own = layer.limits(for: profile).filter { !$0.isOfTotals }
      let figures = Dictionary(grouping: own, by: \.key).sorted {
        ($0.value[0].place, $0.key.metric, $0.key.statistic) < (
          $1.value[0].place, $1.key.metric, $1.key.statistic
        )
      }
      for (key, limits) in figures {
        let before = claimed[key] ?? []
        claimed[key, default: []].append(pattern)
        guard !before.contains(pattern) else { continue }
        for (endpoints, limits) in standing(limits, of: pattern, except: before, profile, at: now) {
          all += LimitsInForce.byFigure(limits, profiles, endpoints)
        }
      }
    }
    return all
  }

  /// The waivers in force that name several endpoints at once and are not those of an entry: which endpoints
  /// they are for only results say.
  public func waiversOfUnknownReach(at now: Timestamp) -> [Waiver] {
    let entries = Set(allEntries.flatMap { [$0.name, $0.pattern.text] })
    return waivers.filter { waiver in
      !waiver.isExpired(at: now) && waiver.endpoint != Series.wholeRun && !entries.contains(waiver.endpoint)
        && !EndpointPattern(waiver.endpoint).isExact
    }
  }

  /// What holds for endpoints, the most specific first, the defaults last.
  private var layers: [(EndpointPattern, ProfileLimits)] {
    let entries = exactEntries.values.joined().sorted(by: Entry.isMoreSpecific) + globEntries
    let own = entries.map { ($0.pattern, $0.limits) }
    return defaultsReachEndpoints ? own + [(EndpointPattern(Series.wholeRun), defaults)] : own
  }

  /// The limits for what a pattern names; an endpoint with a waiver of its own stands apart.
  private func standing(
    _ limits: [Limit], of pattern: EndpointPattern, except before: [EndpointPattern], _ profile: String,
    at now: Timestamp
  ) -> [(LimitsInForce.Endpoints, [LimitInForce])] {
    let loosened = { (endpoint: String) in
      limits.map { self.loosened($0, profile: profile, endpoint: endpoint, tag: nil, at: now) }
    }
    if pattern.isExact { return [(.named(pattern.text), loosened(pattern.text))] }
    let waived = Set(waivers.map(\.endpoint)).sorted().filter { endpoint in
      EndpointPattern(endpoint).isExact && pattern.matches(endpoint)
        && !before.contains { $0.matches(endpoint) }
        && loosened(endpoint).contains { $0.waiver != nil && $0.waiver?.endpoint == endpoint }
    }
    let except = before.filter { !$0.isExact || pattern.matches($0.text) }.map(\.text) + waived
    // The pattern `*` has the name of the run as a whole, whose waivers are not for endpoints.
    let general =
      pattern.text == Series.wholeRun
      ? limits.map { LimitInForce(limit: $0, waiver: nil) } : loosened(pattern.text)
    return waived.map { (.named($0), loosened($0)) } + [
      (.matching(pattern.text, except: except.sorted()), general)
    ]
  }

  /// A limit with the bound of the loosest waiver in force on it. What only warns needs none and has none.
  private func loosened(
    _ limit: Limit, profile: String, endpoint: String, tag: String?, at now: Timestamp
  ) -> LimitInForce {
    var standing = LimitInForce(limit: limit, waiver: nil)
    guard limit.severity == .block else { return standing }
    for waiver in waivers(on: limit, profile: profile, endpoint: endpoint, endpointTag: tag)
    where !waiver.isExpired(at: now) {
      let bound = standing.limit.bound
      guard limit.comparison.isUpper ? waiver.bound > bound : waiver.bound < bound else { continue }
      (standing.limit.bound, standing.waiver) = (waiver.bound, waiver)
    }
    return standing
  }
}
