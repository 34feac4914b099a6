import SLOBudgets
import SLOGate
import SLOModel
import SLOReports

/// The findings that `slogate explain` is asked for.
struct ExplainedChoice {
  /// Rows of an endpoint's figures beyond this are counted.
  static let mostListed = 12

  /// Whether an endpoint, a metric or a profile was named.
  let isNamed: Bool
  /// The findings that are meant.
  let asked: [Finding]
  /// Those of them that are explained one by one: what blocks, then what warns, then in reading order. Where nothing
  /// was named the first kind that there is, with --all both.
  let findings: [Finding]

  init(_ command: Explain, of verdict: Verdict) throws {
    let figure = try command.figure()
    let profiles = command.profiles
    isNamed = !(command.endpoint.isEmpty && command.metric == nil && profiles.isEmpty)
    let patterns = command.endpoint.map(EndpointPattern.selecting)
    asked = verdict.findings.filter { finding in
      let series = finding.series
      return (patterns.isEmpty || patterns.contains { $0.matches(series.endpoint) })
        && (profiles.isEmpty || profiles.contains(series.profile))
        && (figure?.metric ?? series.metric) == series.metric
        && (figure?.statistic ?? series.statistic) == series.statistic
    }
    let grave = Finding.Outcome.bySeverity.filter { $0 != .improved }
    guard isNamed else {
      findings = verdict.told(command.all ? grave : verdict.toldOutcomes)
      return
    }
    guard !asked.isEmpty else {
      throw Failure.usage("the check has no such finding; " + ExplainedChoice.known(in: verdict, profiles))
    }
    let told = verdict.told(grave, among: asked)
    let names = Set(told.map(\.series))
    findings = told + asked.filter { !names.contains($0.series) }.sorted { $0.readingOrder < $1.readingOrder }
  }

  /// What is meant, the figures that stand for an endpoint first.
  var inReadingOrder: [Finding] { asked.sorted { $0.readingOrder < $1.readingOrder } }

  /// What there is, of that kind which was not found.
  private static func known(in verdict: Verdict, _ profiles: [String]) -> String {
    let present = Set(verdict.findings.map(\.series.profile))
    guard profiles.isEmpty || !present.isDisjoint(with: profiles) else {
      return "its profiles are " + present.sorted().joined(separator: ", ")
    }
    let endpoints = Set(verdict.findings.map(\.series.endpoint)).sorted()
    return "its endpoints are " + listed(endpoints, most: 8)
  }
}
