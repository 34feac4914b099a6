package import SLOBudgets
package import SLOGate
import SLOHistory
import SLOModel
import SLOReaders

/// A verdict with what a page shows besides: its most severe findings explained, and the history as charts.
package struct Review: Sendable {
  /// How many findings are explained: a page of thousands would hide the first.
  static let mostExplained = 40
  /// How many findings have a row of their own.
  static let mostListed = 300

  let verdict: Verdict
  /// When it was given.
  let time: Timestamp
  /// What broke or moved for the worse, the most severe first.
  let broken: [Finding]
  /// What became better, the most first.
  let improved: [Finding]
  /// Of what broke the most severe of each endpoint in each profile, explained, and what has a ground of its own.
  let explanations: [Explanation]
  /// The trends of what broke or moved, of the run as a whole, and one of each endpoint; none without a history.
  let trends: [Series: Trend]
  /// The pages of what sentences name.
  let links: LinkedText
  /// What the names of its places begin with, where a page has several verdicts.
  var anchor = ""

  /// Gathers what is reported of a verdict.
  /// - Parameter line: the line a limit is written on, as it is written; nil where it is unknown.
  package init(of verdict: Verdict, line: (Limit) -> String? = { _ in nil }) {
    self.verdict = verdict
    time = verdict.evaluation.now
    broken = Review.broken(in: verdict)
    improved = verdict.mostSevere([.improved])
    explanations = Review.toExplain(broken).prefix(Review.mostExplained).compactMap { finding in
      var explanation = explain(finding.series, in: verdict)
      explanation?.limitText = finding.budget.flatMap { line($0.limit) }
      return explanation
    }
    links = LinkedText(of: verdict, limits: explanations.flatMap(\.limits))
    let drawn =
      Array((broken + improved).prefix(Review.mostListed))
      + verdict.findings.filter { $0.keyFigure != nil || $0.standsForSubject }
    trends = SLOGate.trends(of: drawn, in: verdict)
  }

  fileprivate static func broken(in verdict: Verdict) -> [Finding] {
    verdict.stories(Finding.Outcome.bySeverity.filter { $0 != .improved }).flatMap(\.all)
  }

  /// Med, p95 and p99 of one endpoint that slowed down are one story; a limit, an anchor and an accepted level are
  /// one each.
  fileprivate static func toExplain(_ findings: [Finding]) -> [Finding] {
    var told: Set<[String]> = []
    return findings.filter { finding in
      let isFirst = told.insert([finding.series.profile, finding.series.endpoint]).inserted
      return isFirst || finding.outcome == .over || finding.creep?.outcome == .over
        || finding.regression?.level?.acceptance != nil
    }
  }
}

extension Verdict {
  /// The findings whose cards show how their samples moved: of the most severe that a page explains the first of each
  /// metric of an endpoint, for its percentiles have the same samples.
  package var findingsWithShifts: [Finding] {
    var shown: Set<[String]> = []
    return Review.toExplain(Review.broken(in: self)).prefix(10).filter {
      shown.insert([$0.series.profile, $0.series.endpoint, $0.series.metric]).inserted
    }
  }
}

extension Finding {
  /// Its place among the key figures of a run; nil for all else.
  var keyFigure: Int? {
    guard series.endpoint == Series.wholeRun else { return nil }
    return series.kind.display.headline.firstIndex(of: series.figure)
  }

  /// Whether it stands for its subject in a line: its p95, or how soon its page shows what matters.
  var standsForSubject: Bool {
    value != nil && series.kind.display.leads.first?.contains(series.figure) == true
  }
}
