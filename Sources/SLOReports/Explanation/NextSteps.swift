import SLOBudgets
public import SLOGate
import SLOHistory
import SLOModel

/// What the developer may do next, as commands to paste and sentences to follow, the likeliest first.
public func nextSteps(after explanation: Explanation) -> [String] {
  let finding = explanation.finding
  var steps: [String] = []
  if finding.outcome == .missing { return [finding.budget?.remedy].compactMap { $0 } }
  if case .known = explanation.novelty, let level = finding.regression?.level, let since = level.since {
    steps += [level.last.flatMap { range(from: $0.sha, to: since.sha) }].compactMap { $0 }
  } else if let newest = explanation.references.last {
    steps += [range(from: newest.commit.sha, to: explanation.commit.sha)].compactMap { $0 }
    steps += [command("compare", [newest.commit.sha, explanation.commit.sha].map(shellWord))].compactMap {
      $0
    }
  }
  steps += [command("trend", place(of: finding.series))].compactMap { $0 }
  if finding.regression?.effect == .blocks || finding.creep?.effect == .blocks {
    steps.append("run the test again and check both results together: repetitions are judged by their median")
    let accept = [option("commit", explanation.commit.sha)] + place(of: finding.series) + ["--reason WHY"]
    steps += [command("history accept", accept).map { "where the change is wanted: " + $0 }].compactMap { $0 }
  }
  if let limit = finding.budget.flatMap({ $0.outcome == .over ? $0.limit : nil }) {
    steps.append(change(of: limit))
  }
  return steps
}

private func place(of series: Series) -> [String?] {
  [
    option("profile", series.profile), option("endpoint", series.endpoint),
    option("metric", "\(series.metric).\(series.statistic)"),
  ]
}

/// An option with its value. One that begins with a dash must not pass for an option itself.
private func option(_ name: String, _ value: String) -> String? {
  value.hasPrefix("-") ? shellWord("--\(name)=\(value)") : shellWord(value).map { "--\(name) \($0)" }
}

/// A command; nil where a word of it cannot be written.
private func command(_ words: String, _ arguments: [String?]) -> String? {
  arguments.contains(nil) ? nil : (["slogate \(words)"] + arguments.compactMap { $0 }).joined(separator: " ")
}

private func range(from first: String, to last: String) -> String? {
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
