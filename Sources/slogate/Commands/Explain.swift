import ArgumentParser
import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOReports

/// Tells the developer whose build is red everything known about a finding.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Everything known about a finding: limit, references, test, noise, whether it is new, what next.",
    discussion: """
      Without results it speaks of the newest recorded check, or of the last one of --commit; with results, as \
      check takes them, of what check would say. --service, --branch, --environment and --env tell which check is \
      meant. Without --endpoint, --metric and --profile NAME it explains what blocks, else what warns.
      """)

  /// How it is told.
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The endpoints; in a name * stands for any text, alone for the whole run.", valueName: "glob"))
  var endpoint: [String] = []

  @Option(
    help: ArgumentHelp("The metric: p95, error_rate, http_req_duration.p99, lcp …", valueName: "metric"))
  var metric: String?

  /// The former name of `--profile NAME`.
  @Option(help: .hidden)
  var only: String?

  @Option(help: "At most so many findings.")
  var limit = 5

  @Option(help: "What to print.")
  var format = Format.text

  @Flag(help: "No colours, as with the variable NO_COLOR.")
  var noColor = false

  @OptionGroup var results: ResultOptions
  @OptionGroup var context: ContextOptions
  @OptionGroup var storage: StorageOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is a number of findings, 1 or more.") }
    guard results.areGiven || context.set.isEmpty else {
      throw ValidationError("--set is of results; a recorded check has its own settings.")
    }
    _ = try figure()
  }

  func run() throws {
    let (question, notices) = try question()
    let verdict = judge(question)
    let chosen = try chosen(of: verdict)
    let explanations = chosen.prefix(limit).compactMap { explain($0.series, in: verdict, of: question) }
      .map(withLine)
    notices.forEach(Terminal.notice)
    if chosen.count > limit {
      Terminal.notice(
        "\(chosen.count - limit) more findings; narrow with --endpoint and --metric, or raise --limit")
    }
    switch format {
    case .text: try Terminal.print(text(explanations))
    case .json:
      try Terminal.print(jsonReport(of: explanations.map { ($0, nextSteps(after: $0)) }, total: chosen.count))
    }
  }

  private func question() throws -> (Question, [String]) {
    let history = try storage.openExisting()
    guard results.areGiven else {
      guard let history else { throw Failure.noHistory(at: storage.history) }
      let past = try PastCheck(of: wanted, in: history, storage, reference: context.scope.reference)
      return (past.question, past.notices)
    }
    let gathered = try Gathered(results, context, storage)
    try context.demandKnownService(gathered.budgets, history, at: storage.history)
    var question = Question(gathered, requiresHistory: false, isStrict: false)
    let ancestry = gathered.origin.ancestry()
    let lookup = ReferenceLookup(history: history, git: gathered.origin.git, ancestors: ancestry.commits)
    let notices = try lookup.complete(&question)
    return (question, notices + [ancestry.notice].compactMap { $0 })
  }

  /// The recorded check that is meant.
  private var wanted: PastCheck.Wanted {
    PastCheck.Wanted(
      commit: context.commit, branch: context.branch, service: context.scope.namedService,
      environment: context.scope.environment, facts: context.scope.env)
  }

  // MARK: Which findings

  private func chosen(of verdict: Verdict) throws -> [Finding] {
    let figure = try figure()
    let asked = verdict.findings.filter { isAsked($0, figure) }
    guard endpoint.isEmpty && metric == nil && profiles.isEmpty else {
      guard asked.isEmpty else { return asked.sorted(by: isGraver) }
      throw Failure.usage("the check has no such finding; " + known(in: verdict))
    }
    let grave = asked.filter { [.over, .missing, .regressed].contains($0.outcome) }
    let light = asked.filter { [.waived, .warn, .near].contains($0.outcome) }
    let chosen = grave.isEmpty ? light : grave
    if chosen.isEmpty {
      Terminal.notice("nothing blocks or warns: name a finding with --endpoint and --metric")
    }
    return chosen.sorted(by: isGraver)
  }

  /// The profiles asked for.
  private var profiles: [String] { results.profileNames + [only].compactMap { $0 } }

  /// What there is, of that kind which was not found.
  private func known(in verdict: Verdict) -> String {
    let present = Set(verdict.findings.map(\.series.profile))
    guard profiles.isEmpty || !present.isDisjoint(with: profiles) else {
      return "its profiles are " + present.sorted().joined(separator: ", ")
    }
    let endpoints = Set(verdict.findings.map(\.series.endpoint)).sorted()
    return "its endpoints are " + endpoints.prefix(8).joined(separator: ", ")
      + (endpoints.count > 8 ? ", …" : "")
  }

  private func isAsked(_ finding: Finding, _ figure: NamedFigure?) -> Bool {
    let series = finding.series
    return (endpoint.isEmpty || endpoint.contains { EndpointPattern.selecting($0).matches(series.endpoint) })
      && (profiles.isEmpty || profiles.contains(series.profile))
      && (figure?.metric ?? series.metric) == series.metric
      && (figure?.statistic ?? series.statistic) == series.statistic
  }

  private func figure() throws -> NamedFigure? {
    guard let metric else { return nil }
    do throws(NamedFigure.Unknown) {
      return try NamedFigure(parsing: metric)
    } catch {
      throw Failure.usage("--metric \(metric): \(error.message)")
    }
  }

  private func isGraver(_ left: Finding, _ right: Finding) -> Bool {
    let order: [Finding.Outcome] = [
      .over, .regressed, .missing, .waived, .warn, .near, .improved, .ok, .recorded,
    ]
    let ranks = (order.firstIndex(of: left.outcome) ?? 0, order.firstIndex(of: right.outcome) ?? 0)
    return ranks.0 == ranks.1 ? left.series < right.series : ranks.0 < ranks.1
  }

  // MARK: How they are told

  private func text(_ explanations: [Explanation]) -> String {
    let style = Terminal.style(noColour: noColor)
    let references = explanations.count == 1 ? 12 : 4
    return explanations.map { explanation in
      textReport(of: explanation, next: nextSteps(after: explanation), references: references, style: style)
    }
    .joined(separator: "\n")
  }

  private func withLine(_ explanation: Explanation) -> Explanation {
    var explanation = explanation
    explanation.limitText = explanation.finding.budget?.limit.place.sourceLine
    return explanation
  }
}
