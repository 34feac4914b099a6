import SLOBudgets
public import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics

/// A finding explained to the developer whose pull request is red.
/// - Parameters:
///   - next: the commands to run next, as they can be pasted.
///   - references: how many of the commits compared with are listed.
public func textReport(
  of explanation: Explanation, next: [String], references: Int = 12, style: TextStyle
) -> String {
  let sections = [
    heading(of: explanation, style), value(explanation, style), limit(explanation, style),
    history(explanation, style), creep(explanation, style), noise(explanation, style),
    labelled("new?", novelty(explanation), style),
    ReferenceTable(explanation, atMost: references, style).lines,
    waivers(explanation, style), next.flatMap { labelled("next", VisibleText.escaped($0), style) },
  ]
  return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n") + "\n"
}

private func heading(of explanation: Explanation, _ style: TextStyle) -> [String] {
  let row = FindingRow(explanation.finding)
  let name = [row.profile, row.endpoint, row.metric].joined(separator: "  ")
  return [style.paint(name + "  ", .bold) + style.paint(row.verdict, .bold, row.colour)]
}

private func value(_ explanation: Explanation, _ style: TextStyle) -> [String] {
  let finding = explanation.finding
  guard let value = finding.value else {
    return labelled("value", "not measured. " + (finding.budget?.remedy ?? ""), style)
  }
  var text = quantity(value, finding.unit)
  if finding.repetitions.count > 1 {
    let all = finding.repetitions.map { quantity($0, finding.unit) }
    text += ", the median of \(all.count) repetitions: \(all.joined(separator: ", "))"
  }
  if let samples = finding.samples { text += ", from \(counted(samples, "sample"))" }
  return labelled("value", text + ", at \(VisibleText.escaped(explanation.commit.shortSHA))", style)
}

private func limit(_ explanation: Explanation, _ style: TextStyle) -> [String] {
  guard !explanation.limits.isEmpty else { return labelled("limit", "none: the series has no budget", style) }
  var lines = explanation.limits.flatMap { limit in
    labelled("limit", VisibleText.escaped(sentence(limit, explanation.finding)), style)
  }
  if let text = explanation.limitText, let place = explanation.finding.budget?.limit.writtenPlace {
    let shown = shortened(VisibleText.escaped(text), to: max(20, style.width - 16))
    lines.append(style.paint("        \(padded("\(place.line)", to: 5, right: true)) │ \(shown)", .dim))
  }
  return lines
}

private func sentence(_ limit: Limit, _ finding: Finding) -> String {
  let bound = "\(limit.comparison.rawValue) \(quantity(ofLimit: limit.bound, finding.unit))"
  let place = limit.writtenPlace.map { "\($0.file):\($0.line)" } ?? "default limit"
  let owner = limit.owner.map { ", owned by \($0)" } ?? ""
  let entry = limit.entry.map { " under '\($0)'" } ?? ""
  let effect = limit.severity == .block ? "blocks" : "warns"
  return "\(bound), \(effect), \(place)\(entry)\(owner)"
}

private func history(_ explanation: Explanation, _ style: TextStyle) -> [String] {
  let finding = explanation.finding
  guard let regression = finding.regression else {
    return labelled("history", "not held against the history: no way of it is known to be better", style)
  }
  guard let judgement = regression.judgement, judgement.p != nil, let typical = judgement.typical else {
    let obstacle = explanation.comparison?.obstacle ?? "\(explanation.references.count) comparable commits"
    let needed = explanation.policy.test.minimumReferences
    let accepted = regression.level?.acceptance.map {
      "a new level, accepted by \($0.by) on \($0.at.date): \($0.reason)"
    }
    let reason =
      accepted ?? "nothing to judge by: \(obstacle); regressions are judged from \(needed) commits on"
    return labelled("history", VisibleText.escaped(reason), style)
  }
  var lines = labelled("history", figures(judgement, typical, finding), style)
  lines += labelled("test", test(judgement, explanation), style)
  if let level = regression.level { lines += labelled("level", VisibleText.escaped(sentence(level)), style) }
  if abs(judgement.commonFactor - 1) > 0.01 {
    let factor = signedPercent(judgement.commonFactor - 1)
    lines += labelled("host", "all of this run moved by \(factor); it was taken out before the test", style)
  }
  return lines
}

private func figures(_ judgement: Judgement, _ typical: Double, _ finding: Finding) -> String {
  let usual =
    judgement.noise.map { quantity(typical, finding.unit, noise: $0) } ?? quantity(typical, finding.unit)
  let change = judgement.change?.relative.map { "; now \(signedPercent($0))" } ?? ""
  let deviations = judgement.deviations.map { ", \(significant(abs($0))) MAD from it" } ?? ""
  return
    "typical \(usual) (median ± 1.4826 MAD of \(counted(judgement.references, "commit")))\(change)\(deviations)"
}

private func test(_ judgement: Judgement, _ explanation: Explanation) -> String {
  let finding = explanation.finding
  var text = "p\(probability(judgement.p ?? 1)) alone"
  if let q = judgement.q {
    text += ", q\(probability(q)) among \(counted(explanation.compared, "series", plural: "series"))"
  }
  if let limit = judgement.limit { text += "; alarms beyond \(quantity(limit, finding.unit))" }
  let rate = percent(explanation.policy.test.familyErrorRate)
  switch finding.regression?.effect {
  case .blocks?: text += "; confirmed by Holm's rule at \(rate), so it blocks"
  case .warns?: text += "; not confirmed by Holm's rule at \(rate), so it warns"
  default: break
  }
  return text
}

private func sentence(_ level: ReferenceLevel) -> String {
  guard let since = level.since else { return "none of the references is at the accepted level yet" }
  let change = level.change.map { " (\(signedPercent($0)) there)" } ?? ""
  let ground =
    switch level.ground {
    case .accepted(let acceptance):
      "accepted by \(acceptance.by) on \(acceptance.at.date): \(acceptance.reason)"
    case .confirmed: "the change-point search confirms it"
    case .likely: "the next runs may take it back"
    }
  return "since \(since.sha.prefix(10)) of \(since.time.date)\(change); \(ground)"
}

private func creep(_ explanation: Explanation, _ style: TextStyle) -> [String] {
  guard let creep = explanation.finding.creep, let typical = creep.judgement.typical else { return [] }
  let unit = explanation.finding.unit
  let change = creep.judgement.change?.relative.map { ": \(signedPercent($0))" } ?? ""
  let p = creep.judgement.p.map { ", p\(probability($0))" } ?? ", too few commits up to it to judge"
  return labelled(
    "creep",
    VisibleText.escaped(
      "level \(quantity(creep.value, unit)), \(quantity(typical, unit)) at \(creep.anchor)\(change)"
        + " (\(percent(creep.maximum)) allowed\(p))"), style)
}

private func noise(_ explanation: Explanation, _ style: TextStyle) -> [String] {
  guard let detectable = explanation.finding.regression?.judgement?.detectable?.relative else { return [] }
  let target = percent(RepetitionAdvice.target)
  let advice: String
  switch explanation.advice {
  case .repetitions(1)?: advice = "."
  case .repetitions(let count)?: advice = "; with \(count) repetitions of every run, \(target)."
  case .betweenRuns?:
    advice =
      "; no number of repetitions shows \(target): runs differ among themselves. Look for a calmer host."
  case .nothingRepeated?:
    advice =
      "; nothing was ever repeated, so nobody can say how many repetitions would show \(target). Try 3."
  case nil: advice = "."
  }
  return labelled("noise", "the smallest change visible here is \(percent(detectable))\(advice)", style)
}

private func novelty(_ explanation: Explanation) -> String {
  let branch = VisibleText.escaped(explanation.reference)
  switch explanation.novelty {
  case .new: return "new with this change: no reference is like it"
  case .known(let since):
    return
      "not new: \(branch) has been like this since \(VisibleText.escaped(String(since.sha.prefix(10)))) of \(since.time.date)"
  case .seenBefore(let commits):
    let names = commits.prefix(3).map { VisibleText.escaped(String($0.prefix(10))) }.joined(separator: ", ")
    return "not new: \(names) showed such a value, and changed nothing"
  case .unchanged: return "no: it is like its references"
  case .unknown where explanation.finding.regression?.unmeasuredLevel != nil:
    return "nobody can say: no commit of the accepted level is measured yet"
  case .unknown: return "nobody can say: there is too little comparable history"
  }
}

private func waivers(_ explanation: Explanation, _ style: TextStyle) -> [String] {
  explanation.waivers.flatMap { waiver in
    labelled(
      "waiver",
      VisibleText.escaped(
        "until \(waiver.until), up to \(quantity(waiver.bound, explanation.finding.unit)), \(waiver.owner): \(waiver.reason) (\(waiver.place))"
      ), style)
  }
}
