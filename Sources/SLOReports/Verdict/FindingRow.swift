import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics

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
  /// How grave it is in one character, and the verdict in words.
  let symbol: String
  let words: String
  let detail: String
  /// How far it is beyond its limit, `7.5 % over`; empty where it breaks none.
  let excess: String
  /// Where the limit it breaks is written and whose it is; empty where it breaks none.
  let place: String
  /// Who waived it and why; empty where nobody did.
  let waiver: String
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
    detail = VisibleText.escaped(FindingRow.detail(of: finding))
    excess = FindingRow.isBroken(finding) ? "\(FindingRow.excess(finding)) \(FindingRow.side(finding))" : ""
    place = VisibleText.escaped(FindingRow.place(of: finding) ?? "")
    waiver = VisibleText.escaped(FindingRow.waiver(of: finding) ?? "")
    colour = FindingRow.colour(of: finding.outcome)
  }

  /// The cells of a table's row.
  var cells: [String] { [profile, endpoint, metric, value, limit, typical, verdict] }

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
    case .warn, .near: "!"
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

  /// The distance to the limit, as a share of it where it is not zero.
  private static func excess(_ finding: Finding) -> String {
    guard let value = finding.value, let budget = finding.budget else { return "?" }
    if let share = budget.excess(of: value) { return percent(abs(share)) }
    return quantity(abs(value - budget.limit.bound), finding.unit)
  }

  private static func change(_ finding: Finding) -> String {
    guard let change = finding.regression?.judgement?.change else { return "" }
    if let relative = change.relative { return signedPercent(relative) }
    return (change.absolute < 0 ? "-" : "+") + quantity(abs(change.absolute), finding.unit)
  }

  private static func colour(of outcome: Finding.Outcome) -> TextStyle.Colour {
    switch outcome {
    case .over, .regressed: .red
    case .missing, .warn, .waived, .near: .yellow
    case .improved, .ok, .recorded: .green
    }
  }

  // MARK: Detail

  private static func detail(of finding: Finding) -> String {
    let parts = [
      place(of: finding) ?? owner(of: finding), waiver(of: finding), count(of: finding),
      relative(of: finding), finding.script.flatMap { $0.isCrossed ? $0.sentence : nil },
      history(of: finding), load(of: finding), creep(of: finding), spread(of: finding),
    ]
    return finding.outcome == .improved ? "" : parts.compactMap { $0 }.joined(separator: " · ")
  }

  private static func place(of finding: Finding) -> String? {
    guard finding.isBeyondLimit || finding.outcome == .missing || finding.outcome == .waived else {
      return nil
    }
    let hasLimit = finding.budget != nil || finding.relative != nil
    if !hasLimit || finding.script?.isCrossed == true && finding.budget?.outcome != .over {
      return owner(of: finding)
    }
    let place = finding.writtenPlace.map { "\($0.file):\($0.line)" } ?? "default limit"
    return place + (finding.responsible.map { " (\($0))" } ?? "")
  }

  /// Who answers for a series that keeps its limit and became worse all the same.
  private static func owner(of finding: Finding) -> String? {
    guard [.regressed, .warn, .over].contains(finding.outcome) else { return nil }
    return finding.responsible.map { "owner \($0)" }
  }

  private static func waiver(of finding: Finding) -> String? {
    finding.waiver.map { "waived by \($0.owner): \($0.reason)" }
  }

  /// Of a rate how many of how many; of a percentile what it is made of.
  private static func count(of finding: Finding) -> String? {
    if let hits = finding.hits, let samples = finding.samples { return "\(hits) of \(samples)" }
    return finding.fewSamples
  }

  private static func relative(of finding: Finding) -> String? {
    guard let relative = finding.relative, let reference = relative.reference,
      [.over, .warn, .waived].contains(relative.outcome)
    else { return nil }
    let source =
      relative.commits.map { "the median of \(counted($0, "commit"))" } ?? "the run it is held against"
    return "\(quantity(reference, finding.unit)) is \(source)"
  }

  /// Another load than that of the references, where the value moved.
  private static func load(of finding: Finding) -> String? {
    guard !finding.load.isEmpty, finding.outcome != .ok else { return nil }
    return finding.load.map(\.sentence).joined(separator: "; ")
  }

  /// What the history says: is it noise?
  private static func history(of finding: Finding) -> String? {
    guard let regression = finding.regression else { return nil }
    let isWorse = regression.outcome == .slower
    switch regression.outcome {
    case .slower, .faster:
      let figures = [
        regression.judgement?.deviations.map { "\(significant(abs($0))) MAD" },
        isWorse ? regression.judgement?.q.map { "q" + probability($0) } : nil,
        "\(counted(regression.references, "commit"))" + since(regression),
      ]
      let said = figures.compactMap { $0 }.joined(separator: ", ")
      // The row itself says by how much, unless it speaks of the budget.
      let isOfBudget = finding.budget?.outcome == .over || finding.budget?.outcome == .warn
      return (isOfBudget ? "\(change(finding)) against history (\(said))" : "against history: \(said)")
        + (regression.judgement?.isSuspicious == true ? suspicion : isWorse ? novelty(of: regression) : "")
    case .none where !regression.seenBefore.isEmpty:
      return
        "not new: \(regression.seenBefore.map { String($0.prefix(10)) }.joined(separator: ", ")) showed it before"
    case .none: return "\(change(finding)) against history: \(noise(of: regression))"
    case .insufficient:
      return regression.level?.acceptance.map { "a new level accepted by \($0.by): \($0.reason)" }
        ?? "too little history to say whether it is new"
    case .incomparable: return nil
    }
  }

  /// Where the level began, where that is not the whole window.
  private static func since(_ regression: RegressionFinding) -> String {
    guard let level = regression.level, let since = level.since else { return "" }
    let accepted = level.acceptance.map { ", accepted by \($0.by)" } ?? ""
    let change = level.change.map { " (\(signedPercent($0)) there\(accepted))" }
    return " since \(since.sha.prefix(10))" + (change ?? "")
  }

  /// What slow drift comes to.
  private static func creep(of finding: Finding) -> String? {
    guard let creep = finding.creep, creep.outcome == .over, let typical = creep.judgement.typical else {
      return nil
    }
    let certainty = creep.judgement.q.map { ", q\(probability($0))" } ?? ""
    return
      "level \(quantity(creep.value, finding.unit)), \(quantity(typical, finding.unit)) at \(creep.anchor)"
      + " (\(percent(creep.maximum)) allowed\(certainty))"
  }

  private static let suspicion = ": requests that fail at once look like that"

  /// Whether this change brought it, or since when the reference branch has it.
  private static func novelty(of regression: RegressionFinding) -> String {
    guard let unaccepted = regression.unaccepted else { return ", new with this change" }
    let since = unaccepted.since.sha.prefix(10)
    return unaccepted.isInherited
      ? ", already on the reference branch since \(since)" : ", since \(since), blocked there, not accepted"
  }

  private static func noise(of regression: RegressionFinding) -> String {
    let visible =
      regression.judgement?.detectable?.relative.map { ", where a change shows from \(percent($0))" } ?? ""
    let common = regression.judgement?.commonFactor ?? 1
    if abs(common - 1) > 0.03 { return "it moved as all of this run did (\(signedPercent(common - 1)))" }
    return "within the noise of \(counted(regression.references, "commit"))\(since(regression))\(visible)"
  }

  private static func spread(of finding: Finding) -> String? {
    guard finding.repetitions.count > 1, let sample = SortedSample(finding.repetitions) else { return nil }
    let ends = [sample.values.first, sample.values.last].compactMap { $0.map { quantity($0, finding.unit) } }
    return "median of \(finding.repetitions.count) repetitions, \(ends.joined(separator: " to "))"
      + ", p95 \(quantity(sample.percentile(95), finding.unit))"
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
    metric = VisibleText.escaped(MetricLabel.text(series.metric, series.statistic))
  }

  /// What an endpoint is called, escaped.
  static func endpoint(_ name: String) -> String {
    name == Series.wholeRun ? "(whole run)" : VisibleText.escaped(name)
  }
}

/// The column "metric": the short name people use where there is one.
enum MetricLabel {
  static func text(_ metric: String, _ statistic: Statistic) -> String {
    switch (metric, statistic) {
    case ("http_req_duration", _): statistic.rawValue
    case ("http_req_failed", .rate): "error_rate"
    case ("http_reqs", .rate): "throughput"
    case ("checks", .rate): "checks"
    case (_, .value), (_, .score): metric
    default: "\(metric).\(statistic)"
    }
  }
}
