import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// One finding in words: the cells of its row, and what there is to say below it. All of it is escaped.
struct FindingRow {
  let profile: String
  let endpoint: String
  let metric: String
  let value: String
  let limit: String
  let typical: String
  /// How far it is from what is typical, with its sign; `–` where nothing was compared.
  let change: String
  /// How severe it is in one character, and the verdict in words.
  let symbol: String
  let words: String
  /// Of a rate how many of how many, in brackets: ` (1 of 49)`; of all else empty.
  let trials: String
  /// Whether the limit has a part in the verdict.
  let showsLimit: Bool
  /// Who waived it and why; empty where it was not waived.
  let waiver: String
  /// How far it is beyond its limit, `7.5 % over`; empty where it breaks none.
  let excess: String
  let colour: TextStyle.Colour

  init(_ finding: Finding) {
    let name = SeriesName(finding.series)
    (profile, endpoint, metric) = (name.profile, name.endpoint, name.metric)
    value = FindingRow.value(of: finding)
    limit = FindingRow.limit(of: finding)
    typical = FindingRow.typical(of: finding)
    let change = FindingRow.change(finding)
    self.change = change.isEmpty || typical == "–" ? "–" : change
    symbol = FindingRow.symbol(of: finding.outcome)
    words = VisibleText.escaped(FindingRow.verdict(on: finding))
    trials = FindingRow.trials(of: finding)
    waiver = VisibleText.escaped(
      finding.waiver.map { "waived by \($0.owner) until \($0.until): \($0.reason)" } ?? "")
    showsLimit = [.over, .missing, .waived, .near].contains(finding.outcome) || finding.isBeyondLimit
    excess = FindingRow.isBroken(finding) ? "\(FindingRow.excess(finding)) \(FindingRow.side(finding))" : ""
    colour = FindingRow.colour(of: finding.outcome)
  }

  /// The figures it has, in words: `612 ms now, limit < 400 ms, typical 351 ms ±4`.
  var figures: String {
    let all = [(value, "\(value) now"), (limit, "limit \(limit)"), (typical, "typical \(typical)")]
    return all.filter { $0.0 != "–" }.map(\.1).joined(separator: ", ")
  }

  /// The verdict with its symbol, where it has one.
  var verdict: String { symbol.isEmpty ? words : "\(symbol) \(words)" }

  // MARK: Cells

  private static func value(of finding: Finding) -> String {
    guard let value = finding.value else { return "–" }
    guard let limit = finding.budget?.limit else { return quantity(value, finding.unit) }
    return quantity(value, finding.unit, besideLimit: limit.bound)
  }

  private static func limit(of finding: Finding) -> String {
    if let text = finding.otherLimit { return text }
    guard let limit = finding.budget?.limit else { return "–" }
    return "\(limit.comparison.rawValue) \(quantity(ofLimit: limit.bound, finding.unit))"
  }

  private static func typical(of finding: Finding) -> String {
    guard let judgement = finding.regression?.judgement, judgement.outcome != .insufficient,
      let typical = judgement.typical
    else { return "–" }
    return judgement.noise.map { quantity(typical, finding.unit, noise: $0) }
      ?? quantity(typical, finding.unit)
  }

  private static func symbol(of outcome: Finding.Outcome) -> String {
    switch outcome {
    case .over, .regressed: "✗"
    case .missing: "?"
    case .waived: "~"
    case .suspect, .warn, .near: "!"
    case .improved: "✓"
    case .ok, .recorded: ""
    }
  }

  private static func verdict(on finding: Finding) -> String {
    switch finding.outcome {
    case .over where finding.budget?.outcome != .over: return exceeded(finding)
    case .over: return breach(finding, over: "OVER", under: "UNDER")
    case .missing where finding.isOfTooFewSamples:
      return finding.samples.map { "TOO FEW SAMPLES: \($0)" } ?? "MISSING"
    case .missing: return "MISSING"
    case .regressed where finding.regression?.effect != .blocks: return crept(finding)
    case .regressed: return "\(worse(finding)) \(change(finding))"
    case .suspect: return "SUSPECT: \(worse(finding).lowercased()) \(change(finding))"
    case .waived: return "WAIVED until \(finding.waiver?.until ?? "?")"
    case .warn where finding.budget?.outcome == .warn:
      return breach(finding, over: "over", under: "under") + ", warns"
    case .warn where finding.isBeyondLimit: return exceeded(finding).lowercased() + ", warns"
    case .warn where finding.regression?.effect != .warns: return "\(crept(finding).lowercased()), warns"
    case .warn: return "\(worse(finding).lowercased()) \(change(finding)), warns"
    case .near: return "near: \(excess(finding)) left"
    case .improved: return "better \(change(finding))"
    case .ok: return "ok"
    case .recorded: return "recorded"
    }
  }

  /// What is beyond a limit on its change, or crossed a threshold of the script.
  private static func exceeded(_ finding: Finding) -> String {
    guard let relative = finding.relative, [.over, .warn].contains(relative.outcome) else { return "CROSSED" }
    let side = relative.limit.change == .increase ? "UP" : "DOWN"
    let by = relative.change.map { " \(percent(abs($0)))" } ?? ""
    return "\(side)\(by), \(percent(relative.limit.bound)) allowed"
  }

  private static func crept(_ finding: Finding) -> String {
    guard let creep = finding.creep, let change = creep.judgement.change?.relative else { return "CREPT" }
    return "CREPT \(signedPercent(change))"
  }

  private static func worse(_ finding: Finding) -> String {
    if finding.regression?.judgement?.isSuspicious == true { return "SUSPICIOUS" }
    return finding.unit == .milliseconds ? "SLOWER" : "WORSE"
  }

  /// On which side of its limit a value is, and how far. A strict limit is broken by its own bound.
  private static func breach(_ finding: Finding, over: String, under: String) -> String {
    guard let limit = finding.budget?.limit else { return over }
    let side = limit.comparison.isUpper ? over : under
    return finding.value == limit.bound ? "\(side): equals the limit" : "\(side) by \(excess(finding))"
  }

  private static func isBroken(_ finding: Finding) -> Bool {
    [.over, .warn, .waived].contains(finding.budget?.outcome)
  }

  private static func side(_ finding: Finding) -> String {
    finding.budget?.limit.comparison.isUpper == false ? "under" : "over"
  }

  private static func trials(of finding: Finding) -> String {
    // Of several runs the counts are a sum, and the value is their median.
    guard finding.repetitions.count < 2, let hits = finding.hits, let samples = finding.samples else {
      return ""
    }
    return " (\(hits) of \(samples))"
  }

  /// The distance to the limit: of a share in points, of all else as a share of the limit where that is not zero.
  private static func excess(_ finding: Finding) -> String {
    guard let value = finding.value, let budget = finding.budget else { return "?" }
    if finding.unit == .ratio { return "\(significant(100 * abs(value - budget.limit.bound))) points" }
    if let share = budget.excess(of: value) { return percent(abs(share)) }
    return quantity(abs(value - budget.limit.bound), finding.unit)
  }

  private static func change(_ finding: Finding) -> String {
    guard let change = finding.regression?.judgement?.change else { return "" }
    if finding.unit == .ratio {
      return change.absolute == 0
        ? "" : (change.absolute < 0 ? "-" : "+") + "\(significant(100 * abs(change.absolute))) points"
    }
    if let relative = change.relative { return signedPercent(relative) }
    return (change.absolute < 0 ? "-" : "+") + quantity(abs(change.absolute), finding.unit)
  }

  private static func colour(of outcome: Finding.Outcome) -> TextStyle.Colour {
    switch outcome {
    case .over, .regressed: .red
    case .missing, .suspect, .warn, .waived, .near: .yellow
    case .improved, .ok, .recorded: .green
    }
  }
}

/// What a series is called in reports, escaped.
struct SeriesName {
  let profile: String
  let endpoint: String
  let metric: String

  init(_ series: Series) {
    profile = VisibleText.escaped(series.profile)
    endpoint = SeriesName.endpoint(series.endpoint)
    metric = VisibleText.escaped(MetricCatalogue.label(of: series.metric, series.statistic))
  }

  /// What an endpoint is called, escaped.
  static func endpoint(_ name: String) -> String {
    VisibleText.escaped(label(ofEndpoint: name))
  }

  /// The same, short enough to stand within a sentence.
  static func brief(ofEndpoint name: String) -> String { shortened(endpoint(name), to: 40) }
}
