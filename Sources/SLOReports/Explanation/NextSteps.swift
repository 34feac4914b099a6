import SLOBudgets
public import SLOGate
import SLOHistory
import SLOModel

/// What the developer may do next, as commands to paste and sentences to follow, the likeliest first.
public func nextSteps(after explanation: Explanation) -> [String] {
  let finding = explanation.finding
  if finding.outcome == .missing { return [finding.budget?.remedy].compactMap { $0 } }
  let inherited = explanation.isInherited ? finding.regression?.level : nil
  var steps: [String?] = []
  if let inherited, let since = inherited.since {
    steps.append(inherited.last.flatMap { gitRange(from: $0.sha, to: since.sha) })
  } else if let newest = explanation.references.last {
    steps.append(gitRange(from: newest.commit.sha, to: explanation.commit.sha))
    steps.append(command("compare", [newest.commit.sha, explanation.commit.sha].map(shellWord)))
  }
  steps.append(command("trend", place(of: finding.series)))
  if finding.regression?.effect == .blocks || finding.creep?.effect == .blocks {
    if inherited == nil {
      steps.append(
        "run the test again and check both results together: repetitions are judged by their median")
    }
    let commit = inherited?.since?.sha ?? explanation.commit.sha
    let accept = [shellOption("commit", commit)] + place(of: finding.series) + ["--reason WHY"]
    steps.append(command("history accept", accept).map { "where the change is wanted: " + $0 })
  }
  if let limit = finding.budget.flatMap({ $0.outcome == .over ? $0.limit : nil }) {
    steps.append(change(of: limit))
  }
  return steps.compactMap { $0 }
}

/// The command that tells everything known of a series at a commit; nil where it cannot be pasted as it is.
func explainCommand(for series: Series, at commit: Commit) -> String? {
  let place = [
    shellOption("only", series.profile), shellOption("endpoint", series.endpoint),
    shellOption("metric", "\(series.metric).\(series.statistic)"),
  ]
  return command("explain", (commit.isKnown ? [shellOption("commit", commit.sha)] : []) + place)
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
