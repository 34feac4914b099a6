import SLOBudgets
public import SLOGate
import SLOHistory
import SLOModel

/// What the developer may do next, the likeliest first.
public func nextSteps(after explanation: Explanation) -> [NextStep] {
  let finding = explanation.finding
  if finding.outcome == .missing { return [finding.budget?.remedy].compactMap { $0.map { NextStep($0) } } }
  let inherited = explanation.isInherited ? finding.regression?.beginning : nil
  let place = place(of: finding.series)
  var steps: [NextStep?] = []
  if let inherited, let since = inherited.since {
    let range = inherited.last.flatMap { gitRange(from: $0.sha, to: since.sha) }
    steps.append(step("what changed the level", range))
  } else if let newest = explanation.references.last {
    let ends = [newest.commit.sha, explanation.commit.sha]
    steps.append(step("what came since the newest reference", gitRange(from: ends[0], to: ends[1])))
    steps.append(step("the two side by side", command("compare", ends.map { shellWord(short($0)) })))
  }
  steps.append(step("the series over time", command("trend", place)))
  if finding.regression?.effect == .blocks || finding.creep?.effect == .blocks {
    if inherited == nil {
      steps.append(
        NextStep("run the test again and check both results together: repetitions are judged by their median")
      )
    }
    let commit = short(inherited?.since?.sha ?? explanation.commit.sha)
    let accept = [shellOption("commit", commit)] + place + ["--reason WHY"]
    steps.append(step("where the change is wanted", command("history accept", accept)))
  }
  if let limit = finding.budget.flatMap({ $0.outcome == .over ? $0.limit : nil }) {
    steps.append(NextStep(change(of: limit)))
  }
  return steps.compactMap { $0 }
}

extension RegressionFinding {
  /// Where the level of a value that is not new begins, and the last commit before it.
  fileprivate var beginning: (since: ReferenceCommit?, last: ReferenceCommit?)? {
    unaccepted.map { ($0.since, $0.last) } ?? level.map { ($0.since, $0.last) }
  }
}

/// A step that is nothing without its command.
private func step(_ words: String, _ command: String?) -> NextStep? {
  command.map { NextStep(words, command: $0) }
}

/// The command that tells everything known of a series at a commit; nil where it cannot be pasted as it is.
func explainCommand(for series: Series, at commit: Commit) -> String? {
  let place = [
    shellOption("profile", series.profile), shellOption("endpoint", series.endpoint),
    shellOption("metric", "\(series.metric).\(series.statistic)"),
  ]
  return command("explain", (commit.isKnown ? [shellOption("commit", short(commit.sha))] : []) + place)
}

private func place(of series: Series) -> [String?] {
  [
    shellOption("profile", series.profile), shellOption("endpoint", series.endpoint),
    shellOption("metric", "\(series.metric).\(series.statistic)"),
  ]
}

/// A command; nil where a word of it cannot be written.
private func command(_ words: String, _ arguments: [String?]) -> String? {
  arguments.contains(nil) ? nil : (["slogate \(words)"] + arguments.compactMap { $0 }).joined(separator: " ")
}

/// The command that lists the commits after one up to another; nil where git cannot be asked.
func gitRange(from first: String, to last: String) -> String? {
  guard isSHA(first), isSHA(last) else { return nil }
  return "git log \(first.prefix(10))..\(last.prefix(10))"
}

/// As much of a SHA as tells it from all others; any other name whole.
private func short(_ sha: String) -> String { isSHA(sha) ? String(sha.prefix(10)) : sha }

/// Whether git can be asked for it.
private func isSHA(_ text: String) -> Bool { text.utf8.count >= 7 && text.allSatisfy(\.isHexDigit) }

private func change(of limit: Limit) -> String {
  guard let place = limit.writtenPlace else {
    return "the limit is a default one: write your own into budgets/"
  }
  let owner = limit.owner.map { "; \($0) owns it" } ?? ""
  return "where the limit is wrong: change it at \(place.file):\(place.line) in a pull request,"
    + " or waive it there for a while\(owner)"
}
