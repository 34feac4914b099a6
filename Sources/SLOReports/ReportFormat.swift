public import SLOGate

/// The renderings of a verdict, by the names that `--format` and `--report` know.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text, json, html, markdown, junit, sarif, github, gitlab
  case gitlabCodeQuality = "gitlab-codequality"
  case gitlabMetrics = "gitlab-metrics"
  case badge

  /// The verdict in this format.
  /// - Parameters:
  ///   - review: the same with its findings explained, which only a page has room for.
  ///   - style: how text looks; the others are the same everywhere.
  public func report(of verdict: Verdict, review: @autoclosure () -> Review, style: TextStyle) -> String {
    switch self {
    case .text: textReport(of: verdict, style: style)
    case .json: jsonReport(of: verdict)
    case .html: htmlReport(of: review())
    case .markdown: markdownReport(of: verdict)
    case .junit: junitReport(of: verdict)
    case .sarif: sarifReport(of: verdict)
    case .github: gitHubReport(of: verdict)
    case .gitlab, .gitlabCodeQuality: codeQualityReport(of: verdict)
    case .gitlabMetrics: openMetricsReport(of: verdict)
    case .badge: badgeReport(of: verdict)
    }
  }
}
