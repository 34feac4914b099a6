package import SLOBudgets
package import SLOGate
package import SLOHistory
package import SLOModel

/// The checks of one service at one sizing on the reference branch, to be put again under whatever budgets.
package struct StoredChecks {
  /// The service measured.
  package let service: String
  /// The branch whose checks they are.
  package let reference: String
  private let history: History
  private let repository: (any Repository)?
  /// The commits that count, newest first; nil where git does not know.
  private let ancestors: [String]?
  private let environment: SLOModel.Environment
  /// What was measured, profile by profile.
  package let cohorts: [CohortHistory]

  /// - Parameters:
  ///   - service: the service; nil: that of the newest run.
  ///   - named: the sizing; where none is described, that of the newest run.
  ///   - reference: the branch; nil: as `check` finds it.
  ///   - commits: how many to take at most.
  ///   - figures: what to take; none is everything.
  /// - Returns: nil where the branch has no run.
  package init?(
    in history: History, service: String?, environment named: SLOModel.Environment, reference: String?,
    commits: Int, figures: [MetricFigure] = [], on platform: Platform
  ) throws(GateError) {
    self.history = history
    repository = platform.repository
    self.reference = reference ?? platform.usualReference
    guard let newest = try StoredChecks.newestRun(in: history, on: self.reference, of: service) else {
      return nil
    }
    self.service = newest.service
    let environment = named.isKnown ? named : newest.environment.without(newest.reading.conditions)
    self.environment = environment
    var query = SeriesQuery()
    (query.service, query.branch) = (newest.service, self.reference)
    (query.limit, query.figures) = (commits, figures)
    ancestors =
      repository?.isShallow == false ? repository?.ancestors(of: newest.commit.sha, on: self.reference) : nil
    query.commits = ancestors
    cohorts = try asking { [query] () throws(HistoryError) in try history.cohorts(query) }
      .filter { $0.environment.refines(environment) }
  }

  /// The last checks, put with some budgets.
  package func replays(last count: Int, under budgets: Budgets, now: Timestamp) throws(GateError) -> Replays {
    try asking { () throws(HistoryError) in
      try Replays(
        of: cohorts, last: count, reference: reference, environment: environment, budgets: budgets, now: now
      ) { id throws(HistoryError) in try history.run(id) }
    }
  }

  /// Adds what `check` would add: accepted levels and the anchor of slow drift. The newest check stands for the next
  /// one, and so contains what the reference branch contains by now.
  package func completed(_ replays: Replays) throws(GateError) -> Replays {
    guard let commit = replays.checks.last?.commit.sha else { return replays }
    let tip = repository?.tip(of: reference) ?? commit
    let lookup = ReferenceLookup(history: history, repository: repository, ancestors: ancestors)
    let accepted = try lookup.acceptances(of: service)
    let descendants = lookup.descendants(of: accepted, upTo: tip)
    return try replays.completed { check, isNewest throws(GateError) in
      var references = check.references
      (references.acceptances, references.descendants) = (accepted, descendants)
      guard isNewest else { return references }
      for (sha, known) in descendants where sha == tip || known.contains(tip) {
        references.descendants[sha]?.insert(commit)
      }
      try lookup.pinAnchor(for: check.plan, in: history, among: &references)
      return references
    }
  }

  /// The last run that others are held against: its service and sizing are meant where none was named.
  private static func newestRun(
    in history: History, on reference: String, of service: String?
  ) throws(GateError) -> Run? {
    var filter = RunFilter()
    (filter.branch, filter.service, filter.limit) = (reference, service, 1)
    return try asking { [filter] () throws(HistoryError) in
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

  /// Whether it says all that another says, and perhaps measuring conditions besides.
  fileprivate func refines(_ other: SLOModel.Environment) -> Bool {
    other.sizing.allSatisfy { sizing[$0.key] == $0.value }
  }
}
