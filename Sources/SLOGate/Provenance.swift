import SLOModel
import SLOReaders
import SLOSupport

/// Why a result may be of another commit than the one judged, a sentence each: a file that an earlier build left
/// behind makes every change pass.
func provenanceWarnings(_ reading: Reading, _ evaluation: Evaluation) -> [String] {
  [recordedElsewhere(reading, evaluation), measuredBefore(reading, evaluation.commit)].compactMap { $0 }
}

/// The same result was recorded for another commit. What is the same for every commit that does not change it, as sizes
/// and settings are, says nothing.
private func recordedElsewhere(_ reading: Reading, _ evaluation: Evaluation) -> String? {
  if EvidenceKind.of(profile: reading.profile).judging.isExact || reading.isOfEnvironment { return nil }
  let recorded = evaluation.references.recordedCommits[reading.source.sha256] ?? []
  let others = recorded.filter { $0.sha != evaluation.commit.sha }
  guard evaluation.commit.isKnown, let last = others.first else { return nil }
  let branch = last.branch.map { " on \(VisibleText.escaped($0))" } ?? ""
  let more = others.count > 1 ? " and \(others.count - 1) more" : ""
  return "the same result was recorded for commit \(VisibleText.escaped(last.shortSHA))\(branch)\(more):"
    + " check that the step that measures has run"
}

/// A commit is made before it is measured. Clocks differ, and a commit may be amended while a run is under way.
private func measuredBefore(_ reading: Reading, _ commit: Commit) -> String? {
  guard let start = reading.startedAt, let made = commit.committedAt else { return nil }
  let (age, overflow) = made.milliseconds.subtractingReportingOverflow(start.milliseconds)
  guard overflow ? made > start : age > GatePolicy.clockTolerance else { return nil }
  return "measured \(overflow ? "long" : duration(age)) before commit"
    + " \(VisibleText.escaped(commit.shortSHA)) was made: check that the step that measures has run"
}

/// A time of an hour or more in milliseconds, in words.
private func duration(_ milliseconds: Int64) -> String {
  let hours = milliseconds / 3_600_000
  let (number, unit) = hours < 48 ? (hours, "hour") : (hours / 24, "day")
  return "\(number) \(unit)\(number == 1 ? "" : "s")"
}
