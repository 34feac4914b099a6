import SLOBudgets
package import SLOGate
import SLOModel
import SLOSupport

/// The verdict as a Code Quality report of GitLab: an issue for each problem, on the line of its budget, so that a
/// merge request shows which ones it brings and which it fixes.
/// Format: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.
package func codeQualityReport(of verdict: Verdict) -> String {
  JSONText.array(codeQualityIssues(of: verdict)).document
}

/// The issues of a verdict.
func codeQualityIssues(of verdict: Verdict) -> [JSONText] {
  verdict.annotations.map { annotation in
    let place = annotation.place ?? verdict.fallbackPlace
    return JSONText.object([
      ("description", .string(annotation.message)),
      ("check_name", .string("slogate/\(annotation.rule.rawValue)")),
      ("fingerprint", .string(annotation.fingerprint)), ("severity", .string(severity(annotation.level))),
      (
        "location",
        .object([
          ("path", .string(place.file)), ("lines", .object([("begin", .int(max(1, place.line)))])),
        ])
      ),
    ])
  }
}

private func severity(_ level: Annotation.Level) -> String {
  switch level {
  case .error: "critical"
  case .warning: "minor"
  case .note: "info"
  }
}
