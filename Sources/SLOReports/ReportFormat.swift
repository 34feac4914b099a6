public import SLOGate
import SLOModel

/// The renderings of a verdict, by the names that `--format` and `--report` know.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text, json, html, markdown, junit, sarif, github, gitlab
  case gitlabCodeQuality = "gitlab-codequality"
  case gitlabMetrics = "gitlab-metrics"
  case badge

  /// The verdict in this format. No line of it is a command to a build server, but those of `github`.
  /// - Parameters:
  ///   - review: the same with its findings explained, which only a page has room for.
  ///   - style: how text looks; the others are the same everywhere.
  public func report(of verdict: Verdict, review: @autoclosure () -> Review, style: TextStyle) -> String {
    let text = rendered(verdict, review: review(), style: style)
    return self == .github ? VisibleText.withoutMarks(text) : VisibleText.inert(text)
  }

  private func rendered(_ verdict: Verdict, review: @autoclosure () -> Review, style: TextStyle) -> String {
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
