import ArgumentParser
import SLOBudgets
import SLOHistory
import SLOModel
import SLOReports

/// Says that a level is the new normal.
struct Accept: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Accept the level since a commit as the new normal.",
    discussion: """
      Older runs are no reference any more for what is accepted. Without --profile, --endpoint and --metric that is \
      everything of the service. The decision is kept in the journal with its reason.
      """)

  @Option(help: ArgumentHelp("The first commit of the new level.", valueName: "commit"))
  var commit: String

  @OptionGroup var decision: DecisionOptions

  @Option(help: ArgumentHelp("Only this profile.", valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "Only these endpoints; in a name * stands for any text, alone for the whole run.", valueName: "glob"))
  var endpoint: String?

  @Option(
    help: ArgumentHelp("Only this metric: p95, error_rate, lcp, http_req_duration …", valueName: "metric"))
  var metric: String?

  @Option(help: ArgumentHelp("The service (default: the only one that is recorded).", valueName: "name"))
  var service: String?

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let commit = try RunNames(history, path: storage.history).commit(commit)
    let figure = metric.map(Accept.figure)
    let acceptance = Acceptance(
      service: try serviceName(in: history), commit: commit.sha, since: .current, profile: profile,
      endpoint: endpoint.map(EndpointPattern.selecting), metric: figure?.metric, statistic: figure?.statistic,
      by: try decision.person(), reason: decision.reason, at: .current)
    let written = try Failure.reporting { () throws(HistoryError) in
      try history.accept(acceptance, of: commit)
    }
    Terminal.report(
      VisibleText.escaped(
        "accepted \(scope(of: written)) of \(written.service) since \(commit.shortSHA) (\(written.since.date)), "
          + "by \(written.by)") + "\n")
  }

  private func serviceName(in history: History) throws -> String {
    if let service { return service }
    let known = try Failure.reporting { () throws(HistoryError) in try history.services() }
    guard known.count <= 1 else {
      throw Failure.usage(
        "the history has several services: pass --service, one of \(known.joined(separator: ", "))")
    }
    return known.first ?? "default"
  }

  /// What a metric's short name stands for, else the metric and, behind its last dot, the statistic.
  private static func figure(_ name: String) -> (metric: String, statistic: Statistic?) {
    if let known = MetricCatalogue.shorthand(name) { return (known.metric, known.statistic) }
    guard let dot = name.lastIndex(of: "."),
      let statistic = Statistic(k6: String(name[name.index(after: dot)...]))
    else { return (name, nil) }
    return (String(name[..<dot]), statistic)
  }
}
