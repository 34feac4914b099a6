package import SLOModel
import SLOSupport

/// The runs that a window left out: every run of the service and profile is either in the window or
/// counted here, once, under the first reason that holds.
package struct SkippedRuns: Sendable, Hashable {
  /// Why a run is no reference. The order is the order of precedence.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Nobody said what environment it, or the candidate, was measured in.
    case unknownEnvironment = "unknown environment"
    /// It was measured in an environment of another sizing.
    case otherSizing = "other sizing"
    /// Nobody said which commit it measured.
    case unknownCommit = "unknown commit"
    /// It measured the candidate's own commit.
    case sameCommit = "same commit"
    /// It failed.
    case failed = "failed run"
    /// It measured nothing.
    case empty = "without values"
    /// Its values were deleted to save space.
    case pruned
    /// It was measured on another branch than the reference branch, or on an unknown one.
    case otherBranch = "other branch"
    /// Its commit is not reachable from the merge base.
    case notAnAncestor = "not an ancestor"
    /// It is older than the window reaches.
    case beyondWindow = "beyond the window"
  }

  /// An environment of another sizing in which the same service and profile were measured.
  package struct OtherSizing: Sendable, Hashable {
    /// Its sizing, under the name it was last recorded with.
    package var environment: Environment
    /// How many runs there are.
    package var runs: Int
    /// When the last of them was recorded.
    package var newest: Timestamp

    /// Creates one.
    package init(environment: Environment, runs: Int, newest: Timestamp) {
      self.environment = environment
      self.runs = runs
      self.newest = newest
    }
  }

  /// How many runs were left out for each reason; reasons that hit none are absent.
  package private(set) var counts: [Reason: Int] = [:]
  /// The other sizings that were recorded last, newest first, at most `sizingLimit`.
  package var otherSizings: [OtherSizing] = []

  /// How many other sizings are named; all are counted.
  package static let sizingLimit = 3

  /// Creates an empty account.
  package init() {}

  /// How many runs were left out for a reason.
  package subscript(reason: Reason) -> Int {
    get { counts[reason] ?? 0 }
    set { counts[reason] = newValue == 0 ? nil : newValue }
  }

  /// How many runs were left out.
  package var total: Int { counts.values.reduce(0, +) }
}

/// That a check over a run found a regression of a series which stopped the release, or would have without a waiver, or
/// that the run was suspect and no second one decided it.
package struct RegressionBlock: Sendable, Hashable {
  /// When the last such verdict was given.
  package var at: Timestamp
  /// Whether the verdict names the series. One of an older slogate only says that some series regressed.
  package var isNamed: Bool
  /// Whether the run was only suspect, and no second one decided.
  package var isSuspect: Bool

  /// Creates one.
  package init(at: Timestamp, isNamed: Bool = true, isSuspect: Bool = false) {
    self.at = at
    self.isNamed = isNamed
    self.isSuspect = isSuspect
  }
}

/// Which runs were blocked by a regression, and of which series, inside a transaction that `History` has begun.
struct BlockedRuns {
  /// The exit code of a check that only a regression blocks.
  private static let regressionCode: Int64 = 2

  /// Verdicts that name series.
  private static let condition = [Subject.regressedKey, Subject.suspectedKey].map {
    "OR instr(subject, '\"\($0)\":') > 0"
  }.joined(separator: " ")

  private var named: [Int64: [Series: Timestamp]] = [:]
  /// What is suspect of a run since its last confirmation.
  private var suspected: [Int64: [Series: Timestamp]] = [:]
  /// The runs with a verdict that does not say which series regressed.
  private var unnamed: [Int64: Timestamp] = [:]

  /// Reads the verdicts over the runs of a window.
  init(_ references: References, in database: Database) throws(SQLiteError) {
    let hasJournal = try Journal(database: database).isKept()
    let row = try database.prepare(
      """
      SELECT recorded_at, \(hasJournal ? "ifnull(subject, '{}')" : "'{}'")
      FROM verdict_runs JOIN verdicts ON verdicts.id = verdict_runs.verdict
        \(hasJournal ? "LEFT JOIN journal ON journal.hash = verdicts.entry" : "")
      WHERE run = ?1 AND (exit_code = \(BlockedRuns.regressionCode)
        \(hasJournal ? BlockedRuns.condition : ""))
      ORDER BY recorded_at, verdicts.id
      """)
    for (run, _) in references.runs {
      try row.bind(.integer(run.id))
      while try row.step() {
        add(
          try row.words(1, "subject"), of: run.id, at: Timestamp(milliseconds: row.integerOrZero(0)))
      }
    }
  }

  /// Whether and when a check of a run was blocked by a regression of a series.
  /// - Parameter names: what the series is called, or was.
  func block(of names: Set<Series>, run: Int64) -> RegressionBlock? {
    if let series = named[run], let time = names.compactMap({ series[$0] }).max() {
      return RegressionBlock(at: time)
    }
    if let series = suspected[run], let time = names.compactMap({ series[$0] }).max() {
      return RegressionBlock(at: time, isSuspect: true)
    }
    return unnamed[run].map { RegressionBlock(at: $0, isNamed: false) }
  }

  /// How many commits have a run that was blocked.
  func commits(among references: References) -> Int {
    guard !named.isEmpty || !unnamed.isEmpty || !suspected.isEmpty else { return 0 }
    return Set(references.runs.lazy.filter { isBlocked($0.run.id) }.map(\.commit)).count
  }

  private func isBlocked(_ run: Int64) -> Bool {
    named[run] != nil || unnamed[run] != nil || suspected[run] != nil
  }

  /// The verdicts over a run are added in the order in which they were given.
  private mutating func add(_ subject: [String: String], of run: Int64, at time: Timestamp) {
    let isTwoStep = subject[Subject.suspectedKey] != nil
    if isTwoStep { suspected[run] = nil }
    for series in subject[Subject.suspectedKey].flatMap(Subject.series) ?? [] {
      suspected[run, default: [:]][series] = time
    }
    guard let regressed = subject[Subject.regressedKey].flatMap(Subject.series) else {
      if !isTwoStep { unnamed[run] = time }
      return
    }
    for series in regressed { named[run, default: [:]][series] = time }
  }
}
