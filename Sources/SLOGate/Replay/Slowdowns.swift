import SLOBudgets
import SLOModel
import SLOStatistics

/// Slows the endpoints of a check down, and finds the smallest slowdown of each that the gate catches.
struct Slowdowns {
  /// The slowdowns tried, as shares.
  static let tried = [
    0.03, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10,
  ]
  /// Endpoints are slowed in this many groups, a twentieth of them at a time: one after the other would take an
  /// hour where there are hundreds, and so few move nothing that all of a run share.
  private static let groups = 20

  /// What is caught, by profile and endpoint.
  private(set) var catches: [SelfTest.CaughtSlowdown] = []

  init(of evaluation: Evaluation) {
    let slowed = Set(
      evaluation.candidates.observed.map(\.measurement).filter(Slowdowns.isTime).map(Place.init))
    let asItIs = evaluation.verdict()
    var open: [Place] = []
    for place in slowed.sorted() {
      if Slowdowns.rule(on: place, in: asItIs) != nil {
        catches.append(place.caught(at: nil, by: nil, isBlockedAlready: true))
      } else {
        open.append(place)
      }
    }
    let groups = Dictionary(grouping: open.enumerated()) { $0.offset % Slowdowns.groups }
    for group in groups.values { search(group.map(\.element), in: evaluation) }
    for index in catches.indices { catches[index].describe(asItIs) }
    catches.sort { Place($0) < Place($1) }
  }

  /// Slows a group down more and more, until all of it is caught.
  private mutating func search(_ group: [Place], in evaluation: Evaluation) {
    var open = Set(group)
    for slowdown in Slowdowns.tried where !open.isEmpty {
      let verdict = evaluation.slowed(Set(group), by: slowdown).verdict()
      for place in open.sorted() {
        guard let rule = Slowdowns.rule(on: place, in: verdict) else { continue }
        catches.append(place.caught(at: slowdown, by: rule, isBlockedAlready: false))
        open.remove(place)
      }
    }
    catches += open.map { $0.caught(at: nil, by: nil, isBlockedAlready: false) }
  }

  /// What blocks an endpoint in a verdict, nil where nothing does.
  private static func rule(on place: Place, in verdict: Verdict) -> SelfTest.CaughtSlowdown.Rule? {
    let findings = verdict.findings.filter { Place($0.series) == place }
    if let over = findings.first(where: { $0.budget?.outcome == .over })?.budget {
      return .budget(over.limit)
    }
    if findings.contains(where: { $0.regression?.effect == .blocks || $0.creep?.effect == .blocks }) {
      return .regression
    }
    return verdict.commonFactors.contains { $0.blocks && $0.profile == place.profile } ? .commonFactor : nil
  }

  fileprivate static func isTime(_ measurement: MetricValue) -> Bool {
    measurement.unit == .milliseconds && measurement.better != .higher
  }
}

extension SelfTest.CaughtSlowdown {
  /// Notes what could have caught it.
  fileprivate mutating func describe(_ verdict: Verdict) {
    let findings = verdict.findings.filter { Place($0.series) == Place(self) && $0.unit == .milliseconds }
    isCompared = findings.contains { $0.regression?.judgement?.p != nil }
    nearest = findings.compactMap { finding in
      guard let limit = finding.budget?.limit, let value = finding.value, value > 0,
        limit.severity == .block, limit.comparison.isUpper
      else { return nil }
      return SelfTest.NearestLimit(limit: limit, times: limit.bound / value)
    }
    .min { $0.times < $1.times }
  }
}

/// An endpoint under a profile.
private struct Place: Hashable, Comparable {
  var profile: String
  var endpoint: String

  init(_ series: Series) { (profile, endpoint) = (series.profile, series.endpoint) }

  init(_ measurement: MetricValue) { self.init(measurement.series) }

  init(_ found: SelfTest.CaughtSlowdown) { (profile, endpoint) = (found.profile, found.endpoint) }

  func caught(
    at slowdown: Double?, by rule: SelfTest.CaughtSlowdown.Rule?, isBlockedAlready: Bool
  ) -> SelfTest.CaughtSlowdown {
    SelfTest.CaughtSlowdown(
      profile: profile, endpoint: endpoint, slowdown: slowdown, rule: rule, isBlockedAlready: isBlockedAlready
    )
  }

  static func < (left: Place, right: Place) -> Bool {
    (left.profile, left.endpoint) < (right.profile, right.endpoint)
  }
}

extension Evaluation {
  /// The same check with every time of some endpoints longer.
  fileprivate func slowed(_ places: Set<Place>, by share: Double) -> Evaluation {
    var input = input
    for run in input.runs.indices {
      for index in input.runs[run].reading.measurements.indices {
        let measurement = input.runs[run].reading.measurements[index]
        guard Slowdowns.isTime(measurement), places.contains(Place(measurement)) else { continue }
        input.runs[run].reading.measurements[index].value *= 1 + share
      }
    }
    return Evaluation(CheckPlan(input), against: references)
  }
}
