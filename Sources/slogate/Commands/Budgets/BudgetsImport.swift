import ArgumentParser
import Glibc
import SLOBudgets
import SLOModel
import SLOReaders
import SLOSupport

/// Writes a budget file from what other tools hold releases against.
struct BudgetsImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "A budget file from thresholds, baselines, or budgets of other tools.",
    discussion: """
      From k6 thresholds, baselines.json, budget.json of Lighthouse and sitespeed.io, Lighthouse CI's assertions, \
      limits of size-limit, bundlesize and bundlewatch, and OpenSLO. What each file is, is recognised from its content. What a budget cannot say, or says otherwise, stands as a \
      comment at the end of the file and on standard error. As in slogate budgets import summary.json > \
      budgets/slo.yaml, or k6 inspect script.js | slogate budgets import -
      """)

  @Argument(
    help: ArgumentHelp(
      "k6 summaries or options, baselines.json, budget.json, lighthouserc, OpenSLO; - is standard input.",
      valueName: "file"), completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "What the files are (default: what their content says).",
      valueName: "format"))
  var from: ImportFormat?

  @Option(
    help: ArgumentHelp(
      "The profile the limits are for (default: every load profile; baseline for baselines).",
      valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp("Where the budget file goes (default: standard output).", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Replaces a file that exists.")
  var force = false

  func validate() throws {
    guard profile != "" else { throw ValidationError("--profile takes a name, such as baseline.") }
  }

  func run() throws {
    var budget = BudgetImport(profile: profile)
    var failures = Failure.Collected()
    for file in files { take(file, into: &budget, &failures) }
    try failures.report()
    for remark in budget.remarks { Terminal.notice(remark) }
    if budget.isToothless {
      Terminal.error(
        "not one rule that blocks a release could be taken over: a budget from this would let everything through"
      )
      throw Failure.malformedInput
    }
    guard let output else { return try Terminal.print(budget.text) }
    try write(budget.text, to: output)
    Terminal.notice("wrote \(output) with \(budget.limits) limit\(budget.limits == 1 ? "" : "s")")
  }

  /// A result of k6's is read as `check` reads it; everything else is a document.
  private func take(_ file: String, into budget: inout BudgetImport, _ failures: inout Failure.Collected) {
    let isDocument = file == "-" || from != nil && from != .k6
    let result =
      isDocument
      ? ReadResult() : Readers.read(paths: [file], as: .profile(profile ?? EvidenceKind.load.profiles.every))
    if let unreadable = result.errors.first(where: { $0.kind == .unreadable }) {
      return failures.add([unreadable])
    }
    do throws(BudgetProblems) {
      if result.usable.isEmpty {
        try takeDocument(file, into: &budget, orElse: result.errors, &failures)
      }
      for reading in result.usable { try budget.add(reading) }
    } catch {
      failures.add("\(error)", Failure.malformedInput)
    }
  }

  /// - Parameter errors: what makes it no result of k6's.
  private func takeDocument(
    _ file: String, into budget: inout BudgetImport, orElse errors: [InputError],
    _ failures: inout Failure.Collected
  ) throws(BudgetProblems) {
    let bytes: [UInt8]
    do throws(BudgetProblem) {
      bytes = try BudgetFiles.contents(of: file == "-" ? "/dev/stdin" : file)
    } catch {
      return failures.add(error.description, Failure.unreadableInput)
    }
    if BudgetImport.isScript(bytes, file: file) {
      if BudgetImport.isK6Script(bytes) {
        return failures.add(
          "\(file): is a script, which slogate does not run\n    hint: k6 inspect \(file) | slogate budgets import -",
          Failure.malformedInput)
      }
      return failures.add(
        "\(file): is a script, which slogate does not run\n    hint: print what it holds as JSON and import that, as"
          + " in node -p 'JSON.stringify(require(\"./lighthouserc.js\"))' > lighthouserc.json",
        Failure.malformedInput)
    }
    do throws(BudgetProblems) {
      try budget.add(bytes, file: file == "-" ? "standard input" : file, format: from)
    } catch {
      // Of JSON that is damaged, or of a damaged result, the readers can say more.
      guard BudgetImport.isResult(bytes), !errors.isEmpty else { throw error }
      failures.add(errors)
    }
  }

  private func write(_ text: String, to path: String) throws {
    guard force || !FileSystem.exists(path) else {
      Terminal.error("\(path): exists already; name another file, or replace it with --force")
      throw Failure.inputOutput
    }
    try Files.write(text, to: path)
  }
}
