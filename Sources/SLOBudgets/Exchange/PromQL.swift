import SLOModel
import SLOReaders
import SLOSupport

/// A query for figures as slogate itself publishes them (`--report gitlab-metrics=FILE`):
/// `slogate_value_seconds{profile="baseline",endpoint="search",metric="http_req_duration",statistic="p95"}`.
struct PromQL {
  /// A condition on a label.
  struct Matcher {
    var label: String
    var sign = "="
    var value: String

    var text: String { "\(label)\(sign)\(PromQL.quoted(value))" }
  }

  var matchers: [Matcher]
  /// The unit of the figures; nil where only results say it.
  var unit: MetricUnit?

  /// What is published of a limit's figure.
  init(_ limits: LimitsInForce, service: String?) {
    unit = limits.limits[0].limit.unit
    matchers = PromQL.service(service) + PromQL.matchers(limits.profiles) + PromQL.matchers(limits.endpoints)
    matchers += PromQL.matchers(limits.metric, limits.statistic)
  }

  /// What is published of a rule's figure, of every endpoint.
  init(_ figure: Rule.Figure, profile: String?, service: String?) {
    unit = MetricCatalogue.traits(of: figure.metric, in: figure.kind)?.unit(of: figure.statistic)
    matchers =
      PromQL.service(service)
      + (profile.map { [Matcher(label: "profile", value: label($0))] }
        ?? PromQL.matchers(figure.kind, besides: []))
      + PromQL.matchers(figure.metric, figure.statistic)
  }

  /// The query. Where the unit is not known, whichever of them is there, in the unit of the results.
  var text: String {
    guard let unit else { return "(" + BaseUnit.allCases.map(anyUnit).joined(separator: " or ") + ")" }
    return selector(unit.base)
  }

  /// A bound in the unit of the query.
  func published(_ bound: Double) -> Double { bound / (unit?.base.size ?? 1) }

  /// The name of the query's unit, for people.
  var unitName: String { unit.map { $0.base.rawValue.replacing("_", with: " ") } ?? "" }

  func selector(_ base: BaseUnit) -> String {
    let name = base == .none ? "slogate_value" : "slogate_value_\(base.rawValue)"
    return name + "{" + matchers.map(\.text).joined(separator: ",") + "}"
  }

  private func anyUnit(_ base: BaseUnit) -> String {
    (base.size == 1 ? "" : "\(plain(base.size)) * ") + selector(base)
  }
}

extension PromQL {
  private static func service(_ service: String?) -> [Matcher] {
    service.map { [Matcher(label: "service", value: label($0))] } ?? []
  }

  private static func matchers(_ metric: String, _ statistic: Statistic) -> [Matcher] {
    [Matcher(label: "metric", value: label(metric)), Matcher(label: "statistic", value: statistic.rawValue)]
  }

  private static func matchers(_ profiles: LimitsInForce.Profiles) -> [Matcher] {
    switch profiles {
    case .named(let name): [Matcher(label: "profile", value: label(name))]
    case .others(let kind, let named): matchers(kind, besides: named)
    }
  }

  /// The profiles of a kind of evidence: by its names, or by that they have the name of no other.
  private static func matchers(_ kind: EvidenceKind, besides named: [String]) -> [Matcher] {
    let named = named.map { escaped(label($0)) }
    let isSectioned = kind.profiles.prefix != nil
    let others = isSectioned ? named : EvidenceKind.sectioned.flatMap(names) + named
    return
      (isSectioned
      ? [Matcher(label: "profile", sign: "=~", value: names(of: kind).joined(separator: "|"))] : [])
      + (others.isEmpty ? [] : [Matcher(label: "profile", sign: "!~", value: others.joined(separator: "|"))])
  }

  /// What the profiles of a kind are called, as regular expressions: its usual names, and its prefix with any end.
  private static func names(of kind: EvidenceKind) -> [String] {
    guard let prefix = kind.profiles.prefix else { return [] }
    return kind.profiles.usual.filter { !$0.hasPrefix(prefix) }.map(escaped) + [escaped(prefix) + ".*"]
  }

  private static func matchers(_ endpoints: LimitsInForce.Endpoints) -> [Matcher] {
    switch endpoints {
    case .wholeRun: return [Matcher(label: "endpoint", value: Series.wholeRun)]
    case .named(let name): return [Matcher(label: "endpoint", value: label(name))]
    case .matching(let pattern, let except):
      let others = [escaped(Series.wholeRun)] + except.map(expression)
      let own = pattern == "*" ? [] : [Matcher(label: "endpoint", sign: "=~", value: expression(pattern))]
      return own + [Matcher(label: "endpoint", sign: "!~", value: others.joined(separator: "|"))]
    }
  }

  /// A glob as a regular expression, anchored as Prometheus does it.
  static func expression(_ pattern: String) -> String {
    label(pattern).split(separator: "*", omittingEmptySubsequences: false).map { escaped(String($0)) }
      .joined(separator: ".*")
  }

  /// Without anything that RE2 would obey.
  static func escaped(_ text: String) -> String { text.escapingScalars("\\.+*?()|[]{}^$") }

  /// A string of PromQL.
  static func quoted(_ text: String) -> String { "\"" + text.escapingScalars("\"\\") + "\"" }
}

/// The text of a label, as slogate's OpenMetrics report has it.
func label(_ text: String) -> String { VisibleText.escaped(text) }
