internal import SLOSupport
public import SLOModel

/// That a check over a run found a regression of a series which stopped the release, or would have without a waiver.
public struct RegressionBlock: Sendable, Hashable {
  /// When the last such verdict was given.
  public var at: Timestamp
  /// Whether the verdict names the series. One of an older slogate only says that some series regressed.
  public var isNamed: Bool

  /// Creates one.
  public init(at: Timestamp, isNamed: Bool = true) {
    self.at = at
    self.isNamed = isNamed
  }
}

/// Which runs were blocked by a regression, and of which series, inside a transaction that `History` has begun.
struct BlockedRuns {
  /// The exit code of a check that only a regression blocks.
  private static let regressionCode: Int64 = 2

  private var named: [Int64: [Series: Timestamp]] = [:]
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
        \(hasJournal ? "OR instr(subject, '\"\(Subject.regressedKey)\":') > 0" : ""))
      """)
    for (run, _) in references.runs {
      try row.bind(.integer(run.id))
      while try row.step() {
        add(
          try row.words(1, "subject")[Subject.regressedKey], of: run.id,
          at: Timestamp(milliseconds: row.integerOrZero(0)))
      }
    }
  }

  /// Whether and when a check of a run was blocked by a regression of a series.
  /// - Parameter names: what the series is called, or was.
  func block(of names: Set<Series>, run: Int64) -> RegressionBlock? {
    if let series = named[run], let time = names.compactMap({ series[$0] }).max() {
      return RegressionBlock(at: time)
    }
    return unnamed[run].map { RegressionBlock(at: $0, isNamed: false) }
  }

  /// How many commits have a run that was blocked.
  func commits(among references: References) -> Int {
    guard !named.isEmpty || !unnamed.isEmpty else { return 0 }
    return Set(references.runs.lazy.filter { isBlocked($0.run.id) }.map(\.commit)).count
  }

  private func isBlocked(_ run: Int64) -> Bool { named[run] != nil || unnamed[run] != nil }

  private mutating func add(_ text: String?, of run: Int64, at time: Timestamp) {
    guard let series = text.flatMap(Subject.series) else {
      unnamed[run] = max(unnamed[run] ?? time, time)
      return
    }
    for series in series {
      named[run, default: [:]][series] = max(named[run]?[series] ?? time, time)
    }
  }
}
