import SLOBudgets
package import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOSupport

/// What the developer may do next, the likeliest first.
/// - Parameter context: how the commands find what this one found.
package func nextSteps(
  after explanation: Explanation, context: ExplanationContext = ExplanationContext()
) -> [NextStep] {
  let steps = Steps(explanation, context)
  return explanation.finding.outcome == .missing
    ? steps.whereMissing
    : steps.toLookAt + steps.toRepeat + steps.toChange + steps.toAccept
}

/// What may be done about one finding.
struct Steps {
  private let explanation: Explanation
  private let context: ExplanationContext
  private let finding: Finding

  init(_ explanation: Explanation, _ context: ExplanationContext) {
    (self.explanation, self.context, finding) = (explanation, context, explanation.finding)
  }

  /// The options by which a command finds the service, the history and the budgets.
  private var storage: [String?] { service + context.storageOptions }

  private var service: [String?] { explanation.namedService.map { [shellOption("service", $0)] } ?? [] }

  /// What a value that is not there takes, and when it was there last.
  var whereMissing: [NextStep] { remedies + (explanation.references.isEmpty ? [] : trend) }

  /// What a value that is not there takes.
  var remedies: [NextStep] {
    let remedy = [finding.remedy].compactMap { $0.map { NextStep($0) } }
    guard finding.value == nil, let place = finding.writtenPlace else { return remedy }
    return remedy + [
      NextStep(
        "where it is no longer meant to be measured: take the limit out at \(place.file):\(place.line), or write"
          + " optional: true there")
    ]
  }

  /// What shows more of it.
  var toLookAt: [NextStep] { suspects + comparison + trend }

  /// The commits that may have made it.
  var suspects: [NextStep] {
    step(
      explanation.isInherited ? "what changed the level" : "what came since the newest reference",
      explanation.suspects?.log) + step("which of these commits it was", explanation.suspects?.bisect)
  }

  private var comparison: [NextStep] {
    guard context.isRecorded, !explanation.isInherited, let newest = explanation.references.last else {
      return []
    }
    let ends = [newest.commit.sha, explanation.commit.sha].map { shellWord(short($0)) }
    return step("the two side by side", command("compare", ends + storage))
  }

  /// The series over commits.
  var trend: [NextStep] {
    step("the series over time", command("trend", place(of: finding.series) + storage))
  }

  /// Whether the same comes out again.
  var toRepeat: [NextStep] {
    if finding.outcome == .suspect {
      let file = shellWord(finding.series.profile).map { "--confirm \($0)=FILE" }
      return step(
        "measure once more in a new job, and judge this run by it",
        command("check --two-step", service + [file]))
    }
    guard isBlockedByHistory, !explanation.isInherited, finding.regression?.confirmation == nil,
      finding.regression?.isPaired != true, !finding.series.kind.judging.isExact
    else { return [] }
    return [
      NextStep("run the test again and check both results together: repetitions are judged by their median")
    ]
  }

  /// How a wanted change becomes the new normal.
  var toAccept: [NextStep] {
    guard isBlockedByHistory else { return [] }
    let commit = shellOption("commit", short(explanation.knownSince?.sha ?? explanation.commit.sha))
    let arguments =
      [commit] + place(of: finding.series) + service + context.historyOptions
      + ["--reason WHY"]
    let words =
      finding.outcome == .over
      ? "and for the history, where the change is wanted" : "where the change is wanted"
    return step(words, command("history accept", arguments))
  }

  /// How a wrong limit is changed.
  var toChange: [NextStep] {
    guard finding.outcome == .over else { return [] }
    if finding.script?.isCrossed == true, finding.budget?.outcome != .over, finding.relative?.outcome != .over
    {
      return [
        NextStep(
          "where the threshold is wrong: change it in the script, or write a limit on this figure into budgets/,"
            + " which then holds in its place")
      ]
    }
    guard let place = finding.writtenPlace else {
      let kind = finding.series.kind
      guard kind.profiles.prefix != nil else {
        return [NextStep("the limit is a default one: write your own into budgets/")]
      }
      let section = finding.series.endpoint == Series.wholeRun ? "run" : kind.section
      return [
        NextStep(
          "where the built-in limit is wrong: write one of your own under \(section) into a file in budgets/")
      ]
    }
    let owner = finding.responsible.map { "; \($0) owns it" } ?? ""
    return [
      NextStep(
        "where the limit is wrong: change it at \(place.file):\(place.line) in a pull request,"
          + " or waive it there for a while\(owner)")
    ]
  }

  /// Everything that is known of the finding; nothing where no history has the check.
  var details: [NextStep] {
    guard context.isRecorded else { return [] }
    let commit = explanation.commit.isKnown ? [shellOption("commit", short(explanation.commit.sha))] : []
    let arguments = commit + place(of: finding.series) + storage
    return step("the statistics and the earlier commits", command("explain", arguments))
  }

  /// What can be done about it, without what only shows more of it.
  var ways: [NextStep] {
    if finding.outcome == .missing { return Array(remedies.dropFirst(finding.value == nil ? 1 : 0)) }
    if let waiver = finding.waiver, finding.outcome == .waived {
      return [
        NextStep("let through until \(waiver.until): fix it before, or renew the waiver at \(waiver.place)")
      ]
    }
    if finding.outcome == .over, explanation.relatedChanges?.isEverywhere == true {
      return [
        NextStep(
          "run it again on the same machine: where it stays, look for what all \(finding.series.kind.subject.plural) share"
        )
      ]
    }
    // An accepted level lets no value through that is beyond its limit.
    return finding.outcome == .over ? toChange : toRepeat + toAccept
  }

  private var isBlockedByHistory: Bool {
    finding.regression?.effect == .blocks || finding.creep?.effect == .blocks
  }
}

/// A step that is nothing without its command.
private func step(_ words: String, _ command: String?) -> [NextStep] {
  command.map { [NextStep(words, command: $0)] } ?? []
}

/// The command that shows everything known of a series at a commit; nil where it cannot be pasted as it is.
func explainCommand(for series: Series, at commit: Commit) -> String? {
  command(
    "explain", (commit.isKnown ? [shellOption("commit", short(commit.sha))] : []) + place(of: series))
}

/// The options that name a series; the metric by its short name where that means the same.
private func place(of series: Series) -> [String?] {
  let short = MetricCatalogue.label(of: series.metric, series.statistic)
  let meant = MetricCatalogue.shorthand(short)
  let isShort = meant?.metric == series.metric && meant?.statistic == series.statistic
  return [
    shellOption("profile", series.profile), shellOption("endpoint", series.endpoint),
    shellOption("metric", isShort ? short : "\(series.metric).\(series.statistic)"),
  ]
}

/// A command; nil where a word of it cannot be written.
private func command(_ words: String, _ arguments: [String?]) -> String? {
  arguments.contains(nil) ? nil : (["slogate \(words)"] + arguments.compactMap { $0 }).joined(separator: " ")
}

/// The command that lists the commits after one up to another; nil where git cannot be asked.
func gitRange(from first: String, to last: String) -> String? {
  guard Commit.isSHA(first), Commit.isSHA(last) else { return nil }
  return "git log \(first.prefix(10))..\(last.prefix(10))"
}

/// As much of a SHA as distinguishes it from all others; any other name whole.
private func short(_ sha: String) -> String { Commit.isSHA(sha) ? String(sha.prefix(10)) : sha }
