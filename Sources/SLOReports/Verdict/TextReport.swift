public import SLOGate
import SLOHistory
import SLOBudgets
import SLOModel
import SLOStatistics

/// The verdict for a person at a terminal or in a build log: the answer first, then what it rests on.
public func textReport(of verdict: Verdict, style: TextStyle) -> String {
  let sections = [
    heading(of: verdict, style),
    context(of: verdict, style),
    FindingTable(verdict, style).lines,
    explanations(of: verdict, style),
    footer(of: verdict, style),
  ]
  return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
}

// MARK: The answer

private func heading(of verdict: Verdict, _ style: TextStyle) -> [String] {
  let word = verdict.outcome.rawValue.uppercased()
  let lines = wrapped(tally(of: verdict), to: style.width - 8 - word.count).enumerated().map { index, line in
    (index == 0 ? word : String(repeating: " ", count: word.count)) + "  " + line
  }
  let inner = lines.map(columns).max() ?? 0
  let rule = String(repeating: "═", count: inner + 4)
  let colour: TextStyle.Colour =
    verdict.outcome == .blocked ? .red : verdict.outcome == .pass ? .green : .yellow
  let body = lines.map { "║  " + padded($0, to: inner) + "  ║" }
  return (["╔\(rule)╗"] + body + ["╚\(rule)╝"]).map { style.paint($0, .bold, colour) }
}

private func tally(of verdict: Verdict) -> String {
  var parts: [String] = []
  let count = verdict.outcomes
  let over = count[.over] ?? 0
  parts.append(
    over > 0
      ? "\(over) of \(counted(verdict.evaluated, "budget")) over"
      : "\(counted(verdict.evaluated, "budget")) evaluated")
  let regressed = count[.regressed] ?? 0
  if regressed > 0 { parts.append(counted(regressed, "regression")) }
  if verdict.commonFactors.contains(where: { $0.blocks || $0.warns }) {
    parts.append("all metrics moved together")
  }
  for (outcome, word) in [
    (Finding.Outcome.missing, "missing"), (.warn, "warned"), (.waived, "waived"), (.improved, "improved"),
  ] {
    if let number = count[outcome] { parts.append("\(number) \(word)") }
  }
  let open = verdict.gaps.count - (count[.missing] == nil ? 0 : 1)
  if open > 0 { parts.append("\(open) open") }
  return parts.joined(separator: " · ")
}

// MARK: What was judged and what it was held against

private func context(of verdict: Verdict, _ style: TextStyle) -> [String] {
  let branch = verdict.commit.branch.map { " (\(VisibleText.escaped($0)))" } ?? ""
  let sizing = verdict.environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  let environment = [verdict.environment.name].compactMap { $0 } + sizing
  var lines = labelled(
    "commit",
    VisibleText.escaped(verdict.commit.shortSHA) + branch + " · service "
      + VisibleText.escaped(verdict.service),
    style)
  lines += labelled(
    "env", environment.isEmpty ? "unknown" : VisibleText.escaped(environment.joined(separator: " · ")), style)
  for comparison in verdict.comparisons {
    lines += labelled("vs", VisibleText.escaped(reference(of: comparison, verdict)), style)
    let delta = comparison.sizingDelta.map {
      "\($0.field) \($0.then ?? "not given") → \($0.now ?? "not given")"
    }
    if !delta.isEmpty {
      lines += labelled("", VisibleText.escaped("sizing differs: " + delta.joined(separator: ", ")), style)
    }
  }
  return lines
}

private func reference(of comparison: ReferenceComparison, _ verdict: Verdict) -> String {
  let left = comparison.leftOut.map { "\(counted($0.runs, "run")) left out: \($0.reason)" }
  let aside = left.isEmpty ? "" : " (\(left.joined(separator: "; ")))"
  if let obstacle = comparison.obstacle {
    return "\(comparison.profile): nothing, because \(obstacle)\(aside)"
  }
  let commits = comparison.window?.commits ?? []
  let newest = commits.last.map { ", newest \($0.sha.prefix(10))" } ?? ""
  let needed = verdict.policy.test.minimumReferences
  let few = commits.count < needed ? "; regressions are judged from \(needed) on" : ""
  return
    "\(comparison.profile): \(counted(commits.count, "commit")) on \(verdict.reference)\(newest)\(few)\(aside)"
}

// MARK: Why, and what next

private func explanations(of verdict: Verdict, _ style: TextStyle) -> [String] {
  let remedies = verdict.findings.compactMap { $0.outcome == .missing ? $0.budget?.remedy : nil }
  let factors = verdict.commonFactors.filter {
    $0.blocks || $0.warns || abs($0.factor.factor - 1) > verdict.policy.test.relativeFloor
  }
  return listed("open", verdict.gaps, most: 10, style)
    + listed("mend", remedies, most: 5, style)
    + listed("host", factors.map(sentence), most: 10, style)
    + listed("waiver", waivers(of: verdict), most: 10, style)
    + listed("note", verdict.notices, most: 20, style)
}

/// What strangers wrote too much of hides the rest: the first of them, and how many more there are.
private func listed(_ label: String, _ texts: [String], most: Int, _ style: TextStyle) -> [String] {
  let texts = unique(texts)
  let more = texts.count > most ? ["… and \(texts.count - most) more"] : []
  return (texts.prefix(most) + more).flatMap { labelled(label, VisibleText.escaped($0), style) }
}

private func sentence(_ common: Verdict.CommonFactorFinding) -> String {
  let moved = "all metrics of \(common.profile) moved by \(signedPercent(common.factor.factor - 1)) together"
  if common.blocks || common.warns {
    return moved + ": the machine, or a change that hits everything. Repeat the run to tell."
  }
  return moved + ", as runs here do"
    + (common.factor.wasTakenOut ? "; it was taken out before each was judged" : "")
}

private func waivers(of verdict: Verdict) -> [String] {
  let review = verdict.waivers
  return review.expired.map { "ended on \($0.until) and is ignored: \(title(of: $0))" }
    + review.ending.map { "ends on \($0.until): \(title(of: $0))" }
    + review.unused.map { "not needed by this run: \(title(of: $0))" }
}

private func title(of waiver: Waiver) -> String {
  let profile = waiver.profile.map { "\($0) " } ?? ""
  return
    "\(profile)\(waiver.endpoint) \(MetricLabel.text(waiver.metric, waiver.statistic)), \(waiver.owner): \(waiver.reason) (\(waiver.place))"
}

private func footer(of verdict: Verdict, _ style: TextStyle) -> [String] {
  var why = "\(counted(verdict.compared, "series", plural: "series")) compared with history"
  why +=
    "; a regression \(verdict.policy.regressionBlocks ? "blocks" : "is certain") at a family error rate of \(percent(verdict.policy.test.familyErrorRate))"
  why += ", warns at a false discovery rate of \(percent(verdict.policy.test.falseDiscoveryRate))"
  if let detectable = verdict.detectable {
    why +=
      "; smallest slowdown visible here: \(percent(detectable.best)) (half of the series: \(percent(detectable.typical)))"
  }
  var lines = verdict.compared > 0 ? labelled("why", why, style) : []
  lines += next(of: verdict).flatMap { labelled("next", $0, style) }
  return lines
}

private func next(of verdict: Verdict) -> [String] {
  let limits = verdict.findings.filter { $0.outcome == .over }.compactMap { $0.budget?.limit }
  let owners = unique(limits.compactMap(\.owner))
  let asks = owners.isEmpty ? "" : ", or ask \(VisibleText.escaped(owners.joined(separator: ", ")))"
  switch verdict.code {
  case .overBudget:
    let mend =
      limits.contains { $0.writtenPlace != nil }
      ? "mend what is over, or change its limit in a pull request on the line named above" + asks
      : "mend what is over, or write limits of your own into budgets/"
    return [mend, more]
  case .regression:
    return [
      "repeat the run to see whether it stays; then look at what this commit changed",
      "run with more repetitions to see smaller changes", more,
    ]
  case .inconclusive: return ["give what is missing and check again: nothing was let through unseen"]
  case .warnings, .pass: return []
  }
}

private let more = "slogate explain tells of each what it was held against, whether it is new, and what to do"

// MARK: Pieces

private func unique(_ texts: [String]) -> [String] {
  var seen: Set<String> = []
  return texts.filter { seen.insert($0).inserted }
}
