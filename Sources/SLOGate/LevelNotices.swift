package import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// What a person should know of levels that were accepted, or should be.
func levelNotices(_ evaluation: Evaluation, _ findings: [Finding]) -> [String] {
  unmeasuredLevels(findings) + strangeLevels(evaluation, findings) + unacceptedLevels(evaluation, findings)
    + lostLevels(evaluation, findings)
}

extension RegressionFinding {
  /// The decision that nothing measured before it counts any more, where nothing was measured since.
  package var unmeasuredLevel: Acceptance? {
    outcome == .insufficient && level?.since == nil ? level?.acceptance : nil
  }
}

extension Acceptance {
  /// Why nothing can be compared with a level that is not measured yet.
  var isUnmeasuredSentence: String {
    "a new level was accepted at \(commit.prefix(10)) by \(by), and no commit of it is measured yet"
  }
}

private func unmeasuredLevels(_ findings: [Finding]) -> [String] {
  let decisions = findings.compactMap { $0.regression?.unmeasuredLevel }
  return Dictionary(grouping: decisions) { $0 }.map { ($0.key.isUnmeasuredSentence, $0.key.at, $0.value) }
    .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { sentence, _, series in
      "\(series.count) series \(series.count == 1 ? "was" : "were") not compared with the history:"
        + " \(sentence)"
    }
}

/// Decisions that would have let a finding pass, were they known to be of a commit that the one judged contains.
private func strangeLevels(_ evaluation: Evaluation, _ findings: [Finding]) -> [String] {
  let found = findings.filter {
    $0.regression?.outcome == .slower && $0.regression?.effect != .nothing
      && $0.regression?.level?.acceptance == nil
  }
  return evaluation.acceptances.compactMap { acceptance in
    let contains = evaluation.contains(acceptance.commit)
    let series = found.map(\.series).filter { series in
      let oldest = evaluation.windows[series.profile]?.commits.first?.time
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

/// Regressions that a check of the reference branch was blocked by and that are not accepted, and the ways out.
private func unacceptedLevels(_ evaluation: Evaluation, _ findings: [Finding]) -> [String] {
  let open = findings.compactMap { finding -> (LostLevel, isInherited: Bool, isConfirmed: Bool)? in
    guard let unaccepted = finding.regression?.unaccepted else { return nil }
    let level = LostLevel(
      series: finding.series, since: unaccepted.since, share: unaccepted.change.map { abs($0) })
    return (level, unaccepted.isInherited, unaccepted.isConfirmed)
  }
  return bySince(open.map(\.0)).map { since, levels in
    let isInherited = open.contains { $0.0.since.sha == since.sha && $0.isInherited }
    let isConfirmed = open.contains { $0.0.since.sha == since.sha && $0.isConfirmed }
    return
      "\(evaluation.reference) is worse since \(since.sha.prefix(10)), which was"
      + " \(isConfirmed ? "blocked for it and not accepted" : "suspect and measured once only"): \(size(of: levels)). "
      + (isInherited ? "This change did not make it. " : "")
      + "Ways out: \(isConfirmed ? "" : "a second run that does not show it; ")undo it; or take it for the new normal with "
      + accepting(levels, since: since, of: findings, in: evaluation)
      + "; or waive it for a while in the budget file"
  }
}

/// Steps to the worse that the reference branch has taken and that are not accepted: the check is held against what
/// came after, so a loss there would else be forgotten.
private func lostLevels(_ evaluation: Evaluation, _ findings: [Finding]) -> [String] {
  let lost = findings.compactMap { finding -> LostLevel? in
    guard let level = finding.regression?.level, level.ground == .confirmed, let after = level.after,
      let since = level.since, let measurement = evaluation.candidates[finding.series]?.measurement,
      let better = evaluation.direction(of: measurement)
    else { return nil }
    let loss = better == .lower ? after - level.before : level.before - after
    let share = level.before == 0 ? nil : loss / abs(level.before)
    return loss > 0 && share ?? .infinity > evaluation.policy.test.relativeFloor
      ? LostLevel(series: finding.series, since: since, share: share, suspects: level.suspects) : nil
  }
  return bySince(lost).map { since, lost in
    "\(evaluation.reference) is worse since \(since.sha.prefix(10))"
      + (fewestSuspects(of: lost)?.others(than: since.sha) ?? "")
      + ": \(size(of: lost))."
      + " This check is held against that level; fix it there, or take it for the new normal with "
      + accepting(lost, since: since, of: findings, in: evaluation)
  }
}

/// The suspects of the level that leaves the fewest, of equal ones the first.
private func fewestSuspects(of levels: [LostLevel]) -> Suspects? {
  levels.compactMap(\.suspects).min { $0.measured.count < $1.measured.count }
}

/// Levels by the commit they begin at, whatever the profile, the newest first.
private func bySince(_ levels: [LostLevel]) -> [(since: ReferenceCommit, levels: [LostLevel])] {
  Dictionary(grouping: levels, by: \.since.sha).values.compactMap { levels in
    levels.first.map { ($0.since, levels) }
  }
  .sorted { ($1.since.time, $0.since.sha) < ($0.since.time, $1.since.sha) }
}

/// How many series became worse, and by how much.
private func size(of levels: [LostLevel]) -> String {
  guard let typical = SortedSample(levels.compactMap(\.share))?.median else {
    return "\(levels.count) series"
  }
  return "\(levels.count) series by about \(Int(saturating: (100 * typical).rounded())) %"
}

extension Verdict {
  /// The commands that take the regressions of the reference branch which block this release for its new normal, and
  /// nothing else: one for each scope.
  public var commandsToAccept: [String] {
    let open = findings.filter { $0.regression?.effect == .blocks && $0.regression?.unaccepted != nil }
    let bySince = Dictionary(grouping: open) { $0.regression?.unaccepted?.since.sha ?? "" }
    return bySince.sorted { $0.key < $1.key }.flatMap { sha, findings in
      commands(accepting: findings.map(\.series), since: sha, of: self.findings, in: evaluation)
    }
  }
}

/// The commands that accept some levels and nothing else.
private func commands(
  accepting series: [Series], since sha: String, of findings: [Finding], in evaluation: Evaluation
) -> [String] {
  let compared = findings.filter { $0.regression != nil }.map(\.series)
  return AcceptedScope.covering(Set(series), of: compared).compactMap {
    $0.command(commit: String(sha.prefix(10)), service: evaluation.input.namedService)
  }
}

private func accepting(
  _ levels: [LostLevel], since: ReferenceCommit, of findings: [Finding], in evaluation: Evaluation
) -> String {
  let commands = commands(
    accepting: levels.map(\.series), since: since.sha, of: findings, in: evaluation)
  let most = 3
  guard !commands.isEmpty else { return "slogate history accept, naming them" }
  let more = commands.count > most ? "; and so on for \(commands.count - most) more places" : ""
  return commands.prefix(most).joined(separator: "; ") + more
}

private struct LostLevel {
  var series: Series
  var since: ReferenceCommit
  /// The loss as a share of the level before; nil where that was zero.
  var share: Double?
  /// The commits that may have made it; nil where nothing weighed them.
  var suspects: Suspects?
}
