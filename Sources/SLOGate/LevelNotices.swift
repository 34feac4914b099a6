public import SLOHistory
import SLOModel
import SLOStatistics

/// What a person should know of levels that were accepted, or should be.
func levelNotices(_ question: Question, _ findings: [Finding]) -> [String] {
  unmeasuredLevels(findings) + strangeLevels(question, findings) + lostLevels(question, findings)
}

extension RegressionFinding {
  /// The decision that nothing measured before it counts any more, where nothing was measured since.
  public var unmeasuredLevel: Acceptance? {
    outcome == .insufficient && level?.since == nil ? level?.acceptance : nil
  }
}

extension Acceptance {
  /// Why nothing can be compared with a level that nobody measured yet.
  var isUnmeasuredSentence: String {
    "a new level was accepted at \(commit.prefix(10)) by \(by), and no commit of it is measured yet"
  }
}

private func unmeasuredLevels(_ findings: [Finding]) -> [String] {
  let decisions = findings.compactMap { $0.regression?.unmeasuredLevel }
  return Dictionary(grouping: decisions) { $0 }.sorted {
    // Decisions of one moment in an order of their own: the same input gives the same text.
    ($1.key.at, $0.key.commit, "\($0.key)") < ($0.key.at, $1.key.commit, "\($1.key)")
  }.map { acceptance, series in
    "\(series.count) series \(series.count == 1 ? "was" : "were") not compared with the history:"
      + " \(acceptance.isUnmeasuredSentence)"
  }
}

/// Decisions that would have let a finding pass, were they known to be of a commit that the one judged contains.
private func strangeLevels(_ question: Question, _ findings: [Finding]) -> [String] {
  let found = findings.filter {
    $0.regression?.outcome == .slower && $0.regression?.effect != .nothing
      && $0.regression?.level?.acceptance == nil
  }
  return question.acceptances.compactMap { acceptance in
    let contains = question.contains(acceptance.commit)
    let series = found.map(\.series).filter { series in
      let oldest = question.windows[series.profile]?.commits.first?.time
      return acceptance.covers(series) && acceptance.since >= oldest ?? acceptance.since
    }
    guard contains != true, !series.isEmpty else { return nil }
    let commit = acceptance.commit.prefix(10)
    let remedy =
      contains == nil
      ? "git cannot tell whether this commit contains it: fetch the whole history (fetch-depth: 0)"
      : "this commit does not contain it; after a squash or a rebase, accept the commit it became"
    return "what \(acceptance.by) accepted at \(commit) does not count for \(series.count) slower series: "
      + remedy
  }
}

/// Steps to the worse that the reference branch has taken and nobody has accepted: the check is held against what
/// came after, so a loss there would else be forgotten.
private func lostLevels(_ question: Question, _ findings: [Finding]) -> [String] {
  let lost = findings.compactMap { finding -> LostLevel? in
    guard let level = finding.regression?.level, level.ground == .confirmed, let change = level.change,
      let since = level.since, let measurement = question.candidates[finding.series]?.measurement,
      let better = question.direction(of: measurement)
    else { return nil }
    let share = better == .lower ? change : -change
    return share > question.policy.test.relativeFloor
      ? LostLevel(series: finding.series, since: since, share: share) : nil
  }
  let compared = findings.filter { $0.regression != nil }.map(\.series)
  return Dictionary(grouping: lost, by: \.since).sorted {
    ($1.key.time, $0.key.sha, $0.value[0].series) < ($0.key.time, $1.key.sha, $1.value[0].series)
  }.compactMap {
    since, lost in
    guard let typical = SortedSample(lost.map(\.share))?.median else { return nil }
    let percent = Int(saturating: (100 * typical).rounded())
    let commands = AcceptedScope.covering(Set(lost.map(\.series)), of: compared).compactMap {
      $0.command(commit: String(since.sha.prefix(10)))
    }
    let most = 3
    let ways =
      commands.isEmpty ? "slogate history accept, naming them" : commands.prefix(most).joined(separator: "; ")
    let more = commands.count > most ? "; and so on for \(commands.count - most) more places" : ""
    return "\(question.reference) is worse since \(since.sha.prefix(10)): \(lost.count) series by about"
      + " \(percent) %. This check is held against that level; mend it there, or take it for the new normal with"
      + " \(ways)\(more)"
  }
}

private struct LostLevel {
  var series: Series
  var since: ReferenceCommit
  var share: Double
}
