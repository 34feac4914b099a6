import SLOBudgets
import SLOGate
import SLOModel
import SLOSupport

/// The verdicts of several services for programs.
extension ServicesVerdict {
  /// Schema `slogate.services/v1`: the answer over all, and the verdict of each service as `slogate.verdict/v1`.
  var json: String {
    JSONText.object([
      ("schema", .string("slogate.services/v1")),
      ("tool", .object([("name", .string(Tool.name)), ("version", .string(Tool.version))])),
      ("verdict", .string(code?.outcome.rawValue)), ("exit_code", .int(Int(exitCode))),
      ("title", .string(VisibleText.escaped(title))),
      ("services", .array(answers.map(json))),
    ]).document
  }

  private func json(of answer: ServiceAnswer) -> JSONText {
    .object([
      ("service", .string(answer.name)), ("exit_code", .int(Int(answer.exitCode))),
      ("error", .string(answer.failure?.message)),
      ("verdict", answer.verdict.map { SLOReports.json(of: $0) } ?? .null),
    ])
  }

  /// The suites of every service, each under its name; a service without a verdict is a test with an error.
  var junit: String {
    let groups = answers.map { answer in
      answer.verdict.map { junitSuites(of: $0, prefix: answer.name + " ") } ?? withoutVerdict(answer)
    }
    return junitDocument(named: gateKey, groups)
  }

  private func withoutVerdict(_ answer: ServiceAnswer) -> JUnitGroup {
    let message = VisibleText.escaped(answer.sentence)
    let test = JUnitCase(
      className: "(whole run)", name: "everything could be judged",
      result: .error(type: "no verdict", message: message, text: message))
    return JUnitGroup(
      suites: [JUnitSuite(name: answer.name + " slogate", cases: [test], timestamp: nil)],
      properties: [("tool", Tool.description), ("service", answer.name)])
  }

  /// The issues of a service for GitLab's Code Quality; of one without a verdict, that it has none.
  func issues(of answer: ServiceAnswer) -> [JSONText] {
    if let verdict = answer.verdict { return codeQualityIssues(of: verdict) }
    let digest = SHA256Digest(of: "no verdict\0" + answer.name).description
    let place: [(String, JSONText)] = [
      ("path", .string(ServicesFile.usualName)), ("lines", .object([("begin", .int(1))])),
    ]
    return [
      .object([
        ("description", .string(VisibleText.escaped("\(answer.name): no verdict, \(answer.sentence)"))),
        ("check_name", .string("slogate/no-verdict")), ("fingerprint", .string(String(digest.prefix(32)))),
        ("severity", .string("blocker")), ("location", .object(place)),
      ])
    ]
  }

  /// A run for each service.
  var sarif: String {
    sarifLog(
      answers.map { answer in
        answer.verdict.map(sarifRun)
          ?? sarifRun(
            withoutVerdict: VerdictKey.slug(answer.name), code: answer.exitCode,
            reason: VisibleText.escaped(answer.sentence))
      })
  }

  /// The lines for GitHub's `GITHUB_OUTPUT`.
  /// - Parameter delimiter: what ends the comment; it must not be predictable, because the comment holds untrusted
  ///   names.
  /// - Returns: nil where the delimiter occurs in the comment.
  package func gitHubOutput(delimiter: String) -> String? {
    let comment = VisibleText.inert(markdown(start: stickyMarker + "\n", limit: mostOfComment))
    return SLOReports.gitHubOutput(
      of: verdicts, outcome: code?.outcome, exitCode: exitCode, title: VisibleText.escaped(headline),
      key: gateKey, comment: comment, delimiter: delimiter)
  }
}
