public import SLOBudgets
public import SLOGate
import SLOModel
import SLOSupport

/// The renderings of a verdict, by the names that `--format` and `--report` know.
///
/// ```swift
/// print(verdict.report(.markdown))
/// ```
public enum ReportFormat: String, CaseIterable, Sendable {
  /// For a terminal.
  case text
  /// For programs, schema `slogate.verdict/v1`.
  case json
  /// A page in one file, which loads and runs nothing.
  case html
  /// A comment of a pull request.
  case markdown
  /// JUnit XML, for whatever shows test results.
  case junit
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// The text and annotations of budget lines, for the log of GitHub Actions.
  case github
  /// GitLab's Code Quality; the same as `gitlabCodeQuality`.
  case gitlab
  /// GitLab's Code Quality.
  case gitlabCodeQuality = "gitlab-codequality"
  /// OpenMetrics, for GitLab's metrics report and for Prometheus.
  case gitlabMetrics = "gitlab-metrics"
  /// An SVG image of the outcome.
  case badge

  /// The verdict in this format. No line of it is a command to a build server, but those of `github`.
  /// - Parameters:
  ///   - review: the same with its findings explained, and the history drawn, which only a page has room for.
  ///   - explained: what blocks, explained, for a log and for a comment.
  ///   - style: how text looks; the others are the same everywhere.
  ///   - isVerbose: whether text shows everything.
  package func report(
    of verdict: Verdict, review: @autoclosure () -> Review, explained: [ExplainedText] = [],
    style: TextStyle, isVerbose: Bool = false
  ) -> String {
    let text = rendered(verdict, review: review(), explained, style, isVerbose)
    return self == .github ? VisibleText.withoutMarks(text) : VisibleText.inert(text)
  }

  private func rendered(
    _ verdict: Verdict, review: @autoclosure () -> Review, _ explained: [ExplainedText],
    _ style: TextStyle, _ isVerbose: Bool
  ) -> String {
    switch self {
    case .text: textReport(of: verdict, style: style, isVerbose: isVerbose)
    case .json: jsonReport(of: verdict)
    case .html: htmlReport(of: review())
    case .markdown: markdownReport(of: verdict, explained: explained)
    case .junit: junitReport(of: verdict)
    case .sarif: sarifReport(of: verdict)
    case .github: gitHubReport(of: verdict, explained: explained, style: style, isVerbose: isVerbose)
    case .gitlab, .gitlabCodeQuality: codeQualityReport(of: verdict)
    case .gitlabMetrics: openMetricsReport(of: verdict)
    case .badge: badgeReport(of: verdict)
    }
  }
}

extension Verdict {
  /// The verdict in a format.
  ///
  /// ```swift
  /// print(verdict.report(.text))
  /// ```
  /// - Parameters:
  ///   - style: how text looks; the other formats are the same everywhere.
  ///   - isVerbose: whether text says everything.
  ///   - line: the line a limit is written on, as it is written; nil where it is unknown.
  public func report(
    _ format: ReportFormat, style: TextStyle = TextStyle(isColoured: false, width: 120),
    isVerbose: Bool = false,
    line: (Limit) -> String? = { _ in nil }
  ) -> String {
    report(format, style: style, explained: [], isVerbose: isVerbose, line: line)
  }

  /// The verdict in a format, with explanations.
  /// - Parameters:
  ///   - style: how text looks; the other formats are the same everywhere.
  ///   - explained: what blocks, explained, for a log and for a comment.
  ///   - isVerbose: whether text says everything.
  ///   - line: the line a limit is written on, as it is written; nil where it is unknown.
  package func report(
    _ format: ReportFormat, style: TextStyle, explained: [ExplainedText], isVerbose: Bool = false,
    line: (Limit) -> String? = { _ in nil }
  ) -> String {
    format.report(
      of: self, review: Review(of: self, line: line), explained: explained, style: style, isVerbose: isVerbose
    )
  }
}
