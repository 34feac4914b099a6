import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOReports

/// Tells the developer whose build is red why, and everything known about any other finding.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Why the build is red: value, limit, noise or not, since which commit, where it comes from, what next.",
    discussion: """
      Without results it speaks of the newest recorded check, or of the last one of --commit; with results, as \
      check takes them, of what check would say. --service, --branch, --environment and --env say which check is \
      meant.

      Without --endpoint, --metric and --profile NAME it shows what blocks, a story an endpoint, else what warns. With \
      --endpoint it also lists the figures of these endpoints, those that stand for one first; with --metric \
      each finding with its statistics, related figures and the earlier commits.
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The endpoints; in a name * stands for any text, alone for the whole run.", valueName: "glob"),
    completion: Completions.endpoints)
  var endpoint: [String] = []

  @Option(
    help: ArgumentHelp("The metric: p95, error_rate, http_req_duration.p99, lcp …", valueName: "metric"),
    completion: Completions.metrics)
  var metric: String?

  /// The former name of `--profile NAME`.
  @Option(help: .hidden)
  var only: String?

  @Option(help: "At most so many findings or stories (default: 5; with --all every one).")
  var limit: Int?

  @Flag(
    name: [.long, .customLong("verbose")],
    help: "Every finding with its statistics, related figures and the earlier commits.")
  var all = false

  @OptionGroup var output: PrintOptions

  @OptionGroup var results: ResultOptions
  @OptionGroup var context: ContextOptions
  @OptionGroup var storage: StorageOptions

  func validate() throws {
    guard limit ?? 1 > 0 else { throw ValidationError("--limit is a number of findings, 1 or more.") }
    guard results.areGiven || context.set.isEmpty else {
      throw ValidationError("--set is of results; a recorded check has its own settings.")
    }
    _ = try figure()
  }

  func run() throws {
    let gate = try storage.gate()
    let (given, notices) = try verdict(of: gate)
    let chosen = try ExplainedChoice(self, of: given)
    let told = Array(
      (tellsFindings ? chosen.findings : given.leads(given.toldOutcomes, among: chosen.asked)).prefix(most))
    let verdict = try gate.showing(given.companions(of: told), in: given)
    let sources = ExplanationContext(storage, isRecorded: !results.areGiven)
    notices.forEach(Terminal.notice)
    let explained =
      tellsFindings ? told.compactMap { sources.explanation(of: $0, in: verdict) } : []
    if tellsFindings, chosen.findings.count > most {
      Terminal.notice(
        "\(chosen.findings.count - most) more findings; narrow with --endpoint and --metric, or raise --limit"
      )
    }
    switch output.format {
    case .json:
      try Terminal.print(
        jsonReport(
          of: explained.map { ($0, nextSteps(after: $0, context: sources)) }, total: chosen.findings.count))
    case .text where tellsFindings && !chosen.findings.isEmpty:
      try Terminal.print(details(of: explained, sources))
    case .text:
      try Terminal.print(stories(of: chosen, verdict, sources))
    }
  }

  /// How many findings or stories are reported.
  private var most: Int { limit ?? (all ? .max : 5) }

  /// Whether each finding is reported by itself, with all there is: where a figure is named, or all is asked for.
  private var tellsFindings: Bool { all || metric != nil || output.format == .json }

  /// The verdict that is explained, and what a person should know of it.
  private func verdict(of gate: Gate) throws -> (verdict: Verdict, notices: [String]) {
    guard results.areGiven else {
      let past = try gate.past(wanted, reference: context.target.reference, isDescribed: false)
      return (past.verdict, past.verdict.evaluation.references.notices + past.difference)
    }
    let check = try gate.prepared(results, context.request(of: results))
    let verdict = try gate.check(check, isDescribed: false)
    return (verdict, verdict.evaluation.references.notices)
  }

  /// The recorded check that is meant.
  private var wanted: PastCheck.Wanted {
    PastCheck.Wanted(
      commit: context.commit, branch: context.branch, service: context.scope.namedService,
      environment: context.scope.environment, facts: context.scope.facts)
  }

  /// The figure of `--metric`; nil where none is named.
  func figure() throws -> NamedFigure? {
    guard let metric else { return nil }
    do throws(NamedFigure.Unknown) {
      return try NamedFigure.figures(named: metric, of: profiles)[0]
    } catch {
      throw Failure.usage("--metric \(metric): \(error.message)")
    }
  }

  /// The profiles asked for.
  var profiles: [String] { results.profileNames + [only].compactMap { $0 } }

  // MARK: How they are reported

  private var style: TextStyle { output.style }

  private func details(of explanations: [Explanation], _ sources: ExplanationContext) -> String {
    let references = explanations.count == 1 ? 12 : 4
    return explanations.map { explanation in
      textReport(
        of: explanation, next: nextSteps(after: explanation, context: sources), references: references,
        style: style)
    }
    .joined(separator: "\n")
  }

  private func stories(
    of chosen: ExplainedChoice, _ verdict: Verdict, _ sources: ExplanationContext
  ) -> String {
    guard chosen.isNamed else {
      return explanationReport(
        of: verdict, context: sources, most: most, style: style)
    }
    let stories = verdict.explainedStories(
      verdict.toldOutcomes, among: chosen.asked, most: most, sources)
    let listed = chosen.inReadingOrder.prefix(ExplainedChoice.mostListed)
    let table = keySeriesReport(
      of: Array(listed), hidden: chosen.inReadingOrder.count - listed.count, style: style)
    return (stories.map { textReport(of: $0, style: style) } + [table]).joined(separator: "\n")
  }
}
