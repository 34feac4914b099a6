public import SLOBudgets
public import SLOGate
import SLOHistory
import SLOModel

/// A verdict with what a page tells beside it: its gravest findings explained, and the history as charts.
public struct Review: Sendable {
  /// How many findings are explained: a page of thousands would hide the first.
  static let mostExplained = 40
  /// How many findings have a row of their own.
  static let mostListed = 300

  let verdict: Verdict
  /// When it was given.
  let time: Timestamp
  /// What broke or moved, the gravest first.
  let findings: [Finding]
  /// The first of them, explained.
  let explanations: [Explanation]
  /// The trends of `findings` and of the run as a whole; none without a history.
  let trends: [Series: Trend]

  /// Gathers what is told of a verdict.
  /// - Parameters:
  ///   - verdict: the answer to `question`.
  ///   - line: the line a limit is written on, as it is written; nil where nobody knows.
  public init(
    of verdict: Verdict, answering question: Question, line: (Limit) -> String? = { _ in nil }
  ) {
    self.verdict = verdict
    time = question.now
    findings = verdict.gravest(Finding.Outcome.byGravity)
    explanations = findings.prefix(Review.mostExplained).compactMap { finding in
      var explanation = explain(finding.series, in: verdict, of: question)
      explanation?.limitText = finding.budget.flatMap { line($0.limit) }
      return explanation
    }
    let whole = verdict.findings.filter { $0.keyFigure != nil }
    trends = SLOGate.trends(of: findings.prefix(Review.mostListed) + whole, in: question)
  }
}

extension Finding {
  /// The figures that say how a run went as a whole, in the order in which they are read.
  private static let keyFigures: [(metric: String, statistic: Statistic)] = [
    ("http_req_duration", .median), ("http_req_duration", .p95), ("http_req_duration", .p99),
    ("http_req_failed", .rate), ("http_reqs", .rate), ("checks", .rate),
  ]

  /// Its place among the key figures of a run; nil for all else.
  var keyFigure: Int? {
    guard series.endpoint == Series.wholeRun else { return nil }
    return Finding.keyFigures.firstIndex { $0.metric == series.metric && $0.statistic == series.statistic }
  }

  /// Whether it is of a web page, as Lighthouse sees it.
  var isOfPage: Bool { series.profile.hasPrefix("lighthouse-") }
}
