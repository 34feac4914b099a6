import SLOBudgets
import SLOModel

extension StandingLimits {
  /// A series the limits are for; nil where more specific ones leave none.
  var example: Series? {
    guard let endpoint = exampleEndpoint, let profile = exampleProfile else { return nil }
    return Series(profile: profile, endpoint: endpoint, metric: metric, statistic: statistic)
  }

  /// The profile, where it is one.
  var profile: String? { if case .named(let name) = profiles { name } else { nil } }

  /// The endpoint, where it is one, or the run as a whole.
  var endpoint: String? {
    switch endpoints {
    case .wholeRun: Series.wholeRun
    case .named(let name): name
    case .matching: nil
    }
  }

  /// The profile as people read it.
  var profileTitle: String { profile ?? "other profiles" }

  /// The endpoints as people read them.
  var endpointTitle: String {
    switch endpoints {
    case .wholeRun: "the run as a whole"
    case .named(let name): name
    case .matching("*", _): "other endpoints"
    case .matching(let pattern, _): pattern
    }
  }

  /// The entry they come from, or `defaults`.
  var entry: String { limits[0].limit.entry ?? "defaults" }

  private var exampleProfile: String? {
    guard case .others(let named) = profiles else { return profile }
    return StandingLimits.name(like: "*") { !named.contains($0) }
  }

  private var exampleEndpoint: String? {
    switch endpoints {
    case .wholeRun: return Series.wholeRun
    case .named(let name): return name
    case .matching(let pattern, let except):
      let others = except.map { EndpointPattern($0) }
      return StandingLimits.name(like: pattern) { name in
        name != Series.wholeRun && !others.contains { $0.matches(name) }
      }
    }
  }

  /// A name for a glob that nothing else claims.
  private static func name(like pattern: String, where isFree: (String) -> Bool) -> String? {
    ["other", "another", "x", "q0", "z-9"].lazy.map { pattern.replacing("*", with: $0) }.first(where: isFree)
  }
}
