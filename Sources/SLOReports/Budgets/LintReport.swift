package import SLOBudgets
import SLOModel
import SLOSupport

/// What is wrong with budgets, as far as anything is.
package struct LintReport: Sendable {
  private let problems: [BudgetProblem]
  private let findings: [LintFinding]
  /// The files read, where they could be.
  private let files: [String]
  /// How many stored checks they were held against.
  private let checks: Int

  /// Budgets that cannot be read.
  package init(_ problems: BudgetProblems) {
    self.problems = problems.problems
    (findings, files, checks) = ([], [], 0)
  }

  /// Budgets that can be read.
  /// - Parameters:
  ///   - findings: what a reviewer should know.
  ///   - checks: the stored checks they were held against.
  package init(_ findings: [LintFinding], files: [String], checks: Int) {
    problems = []
    self.findings = findings.sorted { $0.problem.place < $1.problem.place }
    (self.files, self.checks) = (files, checks)
  }

  /// How many errors there are.
  package var errors: Int { problems.count + findings.count(where: \.isError) }
  /// How many warnings there are.
  package var warnings: Int { findings.count - findings.count(where: \.isError) }

  /// The report for a person: one finding after the other as compilers write them, then how many there are.
  package func text(style: TextStyle) -> String {
    let lines =
      problems.map { line($0, isError: true, style) }
      + findings.map { line($0.problem, isError: $0.isError, style) }
    let tally = "\(counted(errors, "error")), \(counted(warnings, "warning"))"
    let against =
      problems.isEmpty
      ? " in \(counted(files.count, "file"))"
        + (checks > 0
          ? ", held against \(counted(checks, "stored check"))" : ", without a history to hold them against")
      : ""
    let colour: TextStyle.Colour = errors > 0 ? .red : warnings > 0 ? .yellow : .green
    return (lines + [style.paint(tally, .bold, colour) + against]).joined(separator: "\n") + "\n"
  }

  private func line(_ problem: BudgetProblem, isError: Bool, _ style: TextStyle) -> String {
    let level = isError ? style.paint("error", .bold, .red) : style.paint("warning", .bold, .yellow)
    let hint = problem.hint.map { "\n    hint: " + VisibleText.escaped($0) } ?? ""
    // A line that begins with two colons would be a command to a build server.
    let folder = problem.place.file.hasPrefix("::") ? "./" : ""
    return folder + VisibleText.escaped("\(problem.place): ") + level
      + VisibleText.escaped(": \(problem.message)") + hint
  }

  /// The report as JSON, schema `slogate.budgets.lint/v1`. Keys may be added, never renamed or removed.
  package var json: String {
    let all =
      problems.map { json(of: $0, kind: "language", isError: true) }
      + findings.map { json(of: $0.problem, kind: $0.kind.rawValue, isError: $0.isError) }
    return JSONText.object([
      ("schema", .string("slogate.budgets.lint/v1")), ("errors", .int(errors)), ("warnings", .int(warnings)),
      ("files", .array(files.map { .string($0) })), ("checks", .int(checks)), ("findings", .array(all)),
    ]).document
  }

  private func json(of problem: BudgetProblem, kind: String, isError: Bool) -> JSONText {
    .object([
      ("kind", .string(kind)), ("level", .string(isError ? "error" : "warning")),
      ("file", .string(problem.place.file)), ("line", .int(problem.place.line)),
      ("column", .int(problem.place.column)), ("message", .string(problem.message)),
      ("hint", .string(problem.hint)),
    ])
  }
}
