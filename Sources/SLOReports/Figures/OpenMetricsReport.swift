import SLOBudgets
public import SLOGate
import SLOModel
import SLOStatistics

/// The figures of a verdict as OpenMetrics text, in base units: GitLab's `metrics` report compares it with that of
/// the target branch, and Prometheus reads it. Of the series all that were judged are told.
///
/// The commit is no label: every figure of every commit would else be one of its own.
/// Format: <https://prometheus.io/docs/specs/om/open_metrics_spec/>.
public func openMetricsReport(of verdict: Verdict) -> String {
  let judged = verdict.findings.filter(\.isJudged)
  let figures: [(name: String, help: String, value: (Finding) -> Double?)] = [
    ("slogate_value", "What was measured: the median of the repetitions.", { $0.value }),
    ("slogate_limit", "The limit that decided.", { $0.budget?.limit.bound }),
    ("slogate_typical", "The median of the comparable commits.", { $0.regression?.judgement?.typical }),
  ]
  var text = ""
  for figure in figures {
    for unit in baseUnits {
      let samples = judged.compactMap { finding -> String? in
        guard baseUnit(of: finding.unit).suffix == unit, let value = figure.value(finding), value.isFinite
        else { return nil }
        return labels(of: finding, verdict.service) + " \(value * baseUnit(of: finding.unit).factor)\n"
      }
      text += family(figure.name, unit: unit, help: figure.help, samples)
    }
  }
  let outcomes = Finding.Outcome.allCases.map { outcome in
    label([("service", verdict.service), ("outcome", outcome.rawValue)])
      + " \(verdict.outcomes[outcome] ?? 0)\n"
  }
  let states = [Verdict.Outcome.pass, .blocked, .inconclusive].map { state in
    label([("service", verdict.service), ("slogate_verdict", state.rawValue)])
      + " \(state == verdict.outcome ? 1 : 0)\n"
  }
  text += family("slogate_findings", unit: "", help: "Series by what they came to.", outcomes)
  text += family("slogate_verdict", unit: "", type: "stateset", help: "The verdict.", states)
  return text + "# EOF\n"
}

/// The names of the base units, in the order of their families; one without a name is last.
private let baseUnits = ["seconds", "bytes", "ratio", "per_second", ""]

/// What a unit is called here, and what a value has to be multiplied by.
private func baseUnit(of unit: Unit) -> (suffix: String, factor: Double) {
  switch unit {
  case .milliseconds: ("seconds", 0.001)
  case .bytes: ("bytes", 1)
  case .ratio, .score: ("ratio", 1)
  case .perSecond: ("per_second", 1)
  case .count, .unitless: ("", 1)
  }
}

/// A family with its description; nothing without samples.
private func family(
  _ name: String, unit: String, type: String = "gauge", help: String, _ samples: [String]
) -> String {
  guard !samples.isEmpty else { return "" }
  let full = unit.isEmpty ? name : "\(name)_\(unit)"
  let unitLine = unit.isEmpty ? "" : "# UNIT \(full) \(unit)\n"
  return "# TYPE \(full) \(type)\n\(unitLine)# HELP \(full) \(help)\n" + samples.map { full + $0 }.joined()
}

private func labels(of finding: Finding, _ service: String) -> String {
  let series = finding.series
  return label([
    ("service", service), ("profile", series.profile), ("endpoint", series.endpoint),
    ("metric", series.metric),
    ("statistic", series.statistic.rawValue),
  ])
}

private func label(_ pairs: [(name: String, value: String)]) -> String {
  "{" + pairs.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
}

/// A label's value. What could not be seen is made visible first, so that a line feed is never one.
private func escaped(_ value: String) -> String {
  VisibleText.escaped(value).unicodeScalars.reduce(into: "") { text, scalar in
    if scalar == "\\" || scalar == "\"" { text += "\\" }
    text.unicodeScalars.append(scalar)
  }
}
