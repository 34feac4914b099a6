import SLOBudgets
package import SLOGate
import SLOModel
import SLOStatistics
import SLOSupport

/// The figures of a verdict as OpenMetrics text, in base units: GitLab's `metrics` report compares it with that of
/// the target branch, and Prometheus reads it. Every series that was judged is in it.
///
/// The commit is no label: every figure of every commit would else be one of its own.
/// Format: <https://prometheus.io/docs/specs/om/open_metrics_spec/>.
package func openMetricsReport(of verdict: Verdict) -> String { openMetrics(of: [verdict]) }

/// The same of the verdicts of several services: each sample names its service.
func openMetrics(of verdicts: [Verdict]) -> String {
  let judged = verdicts.flatMap { verdict in
    verdict.findings.filter(\.isJudged).map { (finding: $0, service: verdict.service) }
  }
  let figures: [(name: String, help: String, value: (Finding) -> Double?)] = [
    ("slogate_value", "What was measured: the median of the repetitions.", { $0.value }),
    ("slogate_limit", "The limit that decided.", { $0.budget?.limit.bound }),
    ("slogate_typical", "The median of the comparable commits.", { $0.regression?.judgement?.typical }),
    (
      "slogate_anchor", "The level at the anchor that slow drift is measured from.",
      { $0.creep?.judgement.typical }
    ),
  ]
  var text = ""
  for figure in figures {
    for unit in BaseUnit.allCases {
      let samples = judged.compactMap { finding, service -> Sample? in
        guard finding.unit.base == unit, let value = figure.value(finding), value.isFinite
        else { return nil }
        return Sample(labels: labels(of: finding, service), value: "\(value / unit.size)")
      }
      text += family(figure.name, unit: unit.rawValue, help: figure.help, samples)
    }
  }
  let version = Sample(labels: label([("version", Tool.version)]), value: "1", suffix: "_info")
  text += family("slogate_build", unit: "", type: "info", help: "The program that judged.", [version])
  text += family("slogate_rule", unit: "", help: "Whether a rule is known to hold.", verdicts.flatMap(rules))
  text += family(
    "slogate_findings", unit: "", help: "Series and rules by what they came to.", verdicts.flatMap(outcomes))
  text += family(
    "slogate_unbudgeted_endpoints", unit: "", help: "Endpoints measured without a budget.",
    verdicts.map { Sample(labels: label([("service", $0.service)]), value: "\($0.unbudgeted.count)") })
  text += family(
    "slogate_verdict", unit: "", type: "stateset", help: "The verdict.", verdicts.flatMap(states))
  return text + "# EOF\n"
}

private func rules(of verdict: Verdict) -> [Sample] {
  verdict.rules.map { finding in
    let labels = [
      ("service", verdict.service), ("profile", finding.profile), ("endpoint", finding.endpoint),
      ("rule", finding.rule.text),
    ]
    return Sample(labels: label(labels), value: finding.outcome == .ok ? "1" : "0")
  }
}

private func outcomes(of verdict: Verdict) -> [Sample] {
  let count = verdict.outcomes
  return Finding.Outcome.allCases.map { outcome in
    let labels = [("service", verdict.service), ("outcome", outcome.rawValue)]
    return Sample(labels: label(labels), value: "\(count[outcome] ?? 0)")
  }
}

private func states(of verdict: Verdict) -> [Sample] {
  [Verdict.Outcome.pass, .blocked, .inconclusive, .suspect].map { state in
    let labels = [("service", verdict.service), ("slogate_verdict", state.rawValue)]
    return Sample(labels: label(labels), value: state == verdict.outcome ? "1" : "0")
  }
}

private struct Sample {
  var labels: String
  var value: String
  /// What the type of its family adds to the name.
  var suffix = ""
}

/// A family with its description; nothing without samples. Names that look alike once they are visible would make
/// the same sample twice, which no reader takes.
private func family(
  _ name: String, unit: String, type: String = "gauge", help: String, _ samples: [Sample]
) -> String {
  guard !samples.isEmpty else { return "" }
  var seen: Set<String> = []
  let lines = samples.filter { seen.insert($0.labels).inserted }
  let full = unit.isEmpty ? name : "\(name)_\(unit)"
  let unitLine = unit.isEmpty ? "" : "# UNIT \(full) \(unit)\n"
  return "# TYPE \(full) \(type)\n\(unitLine)# HELP \(full) \(help)\n"
    + lines.map { "\(full)\($0.suffix)\($0.labels) \($0.value)\n" }.joined()
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
  let visible = VisibleText.escaped(value)
  guard visible.utf8.contains(where: { $0 == 0x22 || $0 == 0x5C }) else { return visible }
  return visible.unicodeScalars.reduce(into: "") { text, scalar in
    if scalar == "\\" || scalar == "\"" { text += "\\" }
    text.unicodeScalars.append(scalar)
  }
}
