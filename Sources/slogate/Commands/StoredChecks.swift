import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel

/// The checks of one service at one sizing on the reference branch, to be put again under whatever budgets.
struct StoredChecks {
  let service: String
  let reference: String
  private let history: History
  private let environment: SLOModel.Environment
  /// What was measured, profile by profile.
  let cohorts: [CohortHistory]

  /// - Parameters:
  ///   - service: the service; nil: that of the newest run.
  ///   - named: the sizing; where nobody described one, that of the newest run.
  ///   - reference: the branch; nil: as `check` finds it.
  ///   - commits: how many to take at most.
  ///   - figures: what to take; none is everything.
  /// - Returns: nil where the branch has no run.
  init?(
    in history: History, service: String?, environment named: SLOModel.Environment, reference: String?,
    commits: Int, figures: [SeriesQuery.Figure] = []
  ) throws {
    let git = Git()
    self.history = history
    self.reference = reference ?? Origin.usualReference(git)
    guard let newest = try StoredChecks.newestRun(in: history, on: self.reference, of: service) else {
      return nil
    }
    self.service = newest.service
    let environment = named.isKnown ? named : newest.environment.without(newest.reading.conditions)
    self.environment = environment
    var query = SeriesQuery()
    (query.service, query.branch) = (newest.service, self.reference)
    (query.limit, query.figures) = (commits, figures)
    query.commits =
      git?.isShallow == false ? git?.ancestors(of: newest.commit.sha, on: self.reference) : nil
    cohorts = try Failure.reporting { [query] () throws(HistoryError) in try history.cohorts(query) }
      .filter { $0.environment.refines(environment) }
  }

  /// The last checks, put with some budgets.
  func replays(last count: Int, under budgets: Budgets, now: Timestamp) throws -> Replays {
    try Failure.reporting { () throws(HistoryError) in
      try Replays(
        of: cohorts, last: count, reference: reference, environment: environment, budgets: budgets, now: now
      ) { id throws(HistoryError) in try history.run(id) }
    }
  }

  /// The last run that others are held against: its service and sizing are meant where none was named.
  private static func newestRun(
    in history: History, on reference: String, of service: String?
  ) throws -> Run? {
    var filter = RunFilter()
    (filter.branch, filter.service, filter.limit) = (reference, service, 1)
    return try Failure.reporting { [filter] () throws(HistoryError) in
      try history.runHeaders(filter).first.flatMap { header throws(HistoryError) in try history.run(header.id)
      }
    }
  }
}

extension SLOModel.Environment {
  /// This sizing without the measuring conditions of a reading.
  fileprivate func without(_ conditions: [String: String]) -> SLOModel.Environment {
    SLOModel.Environment(name: name, sizing: sizing.filter { conditions[$0.key] != $0.value })
  }

  /// Whether it says all that another says, and perhaps measuring conditions beside it.
  fileprivate func refines(_ other: SLOModel.Environment) -> Bool {
    other.sizing.allSatisfy { sizing[$0.key] == $0.value }
  }
}
