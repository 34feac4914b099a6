public import SLOGate

/// The renderings of a verdict, by the names that `--format` and `--report` know.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text, json, markdown, junit, sarif, github, gitlab
  case gitlabCodeQuality = "gitlab-codequality"
  case gitlabMetrics = "gitlab-metrics"
  case badge

  /// The verdict in this format.
  /// - Parameter style: how text looks; the others are the same everywhere.
  public func report(of verdict: Verdict, style: TextStyle) -> String {
    switch self {
    case .text: textReport(of: verdict, style: style)
    case .json: jsonReport(of: verdict)
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
