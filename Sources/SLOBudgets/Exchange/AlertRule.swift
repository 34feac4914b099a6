import SLOModel
import SLOReaders
import SLOSupport

/// An alert of Prometheus, and what a unit test of it feeds and expects.
struct AlertRule {
  /// A series and its values at the first minute and at the second; only then the alert fires.
  struct Feed {
    var series: String
    var values: [Double]
  }

  /// How what is in a budget, and what only the alert knows, come into an annotation.
  struct Words: Sendable {
    var literal: @Sendable (String) -> String
    var profile: String
    var endpoint: String
    var value: String

  }

  var name: String
  var expression: String
  var severity: String
  /// Beside the severity; they replace those of the series.
  var labels: [(String, String)]
  var annotations: (Words) -> [(String, String)]
  var feeds: [Feed]
  /// The labels of the series that fires, without its name.
  var firing: [(String, String)]
  /// Its value then.
  var value: Double
  /// Whether values are whole numbers, for people: of a size the bytes.
  var isWhole = false

  /// The rule itself. Labels are templates as annotations are.
  var rule: YAMLDocument {
    .map([
      ("alert", .text(name)), ("expr", .text(expression)),
      ("labels", .map(allLabels.map { ($0, .text(AlertRule.literal($1))) })),
      ("annotations", .map(annotations(template).map { ($0, .text($1)) })),
    ])
  }

  /// The test of it: <https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/>.
  /// - Parameter label: a label that no alert of its name has that may fire with it; nil where there is none.
  func test(by label: String? = nil) -> YAMLDocument {
    let told = label.map { [samples("0m", $0, []), samples("1m", $0, [sample])] }
    return .map([
      ("interval", .plain("1m")),
      (
        "input_series",
        .list(
          feeds.map { feed in
            let values = feed.values.map(plain).joined(separator: " ")
            return .map([("series", .text(feed.series)), ("values", .text(values))])
          })
      ),
      told.map { ("promql_expr_test", .list($0)) }
        ?? ("alert_rule_test", .list([expectation("0m", []), expectation("1m", [alert])])),
    ])
  }

  /// What fires, with everything filled in.
  private var alert: YAMLDocument {
    let labels = firingLabels
    let words = Words(
      literal: { $0 }, profile: labels["profile"] ?? "", endpoint: labels["endpoint"] ?? "",
      value: isWhole ? plain(value.rounded()) : AlertRule.text(value))
    return .map([
      ("exp_labels", .map(labels.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })),
      ("exp_annotations", .map(annotations(words).map { ($0, .text($1)) })),
    ])
  }

  /// The series by which Prometheus says that it fires.
  private var sample: YAMLDocument {
    let labels = firingLabels.merging(["alertname": name, "alertstate": "firing"]) { $1 }.sorted {
      $0.key < $1.key
    }
    let text = labels.map { "\($0.key)=\(PromQL.quoted($0.value))" }.joined(separator: ",")
    return .map([("labels", .text("ALERTS{\(text)}")), ("value", .plain("1"))])
  }

  private var firingLabels: [String: String] { Dictionary(firing + allLabels) { _, rule in rule } }

  private func expectation(_ time: String, _ alerts: [YAMLDocument]) -> YAMLDocument {
    .map([("eval_time", .plain(time)), ("alertname", .text(name)), ("exp_alerts", .list(alerts))])
  }

  private func samples(_ time: String, _ label: String, _ samples: [YAMLDocument]) -> YAMLDocument {
    let value = firingLabels[label] ?? ""
    let query = "ALERTS{alertname=\(PromQL.quoted(name)),\(label)=\(PromQL.quoted(value))}"
    return .map([("expr", .text(query)), ("eval_time", .plain(time)), ("exp_samples", .list(samples))])
  }

  /// In the rule: templates of Go.
  private var template: Words {
    Words(
      literal: AlertRule.literal, profile: "{{ $labels.profile }}", endpoint: "{{ $labels.endpoint }}",
      value: isWhole ? "{{ printf \"%.0f\" $value }}" : "{{ $value }}")
  }

  private var allLabels: [(String, String)] { [("severity", severity)] + labels }

  /// A text that no template acts on: braces that would begin an action are given by one.
  static func literal(_ text: String) -> String {
    text.unicodeScalars.contains("{{".unicodeScalars) || text.unicodeScalars.last == "{"
      ? text.replacingScalars("{", with: "{{ \"{\" }}") : text
  }

  /// A number as a template writes it: Go's format %v, which has an exponent from 1e6 on and below 1e-4 (Go's
  /// documentation of `strconv.FormatFloat`).
  static func text(_ number: Double) -> String {
    guard abs(number) >= 1e6 else { return plain(number) }
    let digits = plain(number).drop { $0 == "-" }
    let whole = digits.prefix { $0 != "." }
    guard !whole.contains("e") else { return plain(number) }
    var mantissa = digits.filter { $0 != "." }[...]
    while mantissa.last == "0" { mantissa.removeLast() }
    let exponent = String(whole.count - 1)
    return (number < 0 ? "-" : "") + mantissa.prefix(1) + (mantissa.count > 1 ? "." : "")
      + mantissa.dropFirst() + "e+"
      + (exponent.count < 2 ? "0" : "") + exponent
  }
}

/// Rules of the budgets as alerts: a figure with a number, or with a multiple of another of the same endpoint.
enum RuleAlert {
  /// The name of their group.
  static let group = "rules of the budgets"

  /// The alert for a rule of a service.
  static func alert(service: String?) -> (Rule) -> AlertRule {
    { rule in alert(rule, service) }
  }

  private static func alert(_ rule: Rule, _ service: String?) -> AlertRule {
    var left = PromQL(rule.left, profile: rule.left.profile, service: service)
    let example = example(rule.left, profile: nil)
    let sides: (keeps: Double, breaks: Double)
    let bound: String
    var other: AlertRule.Feed?
    switch rule.right {
    case .number(let number, let unit):
      left.unit = left.unit ?? unit
      bound = plain(left.published(number))
      sides = rule.comparison.valuesAround(left.published(number))
    case .multiple(let factor, of: let figure):
      var right = PromQL(figure, profile: figure.profile ?? rule.left.profile, service: service)
      if left.unit?.base != right.unit?.base { (left.unit, right.unit) = (nil, nil) }
      let apart =
        ["metric", "statistic"]
        + (figure.profile ?? rule.left.profile == rule.left.profile ? [] : ["profile"])
      // The labels are those of the left side.
      bound = "ignoring (\(apart.joined(separator: ", "))) group_left \(plain(factor)) * \(right.text)"
      sides = rule.comparison.valuesAround(factor)
      let one = self.example(figure, profile: example.profile)
      other = AlertRule.Feed(
        series: one.published(right.unit?.base ?? .none, service: service), values: [1, 1])
    }
    let feed = AlertRule.Feed(
      series: example.published(left.unit?.base ?? .none, service: service),
      values: [sides.keeps, sides.breaks])
    return AlertRule(
      name: rule.severity == .block ? "SlogateRuleBroken" : "SlogateRuleWarning",
      expression: "\(left.text) \(rule.comparison.opposite) \(bound)",
      severity: rule.severity == .block ? "critical" : "warning",
      labels: (rule.owner.map { [("owner", label($0))] } ?? []) + [("rule", label(rule.text))],
      annotations: { words in
        [
          ("summary", "\(words.profile), \(words.endpoint): " + words.literal("not " + label(rule.text))),
          ("description", "Measured \(words.value)" + (left.unitName.isEmpty ? "." : " \(left.unitName).")),
        ] + origin(rule.owner, rule.place, words)
      },
      feeds: [feed] + (other.map { [$0] } ?? []), firing: example.labels(service: service),
      value: sides.breaks)
  }

  private static func example(_ figure: Rule.Figure, profile: String?) -> Series {
    let usual = figure.kind.profiles.usual.first ?? Series.wholeRun
    return Series(
      profile: figure.profile ?? profile ?? usual, endpoint: "search", metric: figure.metric,
      statistic: figure.statistic)
  }
}
