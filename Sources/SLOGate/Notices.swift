import SLOBudgets
import SLOModel

/// What a person should know and no exit code tells.
func notices(_ question: Question, _ findings: [Finding]) -> [String] {
  var notices = remarks(question.runs.map(\.reading)) { $0.notices + [$0.failure].compactMap { $0 } }
  let profiles = Set(question.runs.map(\.profile))
  let absent = question.budgets.profiles.filter { !profiles.contains($0) }.sorted()
  if !absent.isEmpty {
    notices.append("not judged, because no result was given: \(absent.joined(separator: ", "))")
  }
  let limited = Set(findings.filter { $0.budget != nil }.map(\.series.profile))
  for profile in profiles.subtracting(limited).sorted() {
    notices.append("no limit is written for profile \(profile): none of its values was held against a budget")
  }
  notices += findings.compactMap(disagreement)
  return notices + levelNotices(question, findings)
}

/// What a person has to look at, and what blocks nothing.
func warnings(_ question: Question) -> [String] {
  question.warnings
    + remarks(question.runs.map(\.reading)) { provenanceWarnings($0, question) + $0.warnings }
    + nameWarnings(question)
}

/// What the files say of themselves; what several of them say is said once.
private func remarks(_ readings: [Reading], _ texts: (Reading) -> [String]) -> [String] {
  let said = texts
  var texts: [String] = []
  var paths: [String: [String]] = [:]
  for reading in readings {
    for text in said(reading) {
      if paths[text] == nil { texts.append(text) }
      paths[text, default: []].append(reading.source.path)
    }
  }
  return texts.map { text in
    let files = paths[text] ?? []
    return (files.first ?? "") + (files.count > 1 ? " and \(files.count - 1) more" : "") + ": " + text
  }
}

/// k6's own threshold and ours on the same figure, where one broke and the other held.
private func disagreement(_ finding: Finding) -> String? {
  guard let ours = finding.budget?.outcome, [.ok, .near, .over].contains(ours) else { return nil }
  guard let theirs = finding.thresholds.first(where: { $0.passed == (ours == .over) }) else { return nil }
  let series = finding.series
  let name = series.endpoint == Series.wholeRun ? series.metric : "\(series.metric) of \(series.endpoint)"
  return "\(series.profile): k6's own threshold '\(theirs.expression)' on \(name)"
    + " \(theirs.passed == true ? "held" : "was crossed"), slogate's limit \(ours == .over ? "is exceeded" : "holds")"
}
