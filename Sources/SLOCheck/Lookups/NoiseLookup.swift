package import SLOGate
package import SLOHistory
import SLOModel

/// Fetches what other commits measured: how much runs differ where nothing changed.
package struct NoiseLookup {
  private let history: History
  private let reference: String

  /// - Parameter reference: the branch whose commits count.
  package init(history: History, reference: String) {
    (self.history, self.reference) = (history, reference)
  }

  /// What the commits about a pair measured, neither side among them; nil where there is nothing comparable.
  package func history(of pair: CohortPair) throws(GateError) -> CohortHistory? {
    let before = Set(pair.before.flatMap(\.reading.measurements).map(\.series))
    let measured = pair.after.flatMap(\.reading.measurements).map(\.series).filter(before.contains)
    guard pair.key.before != SLOModel.Environment.unknown.fingerprint, let first = measured.first else {
      return nil
    }
    var query = SeriesQuery()
    (query.service, query.profile) = (pair.key.service, pair.key.profile)
    query.environmentFingerprint = pair.key.before
    query.branch = (pair.before + pair.after).contains { $0.commit.branch != nil } ? reference : nil
    // First the commits alone, by one figure: a history may be long.
    query.endpoints = [.exactly(first.endpoint)]
    query.figures = [MetricFigure(metric: first.metric, statistic: first.statistic)]
    let commits = try cohort(query)?.commits ?? []
    query.commits = pair.noiseCommits(among: commits).reversed().map(\.sha)
    guard query.commits?.isEmpty == false else { return nil }
    query.endpoints = []
    query.figures = Array(
      Set(measured.map { MetricFigure(metric: $0.metric, statistic: $0.statistic) }))
    return try cohort(query)
  }

  private func cohort(_ query: SeriesQuery) throws(GateError) -> CohortHistory? {
    try asking { () throws(HistoryError) in try history.cohorts(query) }.first
  }
}
