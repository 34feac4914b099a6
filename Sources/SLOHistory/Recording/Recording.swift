package import SLOModel
public import SLOSupport

/// What a recording changed.
public struct Recording: Sendable, Hashable {
  /// `Run.id` of the runs that are new to the history, as given.
  public var added: [SHA256Digest]
  /// `Run.id` of the runs that it knew already, as given.
  public var known: [SHA256Digest]

  /// Creates an account of a recording.
  public init(added: [SHA256Digest] = [], known: [SHA256Digest] = []) {
    self.added = added
    self.known = known
  }
}

/// The verdict over a check, recorded with the runs it judged.
package struct RecordedVerdict: Sendable, Hashable {
  /// The commit that was judged.
  package var commit: Commit
  /// The environment that was checked, without the conditions of single readings.
  package var environment: Environment
  /// The verdict in the words of the JSON report: `pass`, `blocked`, `inconclusive`, `suspect`.
  package var verdict: String
  /// The exit code of the check.
  package var exitCode: Int
  /// The series with a regression that stopped the release, or would have without a waiver: the runs are no
  /// reference for these until the level is accepted. Nil: not known, as in verdicts of older versions.
  package var regressed: [Series]?
  /// The series that a second run decides: the runs are no reference for these until one did. Nil for a check in one
  /// step.
  package var suspected: [Series]?
  /// `Run.id` of the runs of a second measurement, which decided what was suspect.
  package var confirmation: [SHA256Digest]

  /// Creates a verdict.
  package init(
    commit: Commit, environment: Environment, verdict: String, exitCode: Int, regressed: [Series]? = nil,
    suspected: [Series]? = nil, confirmation: [SHA256Digest] = []
  ) {
    self.commit = commit
    self.environment = environment
    self.verdict = verdict
    self.exitCode = exitCode
    self.regressed = regressed
    self.suspected = suspected
    self.confirmation = confirmation
  }
}

/// How much a history holds, for the notice a check prints.
package struct HistorySummary: Sendable, Hashable {
  /// The number of runs.
  package var runs: Int
  /// When the last of them was recorded; nil when there is none.
  package var newest: Timestamp?

  /// Creates a summary.
  package init(runs: Int, newest: Timestamp?) {
    self.runs = runs
    self.newest = newest
  }
}

/// A verdict as it was recorded, with the runs it judged.
package struct RecordedCheck: Sendable, Hashable {
  /// What this history calls it; another may call it something else.
  package var id: Int64
  /// When it was given.
  package var recordedAt: Timestamp
  /// The verdict in the words of the JSON report: `pass`, `blocked`, `inconclusive`, `suspect`.
  package var verdict: String
  /// The exit code of the check.
  package var exitCode: Int
  /// The commit that was judged, without its branch, which the runs know.
  package var commit: Commit
  /// The environment that was checked, under the name it was last recorded with.
  package var environment: Environment
  /// `Run.id` of the runs that were judged, in order, those of a second measurement among them.
  package var runs: [SHA256Digest]
  /// `Run.id` of the runs of a second measurement, which decided what was suspect.
  package var confirmation: [SHA256Digest] = []
  /// Whether what one run cannot tell from a spike was suspect.
  package var isTwoStep = false
  /// Whether anything was suspect, decided by a second measurement or not.
  package var hasSuspects = false

  /// Creates a check.
  package init(
    id: Int64, recordedAt: Timestamp, verdict: String, exitCode: Int, commit: Commit,
    environment: Environment,
    runs: [SHA256Digest]
  ) {
    self.id = id
    self.recordedAt = recordedAt
    self.verdict = verdict
    self.exitCode = exitCode
    self.commit = commit
    self.environment = environment
    self.runs = runs
  }
}

extension RecordedCheck {
  /// Reads the columns id, time, verdict, exit code, the three of the commit, and the two of the environment.
  init(_ row: borrowing Statement) throws(SQLiteError) {
    self.init(
      id: row.integerOrZero(0), recordedAt: try row.knownTime(1),
      verdict: row.text(2),
      exitCode: try row.count(3),
      commit: Commit(sha: row.text(4), committedAt: try row.time(5), firstParent: row.optionalText(6)),
      environment: Environment(name: row.optionalText(7), sizing: try row.words(8, "sizing")), runs: [])
  }
}

extension RecordedCheck {
  /// Adds what the journal's entry of the verdict says of its two steps.
  mutating func learn(from subject: [String: String]) {
    let suspected = subject[Subject.suspectedKey]
    isTwoStep = suspected != nil
    confirmation = Subject.digests(subject[Subject.confirmationKey]) ?? []
    hasSuspects = !confirmation.isEmpty || suspected.flatMap(Subject.series)?.isEmpty == false
  }
}

extension Run {
  /// Why this run cannot be recorded, nil for one that can: what SQLite would only refuse in its own words,
  /// or silently store as something else.
  package var flaw: String? {
    if let duration = reading.duration, !duration.isFinite {
      return "the run's duration is \(duration); it must be finite, or absent"
    }
    var seen = Set<Series>(minimumCapacity: reading.measurements.count)
    for measurement in reading.measurements {
      let series = measurement.series
      guard measurement.value.isFinite else {
        return "\(name(of: series)) is \(measurement.value); a value must be finite, or absent"
      }
      guard (0...Cells.largestCount).contains(measurement.samples ?? 0) else {
        return "\(name(of: series)) rests on \(measurement.samples ?? 0) samples; that is no count"
      }
      guard series.profile == profile else {
        return "\(name(of: series)) is in a run of profile \(profile)"
      }
      guard seen.insert(series).inserted else { return "\(name(of: series)) is there twice" }
    }
    return flawOfDistributions
  }

  private var flawOfDistributions: String? {
    var seen = Set<[String]>()
    for distribution in reading.distributions
    where !seen.insert([distribution.endpoint, distribution.metric]).inserted {
      return "the distribution of \(distribution.metric) of \(distribution.endpoint) is there twice"
    }
    return nil
  }

  private func name(of series: Series) -> String {
    "\(series.metric) \(series.statistic) of \(series.endpoint) under \(series.profile)"
  }
}
