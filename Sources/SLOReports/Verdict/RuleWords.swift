import SLOBudgets
import SLOGate
import SLOModel
import SLOReaders
import SLOSupport

/// What every rendering says of a rule. None of it is escaped.
extension RuleFinding {
  /// What it is about: `spike search p95`.
  var name: String {
    "\(profile) \(label(ofEndpoint: endpoint)) \(MetricCatalogue.label(of: rule.left.metric, rule.left.statistic))"
  }

  /// The figures, which of them breaks the rule by how much, and where it is written.
  var sentence: String {
    guard let value, let bound else { return "\(rule.text): \(outcome.rawValue) (\(origin))" }
    let side = rule.comparison.isUpper ? "over" : "under"
    let distance =
      value == bound
      ? "equals" : "\(side) by \(bound == 0 ? quantity(abs(value), unit) : percent(abs(value / bound - 1)))"
    let figures =
      "\(quantity(value, unit, besideLimit: bound)), \(rule.comparison.rawValue) \(boundWords(bound, beside: value))"
    return "\(name): \(figures), \(outcome == .ok ? "holds" : distance + (outcome == .warn ? ", warns" : ""))"
      + " · \(rule.text) · \(origin)"
  }

  /// The bound, and how it comes about.
  private func boundWords(_ bound: Double, beside value: Double) -> String {
    guard let other, case .multiple(let factor, of: let figure) = rule.right else {
      return quantity(ofLimit: bound, unit)
    }
    let name = "\(other.profile) \(MetricCatalogue.label(of: figure.metric, figure.statistic))"
    let product = factor == 1 ? "" : "\(significant(factor)) × \(quantity(other.value, unit)) = "
    return "\(product)\(quantity(bound, unit, besideLimit: value)) (\(name))"
  }

  /// Where the rule is written, and who answers for it.
  var origin: String {
    "\(rule.place.file):\(rule.place.line)" + (rule.owner.map { " (\($0))" } ?? "")
  }
}

extension Verdict {
  /// The rules that do not hold or could not be judged, each with its mark and what there is to do, those that block
  /// first.
  var openRules: [(mark: String, sentence: String)] {
    [(Finding.Outcome.over, "✗"), (.missing, "?"), (.warn, "!")].flatMap { outcome, mark in
      rules.filter { $0.outcome == outcome }.map { rule in
        (mark, "rule \(rule.sentence)" + (rule.remedy.map { "; \($0)" } ?? ""))
      }
    }
  }

  /// The rules that do not hold, those that block first.
  var brokenRules: [RuleFinding] {
    rules.filter { $0.outcome == .over } + rules.filter { $0.outcome == .warn }
  }
}

func json(of finding: RuleFinding) -> JSONText {
  let rule = finding.rule
  return .object([
    ("rule", .string(rule.text)), ("profile", .string(finding.profile)),
    ("endpoint", .string(finding.endpoint)), ("metric", .string(rule.left.metric)),
    ("statistic", .string(rule.left.statistic.rawValue)), ("unit", .string(finding.unit.rawValue)),
    ("value", .number(finding.value)), ("operator", .string(rule.comparison.rawValue)),
    ("bound", .number(finding.bound)), ("other_profile", .string(finding.other?.profile)),
    ("other_value", .number(finding.other?.value)), ("severity", .string(rule.severity.rawValue)),
    ("file", .string(rule.place.file)), ("line", .int(rule.place.line)), ("owner", .string(rule.owner)),
    ("remedy", .string(finding.remedy)), ("outcome", .string(finding.outcome.rawValue)),
  ])
}
