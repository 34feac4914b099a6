import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// What every rendering says of a verdict, each in its own layout. None of it is escaped.
extension Verdict {
  /// What was found, counted: `4 of 17 budgets over`, `1 regression` ….
  var tally: [String] {
    var parts: [String] = []
    let count = outcomes
    let over = count[.over] ?? 0
    parts.append(
      over > 0
        ? "\(over) of \(counted(evaluated, "budget")) over"
        : "\(counted(evaluated, "budget")) \(code == .pass && count[.waived] == nil ? "held" : "evaluated")")
    if over == 0, compared > 0 {
      let base = comparisons.allSatisfy { $0.pairs > 0 } ? "the base" : "history"
      parts.append("\(compared) series compared with \(base)")
    }
    let regressed = count[.regressed] ?? 0
    if regressed > 0 { parts.append(counted(regressed, "regression")) }
    let suspect = count[.suspect] ?? 0
    if suspect > 0 { parts.append("\(counted(suspect, "suspect")), which a second run decides") }
    if commonFactors.contains(where: { $0.effect != .nothing }) { parts.append("all metrics moved together") }
    for (outcome, word) in [
      (Finding.Outcome.missing, "missing"), (.warn, "warned"), (.waived, "waived"), (.improved, "improved"),
    ] {
      let few = outcome == .missing ? fewSamples : 0
      if let number = count[outcome], number > few { parts.append("\(number - few) \(word)") }
    }
    if fewSamples > 0 { parts.append("\(fewSamples) of too few samples") }
    if !openGaps.isEmpty { parts.append("\(openGaps.count) open") }
    if !unjudged.isEmpty { parts.append("\(listed(unjudged)) not judged yet") }
    if let loosened = budgetReview?.count(.loosened), loosened > 0 {
      parts.append("budgets loosened: \(loosened)")
    }
    return parts
  }

  /// Values with a limit that rest on too few samples.
  private var fewSamples: Int {
    findings.count { $0.outcome == .missing && $0.isOfTooFewSamples }
  }

  /// The answer, and what broke and by how much, in one line; the counts where nothing did.
  var headline: String {
    "\(code.word): " + (title ?? tally.joined(separator: ", "))
  }

  /// What was judged and what it was held against, in sentences.
  var answer: String {
    let branch = commit.branch.map { " (\($0))" } ?? ""
    let environment = environmentWords.isEmpty ? "unknown" : environmentWords.joined(separator: ", ")
    let judged = "\(service) at \(commit.shortSHA)\(branch), environment \(environment)"
    return VisibleText.escaped(([judged] + comparisons.map(reference)).joined(separator: "; "))
  }

  /// The environment's name and sizing, a word each; empty where it is not described.
  var environmentWords: [String] { words(of: environment) }

  /// What the runs of a profile were held against.
  func reference(of comparison: ReferenceComparison) -> String {
    if comparison.pairs > 0 {
      return "\(comparison.profile): \(counted(comparison.pairs, "pair")) with the base in the same job"
    }
    let left = comparison.leftOut.map { "\(counted($0.runs, "run")) left out: \($0.reason)" }
    let aside = left.isEmpty ? "" : " (\(left.joined(separator: "; ")))"
    if let obstacle = comparison.obstacle {
      return "\(comparison.profile): nothing, because \(obstacle)\(aside)"
    }
    let commits = comparison.window?.commits ?? []
    let newest = commits.last.map { ", newest \($0.sha.prefix(10))" } ?? ""
    let needed = policy.test.minimumReferences
    let few = commits.count < needed ? "; regressions are judged from \(needed) on" : ""
    return "\(comparison.profile): \(counted(commits.count, "commit")) on \(reference)\(newest)\(few)\(aside)"
  }

  /// What was judged, where, and against how many commits, in a line.
  var contextLine: String {
    let branch = commit.branch.map { " (\(shortened($0, to: 30)))" } ?? ""
    return
      "service \(shortened(service, to: 30)) at \(commit.shortSHA)\(branch) · \(environmentAndReferences)"
  }

  /// Where it was measured, and against how many commits.
  var environmentAndReferences: String {
    let environment =
      environment.name ?? (environment.isKnown ? environmentWords.joined(separator: " ") : nil)
    let pairs = comparisons.map(\.pairs).max() ?? 0
    let references = comparisons.filter { $0.obstacle == nil && $0.pairs == 0 }.map {
      $0.window?.commits.count ?? 0
    }
    let span = Set([references.min(), references.max()].compactMap { $0 }).sorted().map { "\($0)" }
    let compared =
      span.isEmpty
      ? "no history"
      : "against \(span.joined(separator: " to ")) \(span == ["1"] ? "commit" : "commits") on \(reference)"
    let paired = pairs == 0 ? nil : "against \(counted(pairs, "pair")) with the base"
    let against = [paired, paired == nil || !references.isEmpty ? compared : nil].compactMap(\.self)
    return "\(environment ?? "environment unknown") · \(against.joined(separator: " · "))"
  }

  /// What was not held against its history, and why.
  var uncompared: [String] {
    let needed = policy.test.minimumReferences
    let open = comparisons.filter {
      $0.pairs == 0 && ($0.obstacle != nil || ($0.window?.commits.count ?? 0) < needed)
    }
    let groups = Dictionary(grouping: open) { comparison in
      let sizing = comparison.sizingSentence.map { "; \($0)" } ?? ""
      let commits = comparison.window?.commits.count ?? 0
      return
        (comparison.obstacle.map { "no regression judged, because \($0)" }
        ?? "no regression judged, \(counted(commits, "comparable commit")) of \(needed) needed")
        + sizing
    }
    return groups.sorted { $0.key < $1.key }.map { reason, comparisons in
      "\(listed(comparisons.map(\.profile))): \(reason)"
    }
  }

  /// The endpoints that no budget speaks of; nil where there are none.
  var unbudgetedSentence: String? {
    guard !unbudgeted.isEmpty else { return nil }
    return "\(counted(unbudgeted.count, unbudgetedNoun)) measured without a budget: \(listed(unbudgeted))"
  }

  /// What the endpoints are that no budget speaks of.
  var unbudgetedNoun: EvidenceKind.Noun {
    let names = Set(unbudgeted)
    return noun(of: findings.lazy.map(\.series).filter { names.contains($0.endpoint) }.map(\.kind))
  }

  /// Why the verdict is inconclusive besides the missing values, which the first gap counts.
  var openGaps: ArraySlice<String> { gaps.dropFirst(outcomes[.missing] == nil ? 0 : 1) }

  /// What to do about each kind of missing value.
  var remedies: [String] {
    unique(
      findings.compactMap { $0.outcome == .missing ? $0.remedy : nil } + rules.compactMap(\.remedy))
  }

  /// What moved whole runs, as far as it matters.
  var factors: [String] {
    commonFactors.filter { $0.effect != .nothing || abs($0.factor.factor - 1) > policy.test.relativeFloor }
      .map(sentence)
  }

  /// What moves all of a run.
  static let sharedCause = "the machine, or a change that hits everything: repeat the run to find out"

  func sentence(_ common: CommonFactorFinding) -> String {
    let moved =
      "all metrics of \(common.profile) moved by \(signedPercent(common.factor.factor - 1)) together"
    switch (common.effect, common.confirmation) {
    case (.suspect, _): return "\(moved): the machine, or a change that hits everything; a second run decides"
    case (.blocks, .some(let second)):
      let again = second.judgement.change?.relative.map { " (\(signedPercent($0)))" } ?? ""
      return "\(moved), and again in the second run\(again): a change that hits everything"
    case (.blocks, nil), (.warns, _): return "\(moved): \(Verdict.sharedCause)"
    case (_, .some): return "\(moved) in the first run, and not in the second"
    default: break
    }
    return moved + ", as runs here do"
      + (common.factor.wasTakenOut ? "; it was taken out before each was judged" : "")
  }

  /// The waivers a person has to act on.
  var waiverSentences: [String] {
    waivers.expired.map { "ended on \($0.until) and is ignored: \(title(of: $0))" }
      + waivers.ending.map { "ends on \($0.until): \(title(of: $0))" }
      + waivers.unused.map { "not needed by this run: \(title(of: $0))" }
  }

  func title(of waiver: Waiver) -> String {
    let profile = waiver.profile.map { "\($0) " } ?? ""
    return
      "\(profile)\(waiver.endpoint) \(MetricCatalogue.label(of: waiver.metric, waiver.statistic)), \(waiver.owner): \(waiver.reason) (\(waiver.place))"
  }

  /// How many series were judged without a remark, and how many were only recorded.
  var quietCounts: [String] {
    ["\(counted(outcomes[.ok] ?? 0, "series", plural: "series")) ok"]
      + (recorded == 0 ? [] : ["\(recorded) only recorded"])
  }

  /// How regressions were judged, what could be seen, and what is never looked for; nil where nothing was compared.
  var grounds: String? {
    guard compared > 0 else { return nil }
    var why = "\(counted(compared, "series", plural: "series")) compared with history"
    if let falseBlockSentence { why += "; \(VisibleText.escaped(falseBlockSentence))" }
    why += "; warnings at a nominal false discovery rate of \(percent(policy.test.falseDiscoveryRate))"
    if let detectable {
      why +=
        "; minimum detectable effect \(percent(detectable.best)) (half of the series: \(percent(detectable.typical))): smaller slowdowns may pass unseen"
    }
    if let aside = neverLookedFor.sentence { why += "; \(VisibleText.escaped(aside))" }
    return why
  }

  /// What is said where there is no finding. What could not be judged is not called good.
  var quiet: String {
    if evaluated == 0 && compared == 0 { return "Nothing was held against a budget or against a history." }
    if !brokenRules.isEmpty { return "No single value broke its limit, and nothing moved beyond noise." }
    return gaps.isEmpty
      ? "Nothing broke, and nothing moved beyond noise."
      : "Of what could be judged nothing broke, and nothing moved beyond noise."
  }

  /// What to do about the verdict as a whole; nothing after a pass.
  var advice: [NextStep] {
    let worst: Finding.Outcome = code == .regression ? .regressed : .over
    let found = findings.filter { $0.outcome == worst }
    let broken = rules.filter { $0.outcome == worst }
    switch code {
    case .overBudget where stories(Finding.Outcome.decisive).first?.breadth != nil:
      return [NextStep("repeat the run on the same machine; what stays is a change that hits everything")]
    case .overBudget:
      return [
        NextStep(
          !broken.isEmpty || found.contains { $0.writtenPlace != nil }
            ? "fix it, or change the limit named above in a pull request"
            : "fix it, or write limits of your own into budgets/")
      ]
    case .regression:
      if let known = lastingRegression {
        let accept = commandsToAccept
        let more = accept.count > 1 ? " (and \(accept.count - 1) more: slogate explain)" : ""
        return [
          NextStep("undo it, or waive it in the budget file; it came with", command: known),
          NextStep("or accept it\(more)", command: accept.first),
        ]
      }
      let changes = suspectedChanges
      let look = changes == nil ? "look at what this commit changed" : "look at"
      let isExact = found.allSatisfy { $0.series.kind.judging.isExact }
      let isSure = !confirmation.isEmpty || !pairedBase.isEmpty || isExact
      if isSure { return [NextStep("it is no spike: \(look)", command: changes)] }
      let repeated = repetitionsHelp ? "repeat the run, better several times" : "repeat the run"
      return [NextStep("\(repeated); if it stays, \(look)", command: changes)]
    case .inconclusive:
      return [NextStep("give what is missing and check again: nothing was let through unseen")]
    case .suspect:
      return [NextStep("measure once more in a new job; what is worse there too blocks", command: secondStep)]
    case .warnings: return [NextStep("look at what warns: --strict lets no warning pass")]
    case .pass: return []
    }
  }

  /// The command that judges the suspects by a second measurement, whose files it leaves open.
  private var secondStep: String {
    let profiles = Set(suspects.map(\.profile)).sorted()
    let named = profiles.compactMap { profile in shellWord(profile).map { "\($0)=FILE" } }
    let service = namedService.flatMap { shellOption("service", $0) }.map { $0 + " " } ?? ""
    return "slogate check --two-step \(service)--confirm "
      + (named.count == profiles.count ? named : ["FILE"]).joined(separator: " ")
  }

  /// The command that shows what made a regression that earlier commits were blocked for, where every one is such; nil
  /// where git does not know.
  private var lastingRegression: String? {
    let regressed = findings.filter { $0.outcome == .regressed }
    let known = regressed.compactMap { $0.regression?.unaccepted }
    guard known.count == regressed.count, let first = known.min(by: { $0.since.time < $1.since.time }),
      let last = first.last
    else { return nil }
    return gitRange(from: last.sha, to: first.since.sha)
  }

  /// The command that shows what came since the newest commit compared with; nil where git does not know.
  private var suspectedChanges: String? {
    let profiles = Set(findings.lazy.filter { $0.outcome == .regressed }.map(\.series.profile))
      .union(commonFactors.lazy.filter(\.blocks).map(\.profile))
    let newest = comparisons.lazy.filter { profiles.contains($0.profile) }.compactMap {
      $0.window?.commits.last
    }
    let last = newest.max { $0.time < $1.time }
    return last.flatMap { gitRange(from: $0.sha, to: commit.sha) }
  }
}

extension ReferenceComparison {
  /// In which fields the sizing of earlier runs differs; nil where in none.
  var sizingSentence: String? {
    let delta = sizingDelta.map { "\($0.field) \($0.then ?? "not given") → \($0.now ?? "not given")" }
    return delta.isEmpty ? nil : "sizing differs: " + delta.joined(separator: ", ")
  }
}

/// An environment's name and sizing, a word each.
func words(of environment: Environment) -> [String] {
  [environment.name].compactMap { $0 }
    + environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
}

/// Words as a sentence of its own.
func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

/// Each text once, in the order of their first.
func unique(_ texts: [String]) -> [String] {
  var seen: Set<String> = []
  return texts.filter { seen.insert($0).inserted }
}
