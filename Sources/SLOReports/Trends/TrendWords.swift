import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics

/// The names and figures of a trend in words. Names are untrusted: what shows them escapes them.
extension Trend {
  /// The endpoint as tables name it.
  var endpointLabel: String { label(ofEndpoint: series.endpoint) }

  /// The metric as tables name it; values read off sketches are marked.
  var metricLabel: String {
    MetricCatalogue.label(of: series.metric, series.statistic) + (isEstimated ? " ≈" : "")
  }

  /// What all series measured together share: profile, service and sizing.
  var cohortLabel: String {
    "\(series.profile) · " + label(ofService: service, environment)
  }

  /// The level of today with its noise, `448 ms ±21`; of fewer than three values the noise is unknown.
  var typicalText: String {
    current.points.count < 3
      ? quantity(current.latest, unit) : quantity(current.latest, unit, noise: current.noise)
  }

  /// The limit with its operator: `< 400 ms`; nil without one.
  var limitText: String? {
    limit.map { "\($0.comparison.rawValue) \(quantity(ofLimit: $0.bound, unit))" }
  }

  /// The latest value, with as many digits as it takes to see on which side of the limit it is.
  var latestText: String {
    limit.map { quantity(latest.value, unit, besideLimit: $0.bound) } ?? quantity(latest.value, unit)
  }

  /// The commits covered: `50 commits 41d0e77..9b2c1fa`.
  var spanText: String {
    let ends =
      points.count > 1 ? "\(points[0].commit.shortName)..\(latest.commit.shortName)" : latest.commit.shortName
    return "\(counted(points.count, "commit")) \(ends)"
  }

  /// Where the series is, in a line: `now 136 ms · typical 135 ms ±3 · limit < 115 ms, broken · 50 commits …`.
  var summary: String {
    let broken = isBeyondLimit(latest.value) ? ", broken" : ""
    let parts = [
      "now \(latestText)", "typical \(typicalText)", limitText.map { "limit \($0)\(broken)" }, spanText,
      isEstimated ? "≈ from sketches, to within 1 %" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }
}

extension ReferenceCommit {
  /// At most the first seven characters of the SHA, as git shows it.
  var shortName: String { String(sha.prefix(7)) }
}

extension ChartScale {
  /// What a chart does not show; empty where it shows everything.
  var omission: String { strays == 0 ? "" : " · \(counted(strays, "value")) beyond the chart" }
}

/// An endpoint as tables name it.
func label(ofEndpoint endpoint: String) -> String { endpoint == Series.wholeRun ? "(whole run)" : endpoint }

/// A service and the sizing it was measured at.
func label(ofService service: String, _ environment: Environment) -> String {
  let sizing = environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  let known = [environment.name].compactMap { $0 } + sizing
  return "service \(service) · " + (known.isEmpty ? "sizing unknown" : known.joined(separator: " · "))
}

/// What a change did to a series: `slower`, `better` …; where neither way is better, where it went.
func effect(isWorse: Bool?, unit: MetricUnit, _ change: ChangePoint) -> String {
  switch isWorse {
  case true: unit == .milliseconds ? "slower" : "worse"
  case false: unit == .milliseconds ? "faster" : "better"
  case nil: change.after > change.before ? "higher" : "lower"
  }
}

/// The colour of a change.
func colour(isWorse: Bool?) -> TextStyle.Colour {
  switch isWorse {
  case true: .red
  case false: .green
  case nil: .yellow
  }
}

/// The levels before and after changes, `98.2 ms → 136 ms`, the arrows below each other.
/// - Parameter changes: each with the unit of its series; nil for bare numbers.
func arrows(_ changes: [(ChangePoint, MetricUnit?)]) -> [String] {
  let levels = changes.map { change, unit in
    [change.before, change.after].map { value in unit.map { quantity(value, $0) } ?? figure(value) }
  }
  let width = levels.map { columns(of: $0[0]) }.max() ?? 0
  let other = levels.map { columns(of: $0[1]) }.max() ?? 0
  return levels.map { padded($0[0], to: width, right: true) + " → " + padded($0[1], to: other, right: true) }
}
