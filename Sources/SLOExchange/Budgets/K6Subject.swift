import SLOBudgets
import SLOModel
import SLOReaders

/// What thresholds are for: the run as a whole, or an endpoint by the tag that names it.
struct K6Subject {
  var endpoint: String
  var tags: [String: String]
  var limits: [StandingLimit]
  /// Where it is named.
  var place: Place?

  /// Whether k6 has a sub-metric for it.
  var isSelectable: Bool { K6Export.selector("http_reqs", tags) != nil }

  /// The run as a whole and every endpoint that has a name, in the budgets or among the options.
  static func all(_ budgets: Budgets, profile: String, _ options: ExportOptions) -> [K6Subject] {
    let subject = { (endpoint: String, tag: String?, place: Place?) in
      let tag = tag ?? options.endpointTag
      return K6Subject(
        endpoint: endpoint, tags: endpoint == Series.wholeRun ? [:] : [tag: endpoint],
        limits: budgets.standingLimits(
          profile: profile, endpoint: endpoint, endpointTag: tag, at: options.now),
        place: place)
    }
    let targets = budgets.targets(profile: profile).filter(\.isExact)
    let known = Set(targets.map(\.pattern))
    return [subject(Series.wholeRun, nil, nil)] + targets.map { subject($0.pattern, $0.tag, $0.place) }
      + options.endpoints.filter { !known.contains($0) && $0 != Series.wholeRun }.map {
        subject($0, nil, nil)
      }
      + waived(budgets, options).filter {
        !known.contains($0.endpoint) && !options.endpoints.contains($0.endpoint)
      }
      .map { subject($0.endpoint, nil, $0.place) }
  }

  /// Waivers in force on endpoints that nothing else names.
  private static func waived(_ budgets: Budgets, _ options: ExportOptions) -> [Waiver] {
    let entries = budgets.profiles(of: .load).flatMap { budgets.targets(profile: $0) }.flatMap {
      [$0.name, $0.pattern]
    }
    return budgets.waivers.filter { waiver in
      !waiver.isExpired(at: options.now) && !entries.contains(waiver.endpoint)
        && EndpointPattern(waiver.endpoint).isExact
    }
  }
}
